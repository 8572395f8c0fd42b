"""The day's list is due from the school's set time, on working days, whatever the clocks do."""

from datetime import date, datetime, time

import pytest

from schoolgate.delivery.daily import day_if_due
from schoolgate.working_time.bank_holidays import BankHolidays
from schoolgate.working_time.calendar import Block, Closure, Term, WorkingCalendar

DAY = (Block(8 * 60, 16 * 60),)
ENGLAND = WorkingCalendar(
    timezone="Europe/London",
    week=(DAY, DAY, DAY, DAY, DAY, (), ()),
    terms=(
        Term(date(2026, 9, 3), date(2026, 12, 18)),
        Term(date(2027, 1, 4), date(2027, 7, 21)),
    ),
    closures=(Closure(date(2026, 11, 25)),),
    inset=frozenset({date(2027, 1, 2)}),
    bank_holidays=BankHolidays("GB-ENG"),
)
EVERY_NIGHT = WorkingCalendar(timezone="Europe/London", week=(DAY,) * 7)


@pytest.mark.clause("3.0-P4")
@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-23T14:59:59+00:00", ""),
        ("2026-11-23T15:00:00+00:00", "2026-11-23"),
        ("2026-11-23T23:59:00+00:00", "2026-11-23"),
        ("2026-11-24T00:01:00+00:00", ""),
        ("2026-11-25T15:00:00+00:00", ""),  # a closure
        ("2026-11-28T15:00:00+00:00", ""),  # a Saturday
        ("2026-12-21T15:00:00+00:00", ""),  # the holidays
        ("2027-03-29T15:00:00+00:00", ""),  # Easter Monday
        ("2026-10-23T14:00:00+00:00", "2026-10-23"),  # 15:00 in summer time
        ("2026-10-26T14:00:00+00:00", ""),  # the Monday after the clocks went back
        ("2026-10-26T15:00:00+00:00", "2026-10-26"),
        ("2027-03-30T14:00:00+00:00", "2027-03-30"),  # after they went forward
    ],
)
def test_it_is_due_from_the_set_time_of_a_working_day(at: str, day: str) -> None:
    moment = datetime.fromisoformat(at)
    assert day_if_due(at=moment, set_time=time(15), calendar=ENGLAND) == day


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2027-03-28T00:59:00+00:00", ""),
        ("2027-03-28T01:30:00+00:00", "2027-03-28"),  # 01:30 is missing, and moves on to 02:30
        ("2026-10-25T00:29:00+00:00", ""),
        ("2026-10-25T00:30:00+00:00", "2026-10-25"),  # of the two half past ones it is the first
    ],
)
def test_a_time_that_is_missing_or_doubled_is_due_once(at: str, day: str) -> None:
    moment = datetime.fromisoformat(at)
    assert day_if_due(at=moment, set_time=time(1, 30), calendar=EVERY_NIGHT) == day
