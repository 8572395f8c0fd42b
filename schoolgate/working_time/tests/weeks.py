"""Calendars that the tests of working time and of the response clock reckon on."""

from datetime import date

from schoolgate.working_time.bank_holidays import BankHolidays
from schoolgate.working_time.calendar import Block, Closure, Term, Week, WorkingCalendar

EIGHT_TO_FOUR = (Block(8 * 60, 16 * 60),)
MORNING = (Block(8 * 60, 12 * 60),)
MONDAY_TO_FRIDAY: Week = (
    EIGHT_TO_FOUR,
    EIGHT_TO_FOUR,
    EIGHT_TO_FOUR,
    EIGHT_TO_FOUR,
    EIGHT_TO_FOUR,
    (),
    (),
)
# The invented terms of the table in the domain paper, section 5.1.
TERMS = (
    Term(date(2026, 9, 3), date(2026, 12, 18)),
    Term(date(2027, 1, 4), date(2027, 3, 25)),
    Term(date(2027, 4, 12), date(2027, 7, 21)),
)
DAYS_APART = (
    Closure(date(2026, 12, 3)),
    Closure(date(2026, 12, 17), MORNING),
)


def school_year(**changes: object) -> WorkingCalendar:
    """A school open from 8 to 4 in the terms of 2026/27, with some rules changed."""
    rules: dict[str, object] = {
        "timezone": "Europe/London",
        "week": MONDAY_TO_FRIDAY,
        "terms": TERMS,
        "bank_holidays": BankHolidays("GB-ENG"),
    }
    return WorkingCalendar(**(rules | changes))  # type: ignore[arg-type]
