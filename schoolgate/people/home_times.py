"""When a child goes home: the one place that says so, for promises, pick-ups and alarms.

The school's own home time, unless the child's place has another for that weekday.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from schoolgate.people.models import OwnHomeTime, Pupil
from schoolgate.school.calendars import entries_of
from schoolgate.school.models import School

_READ = "_own_home_times"


def home_time_of(pupil: Pupil, day: date) -> datetime | None:
    """When a child goes home on a day, in the school's zone; None on a day without school.

    Never later than the school's own home time, unless the office has said so, for a club; and
    where the school closes early there is no club.
    """
    school = pupil.school
    home = school.settings.home_time_on(day, entries_of(school))
    own = _own_on(pupil, day)
    if home is None or own is None:
        return home
    at = datetime.combine(day, own.at, ZoneInfo(school.settings.timezone))
    if own.after_school and home.time() == school.settings.home_time.week[day.weekday()]:
        return at
    return min(at, home)


def home_time_on(school: School, pupil: Pupil | None, day: date) -> datetime | None:
    """That of a child, or the school's own where it is about no one child."""
    if pupil is None:
        return school.settings.home_time_on(day, entries_of(school))
    return home_time_of(pupil, day)


def read_home_times(school: School, pupils: Iterable[Pupil]) -> None:
    """Read those of many children of a school together, before each is asked for."""
    found: dict[int, list[OwnHomeTime]] = defaultdict(list)
    them = list(pupils)
    for row in OwnHomeTime.objects.filter(pupil__in=them, ended_at=None).order_by("pk"):
        found[row.pupil_id].append(row)
    for pupil in them:
        pupil.school = school
        pupil.__dict__[_READ] = found[pupil.pk]


def forget_home_times(pupil: Pupil) -> None:
    """After a change: read them again."""
    pupil.__dict__.pop(_READ, None)


def _own_on(pupil: Pupil, day: date) -> OwnHomeTime | None:
    """The one that holds on a day; read once for each pupil object, as long as its request."""
    if _READ not in pupil.__dict__:
        rows = OwnHomeTime.objects.filter(pupil=pupil, ended_at=None).order_by("pk")
        pupil.__dict__[_READ] = list(rows)
    found: list[OwnHomeTime] = pupil.__dict__[_READ]
    holds = [
        row
        for row in found
        if row.weekday == day.weekday()
        and row.begins_on <= day
        and (row.until is None or day <= row.until)
    ]
    return holds[-1] if holds else None
