"""The state machine, whole: what leads where, and what is refused."""

import pytest

from schoolgate.conversations.errors import NotFromHere
from schoolgate.conversations.states import SIDE, TRANSITIONS, Event, State, after

EVERY = [(state, event) for state in State for event in Event]
REFUSED = [pair for pair in EVERY if pair not in TRANSITIONS]


@pytest.mark.parametrize(("state", "event"), REFUSED)
def test_what_the_table_does_not_have_is_refused(state: State, event: Event) -> None:
    with pytest.raises(NotFromHere):
        after(state, event)


@pytest.mark.parametrize(
    ("state", "event", "to"),
    [
        (State.WITH_SCHOOL, Event.SCHOOL_REPLIED, State.WITH_PARENT),
        (State.WITH_PARENT, Event.FAMILY_WROTE, State.WITH_SCHOOL),
        (State.WITH_SCHOOL, Event.SCHOOL_HELD, State.PROMISED),
        (State.PROMISED, Event.FAMILY_WROTE, State.PROMISED),
        (State.CLOSED, Event.FAMILY_WROTE, State.WITH_SCHOOL),
        (State.CLOSED, Event.REOPENED, State.WITH_SCHOOL),
        (State.HANDING_OFF, Event.HANDED_OFF, State.WITH_PARENT),
        (State.WITH_PARENT, Event.NOT_ARRIVED, State.WITH_SCHOOL),
    ],
)
def test_an_event_leads_to_its_state(state: State, event: Event, to: State) -> None:
    assert after(state, event) == to


@pytest.mark.clause("1.0-S4")
@pytest.mark.parametrize("state", State)
def test_a_family_can_write_in_every_state(state: State) -> None:
    assert SIDE[after(state, Event.FAMILY_WROTE)] == "school"


@pytest.mark.parametrize("state", State)
def test_a_reply_that_did_not_arrive_brings_the_turn_back_to_school(state: State) -> None:
    assert SIDE[after(state, Event.NOT_ARRIVED)] == "school"


def test_every_state_has_a_side() -> None:
    assert set(SIDE) == set(State)
