"""What the pages of this room show."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS

from schoolgate.accounts.gates import office
from schoolgate.people.access import Who, home_times_for_office
from schoolgate.people.home_times import home_time_of, home_time_on, read_home_times
from schoolgate.people.models import ContactRoute, Pupil
from schoolgate.today import access
from schoolgate.today.actions.checking_words import ABOUT_THE_WAY_HOME
from schoolgate.today.believing import doubt_of
from schoolgate.today.calendars import local_day
from schoolgate.today.kinds import Chosen, Kind
from schoolgate.today.models import Collection, Matter
from schoolgate.today.queries import staffed
from schoolgate.today.routes import to_ring
from schoolgate.today.states import Collecting
from schoolgate.today.wording import ICONS, KINDS, day_in_words

MOST = 500


@dataclass(frozen=True)
class Row:
    """One thing for today as the team reads it; `minutes` until it is due, below none past it."""

    matter: Matter
    kind: str
    icon: str
    minutes: int
    day: str
    doubt: str = ""  # why nothing may be done by it yet

    @property
    def late(self) -> bool:
        """Past its time, and seen by nobody."""
        return self.matter.seen_at is None and self.minutes <= 0

    @property
    def unconfirmed(self) -> bool:
        """Words about the way home that no form and no known route has made a collection of."""
        return self.matter.kind in ABOUT_THE_WAY_HOME and not hasattr(self.matter, "collection")

    @property
    def may_be_not_today(self) -> bool:
        """Whether a person may take it off: not what a family chose."""
        return self.matter.chosen != Chosen.FAMILY


def today_page(who: Who) -> dict[str, Any]:
    """What nobody has seen, then what was seen, for a team member."""
    assert who.school is not None  # the gate admits members of a school
    today = local_day(who.school, who.at)
    rows = [_row(who, matter, today) for matter in access.list_for(who, today)[:MOST]]
    return {
        "waiting": [row for row in rows if row.matter.seen_at is None],
        "seen": [row for row in rows if row.matter.seen_at is not None],
        "staffed": staffed(who.school, who.at),
        "is_office": office(who),
    }


def _row(who: Who, matter: Matter, today: date) -> Row:
    kind = Kind(matter.kind)
    return Row(
        matter=matter,
        kind=str(KINDS[kind]),
        icon=ICONS[kind],
        minutes=int((matter.due_at - who.at).total_seconds() // 60),
        day="" if matter.day == today else day_in_words(matter.day),
        doubt=doubt_of(matter),
    )


@dataclass(frozen=True)
class PickUp:
    """Who collects, as the team reads it: no reasons; `numbers` are those that may be rung."""

    collection: Collection
    numbers: list[ContactRoute]
    day: str  # nothing for today
    at: time | None  # as the family said, else when the child goes home

    @property
    def confirmed(self) -> bool:
        """The only state that is acted on."""
        return self.collection.state == Collecting.CONFIRMED

    @property
    def refused(self) -> bool:
        """The head and the safeguarding lead have it."""
        return self.collection.state == Collecting.REFUSED


def pick_up_rows(who: Who, day: date) -> list[PickUp]:
    """The pick-ups from a day on, soonest first, with the numbers for who may ring."""
    assert who.school is not None  # the gate admits members of a school
    rows = list(access.pick_ups(who, day))
    read_home_times(who.school, [one.pupil for one in rows])
    found = [_pick_up(who, one, day) for one in rows]
    return sorted(found, key=_when)


def _pick_up(who: Who, one: Collection, day: date) -> PickUp:
    may_ring = office(who) and one.state == Collecting.WAITING
    home = home_time_of(one.pupil, one.day)
    return PickUp(
        one,
        to_ring(one.carer, one.matter.came_at) if may_ring else [],
        "" if one.day == day else day_in_words(one.day),
        one.at or (home.time() if home else None),
    )


def _when(row: PickUp) -> tuple[date, bool, time, str, int]:
    one = row.collection
    return one.day, row.at is None, row.at or time.max, one.pupil.first_name, one.pk


@dataclass(frozen=True)
class Weekday:
    """One day of a child's next week with school: when they go home, and the school otherwise."""

    name: str
    home: datetime
    school: datetime


def home_times_page(who: Who, pupil: Pupil, today: date) -> dict[str, Any]:
    """A child's coming week by the clock, and the rows behind it that have not run out."""
    days = [today + timedelta(days=ahead) for ahead in range(7)]
    rows = home_times_for_office(who).filter(pupil=pupil).exclude(until__lt=today)
    return {
        "pupil": pupil,
        "week": [found for day in days if (found := _weekday(pupil, day))],
        "rows": [(WEEKDAYS[row.weekday], row) for row in rows],
    }


def _weekday(pupil: Pupil, day: date) -> Weekday | None:
    home, school = home_time_of(pupil, day), home_time_on(pupil.school, None, day)
    return Weekday(day_in_words(day), home, school) if home and school else None
