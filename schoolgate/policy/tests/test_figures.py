"""The headline figure, and that none stands for fewer than five families."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.conversations.actions.saying import say_it_did_not_answer, say_it_helped
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes
from schoolgate.policy.figures import FEWEST, Asked, Share, answering, families, settled_month
from schoolgate.policy.queries import asked_between
from schoolgate.rehearsal.cast import Cast

HOUR = timedelta(hours=1)


def asked(to_mind: int, no_answer: int = 0, late: int = 0) -> list[Asked]:
    """Questions of as many families."""
    kinds = [(True, True)] * to_mind + [(True, False)] * no_answer + [(False, True)] * late
    return [Asked(number, *kind) for number, kind in enumerate(kinds)]


def test_fewer_than_five_families_have_no_figure() -> None:
    assert answering(asked(4)) is None
    assert answering([*asked(4), *asked(4), *asked(4)]) is None
    found = answering(asked(5))
    assert found is not None and found.to_mind == Share(5, 5) == found.first_reply


def test_what_would_leave_fewer_than_five_is_not_printed() -> None:
    found = answering(asked(7, late=2))
    assert found is not None
    assert found.first_reply == found.to_mind == Share(9, None, most=True)


def test_nor_what_lies_between_two_figures() -> None:
    found = answering(asked(20, no_answer=2, late=6))
    assert found is not None
    assert found.first_reply == Share(28, 22) and found.to_mind == Share(28, None, most=True)


@pytest.mark.clause("2.2-T1")
def test_an_answer_in_time_that_was_none_counts_for_the_first_figure_alone() -> None:
    found = answering(asked(20, no_answer=5, late=5))
    assert found is not None
    assert (found.first_reply, found.to_mind) == (Share(30, 25), Share(30, 20))


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.booleans()), max_size=40))
def test_no_part_that_can_be_worked_out_stands_for_fewer_than_five_families(
    rows: list[tuple[int, bool, bool]],
) -> None:
    story = [Asked(*row) for row in rows]
    found = answering(story)
    if found is None:
        return
    parts = {
        "first": [one for one in story if one.in_time],
        "late": [one for one in story if not one.in_time],
        "mind": [one for one in story if one.in_time and one.to_mind],
        "not mind": [one for one in story if not (one.in_time and one.to_mind)],
        "between": [one for one in story if one.in_time and not one.to_mind],
    }
    known = set()
    known |= {"first", "late"} if found.first_reply.kept is not None else set()
    known |= {"mind", "not mind"} if found.to_mind.kept is not None else set()
    known |= {"between"} if {"first", "mind"} <= known else set()
    for name in known:
        assert len({one.family for one in parts[name]}) not in range(1, FEWEST), name


def test_two_parents_and_their_children_are_one_family() -> None:
    found = families([(1, 10), (2, 10), (2, 11), (3, 11), (4, 12)])
    assert found[1] == found[2] == found[3] != found[4]


def test_a_months_figure_stands_ten_days_after_its_end() -> None:
    zone = ZoneInfo("Europe/London")
    october = (datetime(2026, 9, 30, 23, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
    assert settled_month(datetime(2026, 11, 23, 10, tzinfo=UTC), zone) == october
    september = datetime(2026, 8, 31, 23, tzinfo=UTC), datetime(2026, 9, 30, 23, tzinfo=UTC)
    assert settled_month(datetime(2026, 11, 9, 10, tzinfo=UTC), zone) == september


def test_the_rows_say_what_was_asked_once_and_nothing_of_thanks(
    medway: Cast, now: datetime
) -> None:
    first = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", first, now + HOUR)
    ewa = actor_of(medway, "ewa")
    say_it_did_not_answer(actor=ewa, message=message, at=now + 2 * HOUR)
    answers(medway, "priya", fresh(first), now + 3 * HOUR)
    second = writes(medway, "ewa", "kuba", now + HOUR)
    thanked = answers(medway, "priya", second, now + 2 * HOUR)
    say_it_helped(actor=ewa, message=thanked, at=now + 3 * HOUR)
    found = asked_between(medway.school.pk, now, now + timedelta(days=1))
    assert sorted((one.in_time, one.to_mind) for one in found) == [(True, False), (True, True)]
    assert asked_between(medway.school.pk, now - timedelta(days=1), now) == []
