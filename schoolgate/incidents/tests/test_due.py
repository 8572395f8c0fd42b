"""By when it must be told: home time and two hours, on every kind of day."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.incidents.actions.writing import due_of
from schoolgate.incidents.due import AT_ONCE, due_at, is_same_day
from schoolgate.rehearsal.cast import Cast

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def on(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("happened", "written", "due"),
    [
        (on(23, 9), on(23, 10), on(23, 17, 30)),
        (on(23, 15, 29), on(23, 17, 29), on(23, 17, 30)),
        # After that moment: at once.
        (on(23, 9), on(23, 17, 30), on(23, 17, 30) + AT_ONCE),
        (on(23, 20), on(23, 20, 5), on(23, 20, 5) + AT_ONCE),
        # Written the day after: it is late already.
        (on(23, 9), on(24, 9), on(24, 9) + AT_ONCE),
        # A Saturday: the same by the clock.
        (on(28, 9), on(28, 10), on(28, 17, 30)),
        # Summer time: home time is by the clock on the wall.
        (on(16, 9, month=6), on(16, 10, month=6), on(16, 16, 30, month=6)),
        # A quarter to midnight in summer is the next day in no zone but ours.
        (on(16, 22, 45, month=6), on(16, 22, 50, month=6), on(16, 22, 50, month=6) + AT_ONCE),
    ],
)
def test_the_time_is_two_hours_after_home_time_or_at_once(
    medway: Cast, happened: datetime, written: datetime, due: datetime
) -> None:
    assert due_of(medway.children["kuba"], happened, written) == due


def test_a_holiday_goes_by_the_clock_as_well(medway: Cast) -> None:
    christmas = on(25, 11, month=12)
    assert due_of(medway.children["kuba"], christmas, christmas) == on(25, 17, 30, month=12)


def test_each_school_has_its_own_home_time(trent: Cast) -> None:
    child = next(iter(trent.children.values()))
    assert due_of(child, on(23, 9), on(23, 10)) == on(23, 17, 15)


def test_what_is_due_is_in_the_zone_that_it_was_written_in() -> None:
    assert due_at(home=on(23, 15, 30), written_at=on(23, 9)).tzinfo == UTC


def test_the_same_day_is_a_day_of_the_school() -> None:
    late = datetime(2026, 6, 16, 22, 30, tzinfo=UTC)
    assert is_same_day(late - timedelta(hours=1), late, "UTC")
    assert not is_same_day(late - timedelta(hours=1), late + timedelta(hours=1), "Europe/London")
