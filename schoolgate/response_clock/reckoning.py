"""By when an answer is due: pure reckoning on a school's calendar and promises."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar

from schoolgate.school.settings_parts import HeadCounting, Promises
from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.errors import BeyondCalendarError
from schoolgate.working_time.length import Length, Unit

LITERAL = timedelta(hours=24)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTimes:
    """What is due when, in the school's zone; what lies beyond the known calendar is None.

    `head_act_by` is the last open moment between receipt and `head_due`, else `head_due` itself.
    `acknowledge_due` is None too where the school promises no acknowledgement.
    """

    received: datetime
    reply_due: datetime | None
    head_due: datetime | None
    head_act_by: datetime | None
    literal_24h: datetime
    acknowledge_due: datetime | None
    beyond_calendar: bool


class Nudges(NamedTuple):
    """When the person who owes the answer is reminded."""

    half: datetime
    three_quarters: datetime


def due_times(calendar: WorkingCalendar, promises: Promises, received: datetime) -> DueTimes:
    """Everything that a message received at `received` (aware) makes due.

    Never raises for a date beyond the calendar: it is None then, and `beyond_calendar` is true.
    Clauses 2.2-T1 and 2.2-H3.
    """
    reply = known(lambda: promises.reply.after(received, calendar))
    head = known(lambda: head_due(calendar, promises, received))
    wanted = promises.acknowledge
    acknowledge = known(lambda: wanted.after(received, calendar)) if wanted else None
    owed = [reply, head, acknowledge] if wanted else [reply, head]
    return DueTimes(
        received=received.astimezone(calendar.zone),
        reply_due=reply,
        head_due=head,
        head_act_by=act_by(calendar, received, head) if head else None,
        literal_24h=literal(calendar, received, LITERAL),
        acknowledge_due=acknowledge,
        beyond_calendar=None in owed,
    )


def head_due(calendar: WorkingCalendar, promises: Promises, received: datetime) -> datetime:
    """By when the head answers: all hours of working days, or the literal hours where set so.

    Raises BeyondCalendarError. Clause 2.2-H3.
    """
    by_the_clock = promises.head_counting is HeadCounting.LITERAL
    if by_the_clock and promises.head.unit is Unit.HOURS:
        return literal(calendar, received, timedelta(hours=promises.head.amount))
    return promises.head.after(received, calendar)


def act_by(calendar: WorkingCalendar, received: datetime, due: datetime) -> datetime:
    """The last open moment after the receipt and up to `due`, a closing included.

    Where there is none, as on the eve of a closed day, it is `due` itself: nothing is late from the
    moment that it came.
    """
    last = calendar.last_open_moment(due, not_before=received)
    return last if last > received else due


def literal(calendar: WorkingCalendar, received: datetime, length: timedelta) -> datetime:
    """`length` later by the clock, nights and holidays counted (decision 16)."""
    return (received.astimezone(UTC) + length).astimezone(calendar.zone)


def nudges(calendar: WorkingCalendar, start: datetime, due: datetime) -> Nudges:
    """When half and three quarters of the open time from `start` to `due` have passed.

    Raises BeyondCalendarError; ValueError when `due` comes before `start`. Clause 2.2-T1.
    """
    whole = calendar.between(start, due)
    return Nudges(calendar.add(start, whole / 2), calendar.add(start, whole * 3 / 4))


def latest_promised_date(calendar: WorkingCalendar, start: datetime, limit: Length) -> datetime:
    """The end of the last day that a holding reply written at `start` may name.

    With a limit of 5 working days it is the closing of the fifth open day after the day of
    `start`. Raises BeyondCalendarError.
    """
    return _end_of(limit, calendar, start)


def did_not_answer_until(calendar: WorkingCalendar, replied: datetime, window: Length) -> datetime:
    """Until when "this did not answer me" is one press: the closing of the window's last day.

    Raises BeyondCalendarError. Decision 20.
    """
    return _end_of(window, calendar, replied)


def known(answer: Callable[[], T]) -> T | None:
    """An answer, or None where it lies beyond the calendar."""
    try:
        return answer()
    except BeyondCalendarError:
        return None


def add_working_days(calendar: WorkingCalendar, start: datetime, days: int) -> datetime:
    """`days` normal core days of open time after `start`. Raises BeyondCalendarError."""
    return calendar.add_working_days(start, days)


def _end_of(length: Length, calendar: WorkingCalendar, start: datetime) -> datetime:
    if length.unit is Unit.WORKING_DAYS:
        return calendar.end_of_working_day(start, length.amount)
    return length.after(start, calendar)
