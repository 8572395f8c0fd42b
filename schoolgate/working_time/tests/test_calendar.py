"""Open days and hours, and time added along them."""

import importlib
from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.working_time.bank_holidays import BankHolidays
from schoolgate.working_time.calendar import Block, Closure, Term
from schoolgate.working_time.errors import BeyondCalendarError, UnknownCountryError
from schoolgate.working_time.tests.weeks import (
    EIGHT_TO_FOUR,
    MONDAY_TO_FRIDAY,
    MORNING,
    TERMS,
    school_year,
)

HOUR = timedelta(hours=1)
TWO_BLOCKS = (Block(8 * 60, 12 * 60), Block(13 * 60, 16 * 60))
NIGHTS = tuple([(Block(0, 5 * 60),)] * 7)


def at(words: str) -> datetime:
    return school_year().local_moment(datetime.fromisoformat(words))


def test_a_moment_of_opening_is_open_and_a_moment_of_closing_is_not() -> None:
    calendar = school_year()
    assert calendar.is_open(at("2026-11-23T08:00"))
    assert calendar.is_open(at("2026-11-23T15:59:59"))
    assert not calendar.is_open(at("2026-11-23T16:00"))
    assert not calendar.is_open(at("2026-11-23T07:59:59"))


def test_hours_declared_for_a_day_outside_the_terms_open_nothing_and_are_named() -> None:
    outside, inside = date(2026, 12, 21), date(2026, 12, 16)
    calendar = school_year(closures=(Closure(outside, MORNING), Closure(inside, MORNING)))
    assert calendar.opens_on(outside) == () and calendar.opens_on(inside) == MORNING
    assert calendar.opens_nothing == (outside,)
    late = school_year(closures=(Closure(date(2027, 8, 30), MORNING),))
    assert late.last_known_date == school_year().last_known_date


@pytest.mark.parametrize(
    ("day", "open_hours"),
    [
        (date(2026, 11, 23), EIGHT_TO_FOUR),
        (date(2026, 11, 22), ()),  # a Sunday
        (date(2026, 12, 21), ()),  # in the holidays
        (date(2027, 5, 3), ()),  # a bank holiday in term
        (date(2027, 9, 6), ()),  # after the last known day
    ],
)
def test_a_day_is_open_in_term_on_weekdays_that_are_no_bank_holiday(day, open_hours) -> None:
    assert school_year().opens_on(day) == open_hours


def test_the_hours_of_a_closure_are_the_hours_that_it_is_open() -> None:
    calendar = school_year(closures=(Closure(date(2026, 12, 17), MORNING),))
    assert calendar.opens_on(date(2026, 12, 17)) == MORNING
    assert not calendar.is_open(at("2026-12-17T12:00"))


def test_a_full_closure_wins_over_a_half_day_on_the_same_date() -> None:
    twice = (Closure(date(2026, 12, 17), MORNING), Closure(date(2026, 12, 17)))
    assert school_year(closures=twice).opens_on(date(2026, 12, 17)) == ()
    assert school_year(closures=twice[::-1]).opens_on(date(2026, 12, 17)) == ()


def test_an_inset_day_counts_in_and_out_of_terms_if_the_school_says_so() -> None:
    days = frozenset({date(2026, 9, 2), date(2026, 10, 19), date(2026, 10, 18), date(2027, 5, 3)})
    counted, not_counted = school_year(inset=days), school_year(inset=days, inset_counts=False)
    assert counted.opens_on(date(2026, 9, 2)) == EIGHT_TO_FOUR
    assert counted.opens_on(date(2026, 10, 19)) == EIGHT_TO_FOUR
    assert counted.opens_on(date(2026, 10, 18)) == ()  # a Sunday has no hours to count
    assert counted.opens_on(date(2027, 5, 3)) == ()  # a bank holiday stays one
    assert all(not_counted.opens_on(day) == () for day in days)


def test_an_inset_day_that_does_not_count_is_closed_even_with_hours_of_its_own() -> None:
    day = date(2026, 10, 19)
    closures = (Closure(day, MORNING),)
    assert school_year(inset=frozenset({day}), closures=closures).opens_on(day) == MORNING
    calendar = school_year(inset=frozenset({day}), closures=closures, inset_counts=False)
    assert calendar.opens_on(day) == ()


def test_without_terms_every_weekday_counts_to_the_last_known_bank_holiday_year() -> None:
    listed = BankHolidays(dates=frozenset({date(2027, 1, 1)}))
    calendar = school_year(terms=(), bank_holidays=listed)
    assert calendar.opens_on(date(2027, 8, 2)) == EIGHT_TO_FOUR
    assert calendar.opens_on(date(2027, 1, 1)) == ()
    assert calendar.last_known_date == date(2027, 12, 31)
    with pytest.raises(BeyondCalendarError):
        calendar.add(at("2027-12-31T15:00"), 2 * HOUR)


def test_bank_holidays_follow_the_country() -> None:
    boxing_day = date(2026, 12, 28)
    st_andrew = date(2026, 11, 30)
    assert boxing_day in BankHolidays("GB-ENG")
    assert st_andrew in BankHolidays("GB-SCT")
    assert st_andrew not in BankHolidays("GB-ENG")
    for code in ("GB-XYZ", "GB-", "ZZ", "country_holidays"):
        with pytest.raises(UnknownCountryError, match=code):
            BankHolidays(code)


def test_the_holidays_of_great_britain_name_their_region() -> None:
    with pytest.raises(UnknownCountryError, match="with the region"):
        BankHolidays("GB")
    assert date(2026, 4, 6) in BankHolidays("GB-ENG"), "Easter Monday"
    assert date(2026, 5, 9) in BankHolidays("JE"), "Liberation Day; Jersey is a country here"


def test_loading_one_country_leaves_the_package_whole() -> None:
    assert date(2026, 10, 3) in BankHolidays("DE-BY")
    assert importlib.import_module("holidays.countries").Germany is not None
    assert date(2026, 7, 14) in BankHolidays("FR")


@pytest.mark.clause("3.0-P6")
def test_what_comes_out_of_hours_begins_at_the_next_opening() -> None:
    calendar = school_year()
    assert calendar.next_opening(at("2026-11-28T11:00")) == at("2026-11-30T08:00")
    assert calendar.next_opening(at("2026-11-23T16:00")) == at("2026-11-24T08:00")
    assert calendar.add(at("2026-11-28T11:00"), HOUR) == at("2026-11-30T09:00")


def test_an_open_moment_is_its_own_next_opening() -> None:
    assert school_year().next_opening(at("2026-11-23T10:00")) == at("2026-11-23T10:00")


def test_what_is_due_exactly_at_closing_is_due_at_that_closing() -> None:
    assert school_year().add(at("2026-11-23T08:00"), 8 * HOUR) == at("2026-11-23T16:00")


def test_time_runs_through_several_blocks_of_a_day() -> None:
    week = (TWO_BLOCKS, *MONDAY_TO_FRIDAY[1:])
    calendar = school_year(week=week)
    assert calendar.add(at("2026-11-23T11:00"), 2 * HOUR) == at("2026-11-23T14:00")
    assert calendar.between(at("2026-11-23T11:30"), at("2026-11-23T13:30")) == HOUR
    assert calendar.next_closing(at("2026-11-23T09:00")) == at("2026-11-23T12:00")
    assert calendar.next_closing(at("2026-11-23T12:00")) == at("2026-11-23T16:00")


def test_the_normal_core_day_is_what_most_weekdays_have_and_of_equals_the_longer() -> None:
    short = (Block(8 * 60, 13 * 60),)
    long = EIGHT_TO_FOUR
    assert school_year(week=(long, long, long, short, short, (), ())).normal_core_day == 8 * HOUR
    assert school_year(week=(short, short, long, long, (), (), ())).normal_core_day == 8 * HOUR
    assert school_year(week=(short, short, short, long, (), (), ())).normal_core_day == 5 * HOUR
    assert school_year(core_day=7 * HOUR).normal_core_day == 7 * HOUR


@pytest.mark.clause("2.2-T1")
def test_n_working_days_are_n_normal_core_days_of_open_time() -> None:
    calendar = school_year(closures=(Closure(date(2026, 11, 24), MORNING),))
    assert calendar.add_working_days(at("2026-11-23T10:00"), 1) == at("2026-11-24T10:00")
    assert calendar.add_working_days(at("2026-11-23T15:00"), 1) == at("2026-11-25T11:00")
    assert calendar.add_working_days(at("2026-11-23T10:00"), 3) == at("2026-11-26T14:00")


def test_the_fifth_working_day_ends_at_its_closing() -> None:
    calendar = school_year(closures=(Closure(date(2026, 11, 30), MORNING),))
    assert calendar.end_of_working_day(at("2026-11-23T10:00"), 5) == at("2026-11-30T12:00")
    assert calendar.end_of_working_day(at("2026-11-22T10:00"), 1) == at("2026-11-23T16:00")


def test_an_answer_beyond_the_last_term_is_not_guessed() -> None:
    calendar = school_year()
    with pytest.raises(BeyondCalendarError) as caught:
        calendar.add(at("2027-07-21T12:00"), 5 * HOUR)
    assert caught.value.last_known == date(2027, 7, 21)
    assert calendar.add(at("2027-07-21T12:00"), 4 * HOUR) == at("2027-07-21T16:00")
    for ask in (calendar.next_opening, calendar.next_closing):
        with pytest.raises(BeyondCalendarError):
            ask(at("2027-07-21T16:00"))
    with pytest.raises(BeyondCalendarError):
        calendar.between(at("2027-07-21T12:00"), at("2027-07-22T12:00"))
    assert not calendar.is_open(at("2027-09-06T10:00"))


@pytest.mark.parametrize(
    ("day", "open_for"), [(date(2027, 3, 28), 4 * HOUR), (date(2026, 10, 25), 6 * HOUR)]
)
def test_a_block_over_a_clock_change_is_as_long_as_it_really_lasts(day, open_for) -> None:
    calendar = school_year(week=NIGHTS, terms=())
    midnight = at(f"{day}T00:00")
    assert calendar.between(midnight, midnight + timedelta(hours=12)) == open_for
    closing = calendar.add(midnight, open_for)
    assert (closing.hour, closing.minute) == (5, 0)


def test_edges_in_a_missing_hour_lie_at_the_clock_change() -> None:
    swallowed = tuple([(Block(60 + 15, 60 + 45), Block(2 * 60, 3 * 60))] * 7)
    calendar = school_year(week=swallowed, terms=())
    midnight = at("2027-03-28T00:00")
    assert calendar.next_opening(midnight) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert calendar.between(midnight, midnight + 12 * HOUR) == HOUR


def test_a_missing_time_moves_on_and_a_doubled_time_is_the_first() -> None:
    assert at("2027-03-28T01:30") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert at("2027-03-28T01:30").hour == 2
    first_half_past_one = at("2026-10-25T01:30").astimezone(UTC)
    assert first_half_past_one == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_all_hours_of_working_days_count_for_the_head_across_a_clock_change() -> None:
    every_day = tuple([EIGHT_TO_FOUR] * 7)
    calendar = school_year(week=every_day, terms=())
    due = calendar.add_on_working_days(at("2027-03-27T12:00"), timedelta(hours=24))
    assert due == at("2027-03-28T13:00")


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        school_year().add(datetime.fromisoformat("2026-11-23T10:00"), HOUR)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="taken away"):
        school_year().add(at("2026-11-23T10:00"), -HOUR)
    with pytest.raises(ValueError, match="before the start"):
        school_year().between(at("2026-11-23T10:00"), at("2026-11-23T09:00"))
    with pytest.raises(ValueError, match="overlap"):
        school_year(week=((Block(480, 720), Block(700, 960)), *MONDAY_TO_FRIDAY[1:]))
    with pytest.raises(ValueError, match="within one day"):
        Block(22 * 60, 26 * 60)
    with pytest.raises(ValueError, match="before its first"):
        Term(TERMS[0].last, TERMS[0].first)
