"""What holds for every calendar and every moment, tried on calendars made at random."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schoolgate.working_time.bank_holidays import BankHolidays
from schoolgate.working_time.calendar import Block, Closure, Term, WorkingCalendar
from schoolgate.working_time.errors import BeyondCalendarError

FIRST, LAST = date(2026, 9, 1), date(2027, 7, 31)
ZONES = ["Europe/London", "Europe/Dublin", "America/St_Johns", "Australia/Lord_Howe", "UTC"]


@st.composite
def hours(draw: st.DrawFn) -> tuple[Block, ...]:
    """The blocks of a day in order, none at times, some over the hours of clock changes."""
    edges = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Block(first * 15, last * 15) for first, last in pairs)


days = st.dates(FIRST, LAST)
moments = st.datetimes(
    datetime.fromisoformat("2026-09-01"),
    datetime.fromisoformat("2027-06-30"),
    timezones=st.just(UTC),
) | st.builds(  # close to the clock changes
    lambda first, minutes: first + timedelta(minutes=minutes),
    st.sampled_from([datetime(2026, 10, 24, tzinfo=UTC), datetime(2027, 3, 27, tzinfo=UTC)]),
    st.integers(0, 3 * 24 * 60),
)
spans = st.timedeltas(timedelta(0), timedelta(hours=60))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """A calendar with holidays, closures, half days, INSET days and odd weeks."""
    week = draw(st.tuples(*[hours()] * 7))
    assume(any(week))
    edges = sorted(draw(st.sets(days, min_size=2, max_size=6)))
    terms = [Term(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    closures = draw(st.lists(st.builds(Closure, days, hours()), max_size=6))
    return WorkingCalendar(
        timezone=draw(st.sampled_from(ZONES)),
        week=week,
        terms=tuple(terms) if draw(st.booleans()) else (),
        closures=tuple(closures),
        inset=draw(st.frozensets(days, max_size=3)),
        inset_counts=draw(st.booleans()),
        bank_holidays=draw(st.sampled_from([BankHolidays(), BankHolidays("GB-ENG")])),
    )


def due(calendar: WorkingCalendar, start: datetime, span: timedelta) -> datetime:
    """When a span has passed, in UTC; an answer beyond the calendar is no case for these laws."""
    try:
        return calendar.add(start, span).astimezone(UTC)
    except BeyondCalendarError:
        assume(False)
        raise


@pytest.mark.clause("2.2-T1")
@given(calendars(), moments, spans)
def test_nothing_is_due_outside_working_time(calendar, start, span) -> None:
    assume(span > timedelta(0))
    at = due(calendar, start, span)
    just_before = at.astimezone(UTC) - timedelta(microseconds=1)
    assert calendar.is_open(just_before)
    local = just_before.astimezone(ZoneInfo(calendar.timezone))
    assert calendar.opens_on(local.date())


@given(calendars(), moments, st.timedeltas(timedelta(0), timedelta(days=9)), spans)
def test_what_comes_later_is_not_due_sooner(calendar, start, later, span) -> None:
    second = due(calendar, start + later, span)
    assert due(calendar, start, span) <= second


@pytest.mark.clause("3.0-P6")
@given(calendars(), moments, spans, days)
def test_a_holiday_never_brings_a_due_time_forward(calendar, start, span, holiday) -> None:
    closed = replace(calendar, closures=(*calendar.closures, Closure(holiday)))
    after = due(closed, start, span)
    assert due(calendar, start, span) <= after


@given(calendars(), moments, spans, spans)
def test_a_span_may_be_added_in_two_parts(calendar, start, first, second) -> None:
    assert due(calendar, due(calendar, start, first), second) == due(
        calendar, start, first + second
    )


@given(calendars(), moments, spans)
def test_what_lies_between_is_what_was_added(calendar, start, span) -> None:
    at = due(calendar, start, span)
    assert calendar.between(start, at) == span


@given(calendars(), moments, spans, spans)
def test_stretches_between_moments_add_up(calendar, start, first, second) -> None:
    middle, end = start + first, start + first + second
    try:
        whole = calendar.between(start, end)
    except BeyondCalendarError:
        assume(False)
    assert calendar.between(start, middle) + calendar.between(middle, end) == whole


@settings(max_examples=30)
@given(calendars(), moments)
def test_open_time_is_the_count_of_open_minutes(calendar, start) -> None:
    start = start.replace(second=0, microsecond=0)
    minutes = [start + timedelta(minutes=gone) for gone in range(6 * 60)]
    try:
        total = calendar.between(start, start + timedelta(hours=6))
    except BeyondCalendarError:
        assume(False)
    assert total == timedelta(minutes=sum(map(calendar.is_open, minutes)))


@pytest.mark.clause("2.2-H3")
@given(calendars(), moments, st.integers(1, 72))
def test_the_hours_of_working_days_alone_count_for_the_head(calendar, start, count) -> None:
    try:
        at = calendar.add_on_working_days(start, timedelta(hours=count))
    except BeyondCalendarError:
        assume(False)
    last_counted = at.astimezone(UTC) - timedelta(microseconds=1)
    assert calendar.opens_on(last_counted.astimezone(calendar.zone).date())
    assert at >= start + timedelta(hours=count)
