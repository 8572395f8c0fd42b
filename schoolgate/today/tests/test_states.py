"""Every transition and every refused one of what is for today and of who collects."""

import itertools

import pytest

from schoolgate.today.errors import NotAnyMore
from schoolgate.today.kinds import Chosen
from schoolgate.today.states import (
    COLLECTING,
    TRANSITIONS,
    Collecting,
    Collects,
    Event,
    State,
    after,
    collecting_after,
)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(State, Event)))
def test_each_pair_of_state_and_event(state: State, event: Event) -> None:
    if (state, event) in TRANSITIONS:
        assert after(state, event, Chosen.WORDING) is TRANSITIONS[state, event]
    else:
        with pytest.raises(NotAnyMore):
            after(state, event, Chosen.WORDING)


def test_what_a_family_chose_nobody_says_is_not_for_today() -> None:
    with pytest.raises(NotAnyMore):
        after(State.WAITING, Event.NOT_TODAY, Chosen.FAMILY)
    assert after(State.WAITING, Event.NOT_TODAY, Chosen.PERSON) is State.NOT_TODAY


@pytest.mark.parametrize(("state", "event"), list(itertools.product(Collecting, Collects)))
def test_each_pair_of_a_collection(state: Collecting, event: Collects) -> None:
    if (state, event) in COLLECTING:
        assert collecting_after(state, event) is COLLECTING[state, event]
    else:
        with pytest.raises(NotAnyMore):
            collecting_after(state, event)
