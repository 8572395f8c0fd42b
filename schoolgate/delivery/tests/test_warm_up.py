"""A new host gets few emails at first, then more, and never a day's worth in one burst."""

from datetime import UTC, datetime, timedelta

import pytest

from config import env
from schoolgate.delivery.channels.email.warm_up import Plan, day_of

PLAN = Plan(steps=((1, 50), (3, 200), (8, 1200), (29, 0)), per_minute=60)
FIRST = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "most", "a_minute"),
    [(1, 50, 1), (2, 50, 1), (3, 200, 2), (8, 1200, 10), (28, 1200, 10), (29, None, 60)],
)
def test_each_day_has_its_limit(day: int, most: int | None, a_minute: int) -> None:
    assert (PLAN.a_day(day), PLAN.a_minute(day)) == (most, a_minute)


def test_what_is_left_is_the_smaller_of_day_and_minute() -> None:
    assert PLAN.left(day=8, sent_today=0, sent_this_minute=4) == 6
    assert PLAN.left(day=8, sent_today=1198, sent_this_minute=0) == 2
    assert PLAN.left(day=8, sent_today=1300, sent_this_minute=0) == 0
    assert PLAN.left(day=30, sent_today=90_000, sent_this_minute=59) == 1


def test_without_a_plan_nothing_is_held_back() -> None:
    assert Plan().left(day=1, sent_today=10**6, sent_this_minute=10**6) is None


def test_a_plan_that_begins_later_holds_nothing_back_before() -> None:
    assert Plan(((5, 10),)).a_day(4) is None


def test_days_are_counted_from_the_first_use() -> None:
    assert day_of(FIRST, FIRST) == 1
    assert day_of(FIRST, FIRST + timedelta(hours=23, minutes=59)) == 1
    assert day_of(FIRST, FIRST + timedelta(days=1)) == 2
    assert day_of(FIRST, FIRST - timedelta(days=3)) == 1  # a clock that was put back


def test_the_environment_has_it_as_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLGATE_WARM_UP", "1:50, 3:200")
    assert env.steps("SCHOOLGATE_WARM_UP") == ((1, 50), (3, 200))
    monkeypatch.setenv("SCHOOLGATE_WARM_UP", "")
    assert env.steps("SCHOOLGATE_WARM_UP") == ()
    monkeypatch.setenv("SCHOOLGATE_WARM_UP", "fifty")
    with pytest.raises(env.BadEnvironment, match="1:50, 3:200"):
        env.steps("SCHOOLGATE_WARM_UP")
