"""By when a person has seen what is for today, who is told, who is alarmed; decision 1, pure.

Fifteen minutes of staffed time, if a school says nothing else, and before home time: with less than
half an hour left, half of what is left, so that there is time for somebody else to act. All moments
are instants; days are the school's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schoolgate.today.kinds import DESKS, Chosen, Kind
from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.errors import BeyondCalendarError

# Of whom `told` speaks, beside the roles of DESKS.
OFFICE, TUTOR, NEXT, HEAD = "office", "tutor", "next", "head"
PORTAL = "portal"  # the channel by which a family presses
ALARMED = frozenset({NEXT, HEAD})  # who hear of it only if nobody has seen it
FURTHEST = 120  # days that are looked through for the next one with children in school


@dataclass(frozen=True)
class Day:
    """What the calendars say: when the office is staffed, children are about, and go home."""

    office: WorkingCalendar
    children: WorkingCalendar
    home_time: Callable[[date], datetime | None]
    seen_within: timedelta = timedelta(minutes=15)
    head_after: timedelta = timedelta(minutes=10)


@dataclass(frozen=True)
class Times:
    """The school day that it is for, and the moments by which somebody acts.

    By `due_at` a person has seen it; then the next person is alarmed, at `head_at` the head.
    """

    day: date
    due_at: datetime
    head_at: datetime


@dataclass(frozen=True)
class Plan:
    """Who says that it is for today, whether a reply is promised beside it, who is told and when.

    `told` are a role, or "tutor", or "next" and "head" who hear of it only if nobody has seen it.
    """

    chosen: Chosen
    reply_promised: bool
    times: Times
    told: tuple[tuple[str, datetime], ...]


def plan(kind: Kind, channel: str, at: datetime, on: Day, *, by: Chosen | None = None) -> Plan:
    """The row of decision 1's table for something that came at `at` by a channel.

    The portal's two presses are the family's choice; by any other way its wording only adds the
    office's queue.
    """
    chosen = by or (Chosen.FAMILY if channel == PORTAL else Chosen.WORDING)
    found = times(at, on)
    return Plan(
        chosen=chosen,
        reply_promised=is_reply_promised(kind, channel, chosen),
        times=found,
        told=who_is_told(kind, found, somebody_in=opening(at, on), came_at=at),
    )


def is_reply_promised(kind: Kind, channel: str, chosen: Chosen) -> bool:
    """Whether a reply is owed beside the office's look.

    Not of the portal's two presses; everything else keeps its thread's owner and promise, and "I
    can't ring" has both.
    """
    return channel != PORTAL or chosen is not Chosen.FAMILY or kind is Kind.URGENT


def who_is_told(
    kind: Kind, when: Times, *, somebody_in: datetime, came_at: datetime
) -> tuple[tuple[str, datetime], ...]:
    """Who hears of it, and from when on: the office's screen, tutor and desks, then who is next."""
    return (
        (OFFICE, came_at),
        (TUTOR, somebody_in),
        *((role, somebody_in) for role in DESKS[kind]),
        (NEXT, when.due_at),
        (HEAD, when.head_at),
    )


def times(at: datetime, on: Day) -> Times:
    """The times of something that came at `at`.

    Where no calendar reaches, it is for that very day and due in fifteen minutes.
    """
    day = day_of(at, on)
    home = on.home_time(day)
    try:
        staffed = on.office.add(at, on.seen_within)
        head = on.office.add(staffed, on.head_after)
    except BeyondCalendarError:
        return Times(day, at + on.seen_within, at + on.seen_within + on.head_after)
    if home is None or home <= at:
        return _after_home_time(at, on, day, staffed, head)
    begins = on.office.next_opening(at)
    due = min(staffed, begins + (home - begins) / 2) if begins < home else at
    return Times(day, due, min(head, due + (home - due) / 2))


def day_of(at: datetime, on: Day) -> date:
    """The school day that "today" means: this one until home time, and while children are about.

    After it, and on a day without school, it is the next one.
    """
    today = at.astimezone(on.office.zone).date()
    home = on.home_time(today)
    if home is not None and (at < home or on.children.is_open(at)):
        return today
    for ahead in range(1, FURTHEST):
        if on.home_time(today + timedelta(days=ahead)) is not None:
            return today + timedelta(days=ahead)
    return today


def opening(at: datetime, on: Day) -> datetime:
    """When somebody is in the office, from a moment on; that moment where no calendar reaches."""
    try:
        return on.office.next_opening(at)
    except BeyondCalendarError:
        return at


def _after_home_time(at: datetime, on: Day, day: date, staffed: datetime, head: datetime) -> Times:
    """The taxi that does not come: while children are on their way nothing waits for tomorrow."""
    if on.children.is_open(at):
        due = min(staffed, on.office.next_closing(at)) if on.office.is_open(at) else at
        return Times(day, due, min(head, due + on.head_after))
    return Times(day, staffed, head)
