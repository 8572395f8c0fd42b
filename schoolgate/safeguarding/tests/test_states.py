"""Every state with every event: those that can happen, and those that are refused (5.4)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.safeguarding.errors import NotNow
from schoolgate.safeguarding.states import (
    AT_REST,
    UNREAD,
    Event,
    Outcome,
    State,
    after,
    close_as,
    folded,
    may,
)

# Written out by hand and apart from the code: state -> event -> state.
SEEN = {"read": None, "note": None, "alert": None}
DECIDED = {
    **SEEN,
    "triage": "triaged",
    "act": "acting",
    "done": None,
    "set review": "review",
    "close": "closed",
    "close as none": "sampling",
    "worry": "raised",
    "pass": "raised",
    "hand over": "handed over",
}
TABLE: dict[str, dict[str, str | None]] = {
    "raised": {"alert": "alerted", "read": "read", "worry": "raised"},
    "alerted": {"alert": None, "read": "read", "worry": "raised"},
    "read": {
        **SEEN,
        "triage": "triaged",
        "done": None,
        "worry": "raised",
        "pass": "raised",
        "hand over": "handed over",
    },
    "triaged": DECIDED,
    "acting": DECIDED,
    "review": DECIDED,
    "sampling": {
        **SEEN,
        "done": None,
        "agree": "closed",
        "disagree": "read",
        "worry": "raised",
        "pass": "raised",
    },
    "closed": {**SEEN, "reopen": "read", "worry": "raised", "pass": "raised"},
    "handed over": {**SEEN, "reopen": "read", "worry": "raised", "pass": "raised"},
}


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_each_event_happens_in_its_states_and_is_refused_in_all_others(
    state: State, event: Event
) -> None:
    if event.value in TABLE[state.value]:
        assert after(state, event) == (TABLE[state.value][event.value] or state)
        assert may(state, event)
    else:
        assert not may(state, event)
        with pytest.raises(NotNow, match="can't be done"):
            after(state, event)


@given(st.lists(st.sampled_from(Event)))
def test_no_order_of_events_ends_outside_the_states_or_at_rest_unread(events: list[Event]) -> None:
    state = folded(events)
    assert state in State
    if state in AT_REST:
        since = max((n for n, one in enumerate(events) if one is Event.WORRY), default=-1)
        assert Event.READ in events[since + 1 :]


@given(st.lists(st.sampled_from(Event)))
def test_a_worry_that_comes_again_always_calls_somebody_anew(events: list[Event]) -> None:
    assert folded([*events, Event.WORRY]) in UNREAD


@given(st.lists(st.sampled_from(Event)), st.sampled_from([Event.ALERT, Event.READ, Event.NOTE]))
def test_what_is_written_twice_changes_nothing_more(events: list[Event], event: Event) -> None:
    assert folded([*events, event]) == folded([*events, event, event])


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_was_no_concern_is_looked_at_by_a_second_person(outcome: Outcome) -> None:
    is_none = outcome is Outcome.NOT_SAFEGUARDING
    assert close_as(outcome) is (Event.CLOSE_AS_NONE if is_none else Event.CLOSE)
