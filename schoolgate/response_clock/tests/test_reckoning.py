"""By when an answer is due: the table of the domain paper, and what goes beyond it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from schoolgate.response_clock.climb import Step, climb
from schoolgate.response_clock.reckoning import (
    LITERAL,
    act_by,
    did_not_answer_until,
    due_times,
    latest_promised_date,
    literal,
    nudges,
)
from schoolgate.school.settings_parts import HeadCounting, Promises
from schoolgate.working_time.calendar import Block, Closure
from schoolgate.working_time.length import Length
from schoolgate.working_time.tests.weeks import (
    DAYS_APART,
    EIGHT_TO_FOUR,
    MONDAY_TO_FRIDAY,
    school_year,
)

POLICY = Promises(
    reply=Length.read("1 working day"),
    head=Length.read("24 hours"),
    update=Length.read("5 working days"),
    tray=Length.read("1 working hour"),
    holding_limit=Length.read("5 working days"),
    settled_after=Length.read("10 working days"),
    did_not_answer_for=Length.read("5 working days"),
    leader_after=Length.read("2 working hours"),
    day_before_list=time(12),
)
YEAR = school_year(closures=DAYS_APART)


def at(words: str) -> datetime:
    return YEAR.local_moment(datetime.fromisoformat(words))


# received, reply due, head due, act by, 24 hours by the clock
TABLE = """
2026-11-23T10:00 2026-11-24T10:00 2026-11-24T10:00 2026-11-24T10:00 2026-11-24T10:00
2026-11-23T15:59 2026-11-24T15:59 2026-11-24T15:59 2026-11-24T15:59 2026-11-24T15:59
2026-11-23T16:00 2026-11-24T16:00 2026-11-24T16:00 2026-11-24T16:00 2026-11-24T16:00
2026-11-24T07:30 2026-11-24T16:00 2026-11-25T07:30 2026-11-24T16:00 2026-11-25T07:30
2026-11-27T15:30 2026-11-30T15:30 2026-11-30T15:30 2026-11-30T15:30 2026-11-28T15:30
2026-11-28T11:00 2026-11-30T16:00 2026-12-01T00:00 2026-11-30T16:00 2026-11-29T11:00
2026-12-02T09:00 2026-12-04T09:00 2026-12-04T09:00 2026-12-04T09:00 2026-12-03T09:00
2026-12-18T14:00 2027-01-04T14:00 2027-01-04T14:00 2027-01-04T14:00 2026-12-19T14:00
2027-03-25T12:00 2027-04-12T12:00 2027-04-12T12:00 2027-04-12T12:00 2027-03-26T12:00
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.clause("2.2-T1", "2.2-H3", "3.0-P6")
@pytest.mark.parametrize(("received", "reply", "head", "act", "literal"), ROWS)
def test_the_table_of_clocks_holds(received, reply, head, act, literal) -> None:
    found = due_times(YEAR, POLICY, at(received))
    assert found.received == at(received)
    assert found.reply_due == at(reply)
    assert found.head_due == at(head)
    assert found.head_act_by == at(act)
    assert found.literal_24h == at(literal)
    assert not found.beyond_calendar


@pytest.mark.clause("2.2-H3")
def test_the_head_counts_by_the_clock_where_the_school_says_so() -> None:
    literal = replace(POLICY, head_counting=HeadCounting.LITERAL)
    found = due_times(YEAR, literal, at("2026-11-27T15:30"))
    assert found.head_due == at("2026-11-28T15:30")
    assert found.head_act_by == at("2026-11-27T16:00")


@pytest.mark.clause("2.2-H3")
def test_the_time_to_act_by_never_precedes_the_receipt() -> None:
    late = school_year(week=(*MONDAY_TO_FRIDAY[:4], (Block(18 * 60, 20 * 60),), (), ()))
    received = at("2026-11-26T17:00")
    assert act_by(late, received, at("2026-11-27T17:00")) == at("2026-11-27T17:00")


@pytest.mark.clause("2.2-H3")
@pytest.mark.parametrize("came", ["2026-12-18T16:00", "2026-12-18T16:30", "2026-12-18T23:59"])
def test_on_the_eve_of_a_closed_day_nothing_is_born_late(came: str) -> None:
    received = at(came)
    due = literal(YEAR, received, LITERAL)
    assert received < act_by(YEAR, received, due) <= due
    found = climb(
        "head",
        calendar=YEAR,
        start=received,
        due=due,
        act_by=act_by(YEAR, received, due),
        leader_after=Length.read("2 working hours"),
    )
    assert found.reached(Step.NONE, received) == Step.NONE


def test_the_time_to_act_by_is_the_closing_of_a_half_day() -> None:
    found = due_times(YEAR, POLICY, at("2026-12-16T14:00"))
    assert found.head_due == at("2026-12-17T14:00")
    assert found.head_act_by == at("2026-12-17T12:00")


def test_beyond_the_calendar_nothing_is_guessed() -> None:
    found = due_times(YEAR, POLICY, at("2027-07-21T12:00"))
    assert (found.reply_due, found.head_due, found.head_act_by) == (None, None, None)
    assert found.beyond_calendar
    assert found.literal_24h == at("2027-07-22T12:00")


def test_twenty_four_hours_by_the_clock_are_real_hours() -> None:
    found = due_times(YEAR, POLICY, at("2027-03-27T12:00"))
    assert found.literal_24h == at("2027-03-28T13:00")


def test_other_promises_are_other_words() -> None:
    slower = replace(
        POLICY, reply=Length.read("5 working days"), acknowledge=Length.read("48 hours")
    )
    found = due_times(YEAR, slower, at("2026-11-27T10:00"))
    assert found.acknowledge_due == at("2026-12-01T10:00")
    assert found.reply_due == at("2026-12-07T10:00")


def test_an_acknowledgement_that_is_not_promised_is_not_owed() -> None:
    found = due_times(YEAR, POLICY, at("2026-11-27T10:00"))
    assert found.acknowledge_due is None
    assert not found.beyond_calendar


@pytest.mark.clause("2.2-T1")
def test_nudges_come_at_half_and_three_quarters_of_the_open_time() -> None:
    half, three_quarters = nudges(YEAR, at("2026-11-27T15:00"), at("2026-11-30T15:00"))
    assert half == at("2026-11-30T11:00")
    assert three_quarters == at("2026-11-30T13:00")


def test_a_holding_reply_may_name_a_day_up_to_the_fifth_working_day() -> None:
    limit = latest_promised_date(YEAR, at("2026-11-27T15:00"), POLICY.holding_limit)
    assert limit == at("2026-12-07T16:00")  # the third of December is closed


def test_this_did_not_answer_me_is_open_to_the_end_of_the_fifth_working_day() -> None:
    window = POLICY.did_not_answer_for
    assert did_not_answer_until(YEAR, at("2026-11-23T10:00"), window) == at("2026-11-30T16:00")
    assert did_not_answer_until(YEAR, at("2026-11-22T10:00"), window) == at("2026-11-27T16:00")


def test_a_new_closure_moves_the_due_time_back() -> None:
    received = at("2026-11-23T10:00")
    closed = school_year(closures=(Closure(at("2026-11-24T00:00").date()),))
    assert due_times(closed, POLICY, received).reply_due == at("2026-11-25T10:00")
    assert YEAR.opens_on(at("2026-11-24T00:00").date()) == EIGHT_TO_FOUR


def test_answers_are_in_the_schools_zone() -> None:
    received = datetime(2027, 5, 10, 9, tzinfo=UTC)
    found = due_times(YEAR, POLICY, received)
    assert found.received.isoformat() == "2027-05-10T10:00:00+01:00"
    assert found.reply_due is not None
    assert found.reply_due.utcoffset() == timedelta(hours=1)
