"""The states of a conversation and what moves them; pure, and the only place that says so.

Side says whose turn it is. A conversation has exactly one owner in every state.
"""

from enum import StrEnum

from schoolgate.conversations.errors import NotFromHere


class State(StrEnum):
    """Where a conversation stands."""

    WITH_SCHOOL = "with school"
    PROMISED = "promised"
    HANDING_OFF = "handing off"
    WITH_PARENT = "with parent"
    CLOSED = "closed"


class Event(StrEnum):
    """What can happen to a conversation."""

    FAMILY_WROTE = "family wrote"
    DID_NOT_ANSWER = "family said that an answer was none"
    SCHOOL_REPLIED = "school replied"
    ANSWERED_BESIDE = "school replied, and a leader's answer is still due"
    TAKEN_FURTHER = "taken further to a leader"
    REPLY_OWED = "reply owed by iSAMS"
    SCHOOL_HELD = "school named a day"
    HANDED_OFF = "handed off"
    NOT_ARRIVED = "reply did not arrive"
    SETTLED = "settled for the family: nothing is owed"
    CLOSED = "closed"
    REOPENED = "reopened"
    TAKEN_APART = "what waited went to a conversation of its own"


SCHOOL, PARENT = "school", "parent"
SIDE: dict[State, str] = {
    State.WITH_SCHOOL: SCHOOL,
    State.PROMISED: SCHOOL,
    State.HANDING_OFF: SCHOOL,
    State.WITH_PARENT: PARENT,
    State.CLOSED: PARENT,
}

_OPEN = (State.WITH_SCHOOL, State.PROMISED, State.HANDING_OFF, State.WITH_PARENT)
TRANSITIONS: dict[tuple[State, Event], State] = {
    **{(state, Event.SCHOOL_REPLIED): State.WITH_PARENT for state in _OPEN},
    **{(state, Event.ANSWERED_BESIDE): State.WITH_SCHOOL for state in _OPEN},
    **{(state, Event.TAKEN_FURTHER): State.WITH_SCHOOL for state in State},
    **{(state, Event.REPLY_OWED): State.HANDING_OFF for state in _OPEN},
    **{(state, Event.SCHOOL_HELD): State.PROMISED for state in _OPEN},
    **{(state, Event.CLOSED): State.CLOSED for state in _OPEN},
    **{(state, Event.NOT_ARRIVED): State.WITH_SCHOOL for state in State},
    **{
        (state, event): State.PROMISED if state is State.PROMISED else State.WITH_SCHOOL
        for state in State
        for event in (Event.FAMILY_WROTE, Event.DID_NOT_ANSWER)
    },
    (State.HANDING_OFF, Event.HANDED_OFF): State.WITH_PARENT,
    (State.CLOSED, Event.REOPENED): State.WITH_SCHOOL,
    **{(state, Event.SETTLED): State.WITH_PARENT for state in _OPEN},
    **{(state, Event.TAKEN_APART): State.WITH_PARENT for state in _OPEN},
}


def after(state: str, event: Event) -> State:
    """The state that an event leads to. Raises NotFromHere."""
    try:
        return TRANSITIONS[State(state), event]
    except KeyError:
        raise NotFromHere from None
