"""Playing a drill: its name, its usual moment, and the report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from schoolgate.drill import checking
from schoolgate.drill.days import (
    disclosure,
    head_away,
    held_child,
    mail_host_down,
    protected_address,
    taxi,
)
from schoolgate.drill.report import Report
from schoolgate.drill.stage import Stage, stage
from schoolgate.school.calendars import entries_of, reply_calendar, safeguarding_calendar
from schoolgate.school.models import School
from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.errors import BeyondCalendarError

SATURDAY, LATE = 5, time(23)
FRIDAY, BEFORE_HOME = 4, time(14, 50)
AFTER_HOME_TIME = timedelta(minutes=10)
FURTHEST = 120  # days that are looked through for the next one with children in school


@dataclass(frozen=True)
class Day:
    """A day that goes wrong: what it is called, when it usually is, and how it is played."""

    title: str | Words
    says: str | Words
    usual: Callable[[School, datetime], datetime]
    play: Callable[[Stage, Report], None]


def play(*, name: str, school: School, at: datetime) -> Report:
    """Play a drill at a moment (UTC) and take everything back; nothing is sent.

    Raises KeyError where there is no drill of that name.
    """
    day = DAYS[name]
    report = Report(name, str(day.title), school.name, school.settings.timezone, at)
    with stage(school, at) as played:
        day.play(played, report)
        report.blame(*checking.wrong_routes(played, at))
    return report


def saturday_night(school: School, at: datetime) -> datetime:
    """The next Saturday at 23:00 by the school's clock (UTC)."""
    zone = ZoneInfo(school.settings.timezone)
    day = at.astimezone(zone).date()
    day += timedelta(days=(SATURDAY - day.weekday()) % 7)
    found = datetime.combine(day, LATE, tzinfo=zone)
    return found if found > at else found + timedelta(days=7)


def in_the_morning(school: School, at: datetime) -> datetime:
    """An hour after the school next opens (UTC); now where its calendar knows nothing."""
    calendar = reply_calendar(school)
    try:
        if calendar.is_open(at):
            at = calendar.next_closing(at)
        return calendar.next_opening(at) + timedelta(hours=1)
    except BeyondCalendarError:
        return at


def home_time(school: School, at: datetime) -> datetime:
    """Ten minutes after the next home time (UTC); now where no day is known."""
    entries = entries_of(school)
    today = at.astimezone(ZoneInfo(school.settings.timezone)).date()
    for ahead in range(FURTHEST):
        home = school.settings.home_time_on(today + timedelta(days=ahead), entries)
        if home is not None and home > at:
            return home + AFTER_HOME_TIME
    return at


def friday_afternoon(school: School, at: datetime) -> datetime:
    """14:50 on the next Friday with children in school (UTC); on any where none is known."""
    calendar = safeguarding_calendar(school)
    today = at.astimezone(calendar.zone).date()
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    days = [friday + timedelta(weeks=ahead) for ahead in range(FURTHEST // 7)]
    moments = [datetime.combine(day, BEFORE_HOME, tzinfo=calendar.zone) for day in days]
    later = [one for one in moments if one > at]
    return next((one for one in later if _is_open(calendar, one)), later[0])


def _is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    try:
        return calendar.is_open(at)
    except BeyondCalendarError:
        return False


DAYS: Mapping[str, Day] = {
    "disclosure": Day(
        _("A disclosure on a Saturday at 23:00"),
        _("A parent writes that a child is afraid to go home, and nobody reads it."),
        saturday_night,
        disclosure.play,
    ),
    "head-away": Day(
        _("A head in hospital"),
        _("The head is away without cover. A parent asks the head; a concern is about an adult."),
        in_the_morning,
        head_away.play,
    ),
    "protected-address": Day(
        _("Those who try to learn a protected address"),
        _("A caller, three emails and a shared mailbox; what the office sees; and who collects."),
        in_the_morning,
        protected_address.play,
    ),
    "taxi": Day(
        _("A taxi that does not come"),
        _("A child waits at home time, the office closes, and nobody looks."),
        home_time,
        taxi.play,
    ),
    "hold": Day(
        _("A child was held at 14:50 on a Friday"),
        _("Each adult must be told that day. One is held back, one has no way, nobody presses."),
        friday_afternoon,
        held_child.play,
    ),
    "mail-host-down": Day(
        _("A mail host that is down"),
        _("No email leaves: what goes out by another way, what waits, and who learns of it."),
        in_the_morning,
        mail_host_down.play,
    ),
}
