"""When a school, or one of its kinds of hours, is open."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from schoolgate.working_time.bank_holidays import BankHolidays
from schoolgate.working_time.timeline import NOTHING, Span, Timeline
from schoolgate.working_time.wall_clock import MINUTES_A_DAY, edge, moment


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """Open hours of one day, in minutes after midnight on the wall clock; `end` is closed.

    Raises ValueError unless 0 <= start < end <= 1440: no block runs past midnight.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MINUTES_A_DAY:
            raise ValueError("A block of hours starts before it ends, within one day.")

    @property
    def length(self) -> timedelta:
        """How long it is on a day without a clock change."""
        return timedelta(minutes=self.end - self.start)


Blocks = tuple[Block, ...]
Week = tuple[Blocks, Blocks, Blocks, Blocks, Blocks, Blocks, Blocks]
WHOLE_DAY: Blocks = (Block(0, MINUTES_A_DAY),)


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A term's first and last day, both included. Raises ValueError when they are swapped."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A term's last day comes before its first.")


@dataclass(frozen=True, slots=True)
class Closure:
    """A day with hours of its own: `hours` are those that it is open, none if it is closed.

    Raises ValueError for blocks that overlap or are out of order.
    """

    date: date
    hours: Blocks = ()

    def __post_init__(self) -> None:
        _refuse_disorder(self.hours)


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """The open hours of every day up to the last that is known.

    A day's own entry (`closures`) wins over all else; of two for one day the fully closed one. Its
    hours open nothing outside the terms: who shortens a day opens none. Then: bank holidays are
    closed; an INSET day has its weekday's hours if `inset_counts`, in and out of terms, and is
    closed if not; a day outside the terms is closed; any other day has its weekday's hours. Without
    terms every day counts as in term. Durations are real elapsed time.
    """

    timezone: str
    week: Week
    terms: tuple[Term, ...] = ()
    closures: tuple[Closure, ...] = ()
    inset: frozenset[date] = frozenset()
    inset_counts: bool = True
    bank_holidays: BankHolidays = BankHolidays()
    core_day: timedelta | None = None

    def __post_init__(self) -> None:
        for blocks in self.week:
            _refuse_disorder(blocks)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The school's time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def last_known_date(self) -> date:
        """The last day of which the calendar knows whether it is open."""
        if not self.terms:
            return self.bank_holidays.last_known_date
        counted = [*self.inset] if self.inset_counts else []
        return max([term.last for term in self.terms] + counted)

    @property
    def opens_nothing(self) -> tuple[date, ...]:
        """The days outside the terms for which hours are declared all the same, in order."""
        days = {one.date for one in self.closures if one.hours and not self._counts(one.date)}
        return tuple(sorted(days))

    @cached_property
    def normal_core_day(self) -> timedelta:
        """What one working day is worth: the length that most open weekdays have, or `core_day`.

        Of lengths that are equally common it is the longer. A calendar without hours has none.
        """
        if self.core_day is not None:
            return self.core_day
        lengths = Counter(_length(blocks) for blocks in self.week if blocks)
        return max(lengths, key=lambda length: (lengths[length], length), default=NOTHING)

    def opens_on(self, day: date) -> Blocks:
        """The open blocks of a day in order, none if it is closed or not known."""
        if day > self.last_known_date:
            return ()
        if day in self._own_hours:
            blocks = self._own_hours[day] if self._counts(day) else ()
        elif day in self.bank_holidays or not self._counts(day):
            blocks = ()
        else:
            blocks = self.week[day.weekday()]
        return blocks

    def is_open(self, at: datetime) -> bool:
        """Whether `at` is known to lie in open hours; the moment of closing does not."""
        return self._core.is_open(at)

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself when open, else the next opening, in the school's zone.

        Raises BeyondCalendarError.
        """
        return self._local(max(self._core.span_at_or_after(at).start, at))

    def next_closing(self, at: datetime) -> datetime:
        """When the block that is open at `at`, else the next one, closes, in the school's zone.

        Raises BeyondCalendarError.
        """
        return self._local(self._core.span_at_or_after(at).end)

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The moment at which `duration` of open time has passed since `start`, in the zone.

        What starts outside open hours starts at the next opening; what is due exactly at a closing
        is due then and not at the next opening. Raises BeyondCalendarError.
        """
        return self._local(self._core.add(start, duration))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much open time lies from `start` to `end`. Raises BeyondCalendarError."""
        return self._core.between(start, end)

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """`days` times the normal core day, counted in open time from `start`.

        Raises BeyondCalendarError. Clause 2.2-T1.
        """
        return self.add(start, days * self.normal_core_day)

    def add_on_working_days(self, start: datetime, duration: timedelta) -> datetime:
        """The moment at which `duration` has passed, all hours of open days counted and no others.

        Nights of open days count; a day without open hours does not exist for it. Raises
        BeyondCalendarError. Clause 2.2-H3.
        """
        return self._local(self._whole_days.add(start, duration))

    def last_open_moment(self, until: datetime, *, not_before: datetime) -> datetime:
        """The last open moment up to `until`, a closing included; at least `not_before`."""
        return self._local(self._core.last_moment(until, not_before=not_before))

    def end_of_working_day(self, start: datetime, days: int) -> datetime:
        """The last closing of the `days`-th open day after the day of `start`.

        Raises BeyondCalendarError; ValueError for fewer than one day.
        """
        if days < 1:
            raise ValueError("There is no day to end.")
        at = start
        day = start.astimezone(self.zone).date()
        for _ in range(days):
            at = self.next_opening(self._midnight(day + timedelta(days=1)))
            day = at.date()
        return self._local(edge(day, self.opens_on(day)[-1].end, self.zone))

    def local_moment(self, local: datetime) -> datetime:
        """A time as somebody at the school would write it, as a moment in the school's zone."""
        return moment(local, self.zone)

    @cached_property
    def _own_hours(self) -> dict[date, Blocks]:
        own: dict[date, Blocks] = {}
        for closure in self.closures:
            known = own.get(closure.date, closure.hours)
            own[closure.date] = closure.hours if known and closure.hours else ()
        closed = [] if self.inset_counts else [day for day in self.inset if day in own]
        return own | dict.fromkeys(closed, ())

    @cached_property
    def _term_days(self) -> frozenset[date]:
        return frozenset(day for term in self.terms for day in _days(term.first, term.last))

    def _counts(self, day: date) -> bool:
        if day in self.inset:
            return self.inset_counts
        return not self.terms or day in self._term_days

    @cached_property
    def _core(self) -> Timeline:
        return self._timeline(self.opens_on)

    @cached_property
    def _whole_days(self) -> Timeline:
        return self._timeline(lambda day: WHOLE_DAY if self.opens_on(day) else ())

    def _timeline(self, blocks_of: Callable[[date], Blocks]) -> Timeline:
        def spans_of_year(year: int) -> tuple[Span, ...]:
            days = _days(date(year, 1, 1), min(date(year, 12, 31), self.last_known_date))
            spans = (self._span(day, block) for day in days for block in blocks_of(day))
            # A clock change can swallow a whole block.
            return tuple(span for span in spans if span.start < span.end)

        return Timeline(spans_of_year, self.zone, self.last_known_date)

    def _span(self, day: date, block: Block) -> Span:
        return Span(edge(day, block.start, self.zone), edge(day, block.end, self.zone))

    def _midnight(self, day: date) -> datetime:
        return self._local(edge(day, 0, self.zone))

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _length(blocks: Blocks) -> timedelta:
    return sum((block.length for block in blocks), NOTHING)


def _refuse_disorder(blocks: Blocks) -> None:
    if any(later.start < earlier.end for earlier, later in pairwise(blocks)):
        raise ValueError("Blocks of one day come in order and do not overlap.")
