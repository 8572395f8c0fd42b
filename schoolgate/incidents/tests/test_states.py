"""Every transition of a telling and every refusal."""

import itertools

import pytest

from schoolgate.incidents.errors import NotFromHere
from schoolgate.incidents.states import TRANSITIONS, Event, State, after, standing

W, H, T, N, R = State.WRITTEN, State.HELD, State.TOLD, State.NOT_REACHED, State.RECORDED
TABLE = {
    (W, Event.SENT): T,
    (W, Event.NO_WAY): N,
    (W, Event.HELD_BACK): H,
    (W, Event.SPOKEN): R,
    (H, Event.LIFTED): W,
    (H, Event.SPOKEN): R,
    (T, Event.NO_WAY): N,
    (T, Event.ARRIVED): T,
    (N, Event.NO_WAY): N,
    (N, Event.ARRIVED): T,
    (N, Event.SENT): T,
    (N, Event.HELD_BACK): H,
    (N, Event.SPOKEN): R,
    (R, Event.NO_WAY): R,
    (R, Event.ARRIVED): R,
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(State, Event)))
def test_every_event_leads_where_the_table_says_or_is_refused(state: State, event: Event) -> None:
    if (state, event) in TABLE:
        assert after(state, event) is TABLE[state, event]
    else:
        with pytest.raises(NotFromHere):
            after(state, event)


def test_the_table_of_this_test_is_the_whole_table() -> None:
    assert TABLE == TRANSITIONS


@pytest.mark.parametrize(
    ("stored", "held", "state"),
    [(W, True, H), (N, True, H), (T, True, T), (R, True, R), (W, False, W), (N, False, N)],
)
def test_a_hold_counts_for_whoever_has_not_been_told(
    stored: State, held: bool, state: State
) -> None:
    assert standing(stored, held=held) is state
