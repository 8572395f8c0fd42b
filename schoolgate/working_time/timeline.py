"""A line of open spans, year by year, along which time is added and measured."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from schoolgate.working_time.errors import BeyondCalendarError
from schoolgate.working_time.wall_clock import MINUTES_A_DAY, edge

NOTHING = timedelta(0)


class Span(NamedTuple):
    """One stretch of open time, both ends in UTC; at `end` itself it is closed again."""

    start: datetime
    end: datetime


class Timeline:
    """Open spans in order, made a year at a time and kept.

    `spans_of_year` gives the spans of one local year. Moments given must be aware; moments
    returned are in UTC. What lies after `last_known` is not known, and an answer that would lie
    there raises BeyondCalendarError.
    """

    def __init__(
        self,
        spans_of_year: Callable[[int], tuple[Span, ...]],
        zone: tzinfo,
        last_known: date,
    ) -> None:
        self._spans_of_year = spans_of_year
        self._zone = zone
        self._last_known = last_known
        self._years: dict[int, tuple[tuple[Span, ...], list[datetime]]] = {}

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The moment at which `duration` of open time has passed since `start`.

        An answer exactly at a closing is that closing, not the next opening. Raises ValueError for
        a negative duration.
        """
        if duration < NOTHING:
            raise ValueError("Open time can only be added, not taken away.")
        moment = _utc(start)
        for span in self._spans_from(moment):
            begin = max(span.start, moment)
            room = span.end - begin
            if duration <= room:
                return begin + duration
            duration -= room
        raise BeyondCalendarError(self._last_known)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much open time lies from `start` to `end`; ValueError when `end` comes first."""
        first, last = _utc(start), _utc(end)
        if last < first:
            raise ValueError("The end comes before the start.")
        if last > edge(self._last_known, MINUTES_A_DAY, self._zone):
            raise BeyondCalendarError(self._last_known)
        total = NOTHING
        for span in self._spans_from(first):
            if span.start >= last:
                break
            total += min(span.end, last) - max(span.start, first)
        return total

    def span_at_or_after(self, at: datetime) -> Span:
        """The span that is open at `at`, else the next one."""
        moment = _utc(at)
        for span in self._spans_from(moment):
            if span.end > moment:
                return span
        raise BeyondCalendarError(self._last_known)

    def is_open(self, at: datetime) -> bool:
        """Whether `at` is known to lie in open time; a closing moment does not."""
        try:
            return self.span_at_or_after(at).start <= _utc(at)
        except BeyondCalendarError:
            return False

    def last_moment(self, until: datetime, *, not_before: datetime) -> datetime:
        """The last open moment up to `until`, closings included, never before `not_before`."""
        latest, last = _utc(not_before), _utc(until)
        for span in self._spans_from(latest):
            if span.start > last:
                break
            latest = max(latest, min(span.end, last))
        return latest

    def _spans_from(self, moment: datetime) -> Iterator[Span]:
        """Spans in order from the first that ends at or after `moment`, to the last known."""
        first_year = moment.astimezone(self._zone).year
        for year in range(first_year, self._last_known.year + 1):
            spans, ends = self._year(year)
            yield from spans[bisect_left(ends, moment) :]

    def _year(self, year: int) -> tuple[tuple[Span, ...], list[datetime]]:
        found = self._years.get(year)
        if found is None:
            spans = self._spans_of_year(year)
            found = self._years[year] = (spans, [span.end for span in spans])
        return found


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs an offset; read local times with wall_clock.moment.")
    return moment.astimezone(UTC)
