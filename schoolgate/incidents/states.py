"""The states of telling one adult of one incident, and what moves them; pure.

`HELD` is never stored beside the others: the sealed hold says so, and to its readers alone.
"""

from enum import StrEnum

from schoolgate.incidents.errors import NotFromHere


class State(StrEnum):
    """Where it stands with one adult."""

    WRITTEN = "written"  # nobody has told them
    HELD = "held"  # the safeguarding lead has decided that they are not told for now
    TOLD = "told"  # it has gone by a way that works
    NOT_REACHED = "not reached"
    RECORDED = "recorded"  # a person told them by voice, and wrote that down


class Event(StrEnum):
    """What can happen to it."""

    HELD_BACK = "the safeguarding lead holds it back"
    LIFTED = "the safeguarding lead lets it go"
    SENT = "it has gone"
    NO_WAY = "there is no way to them, or it did not arrive"
    ARRIVED = "it has arrived after all"
    SPOKEN = "a person has told them"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.WRITTEN, Event.SENT): State.TOLD,
    (State.WRITTEN, Event.NO_WAY): State.NOT_REACHED,
    (State.WRITTEN, Event.HELD_BACK): State.HELD,
    (State.WRITTEN, Event.SPOKEN): State.RECORDED,
    (State.HELD, Event.LIFTED): State.WRITTEN,
    # What a person has said can't be unsaid: it can always be written down (decision 13).
    (State.HELD, Event.SPOKEN): State.RECORDED,
    (State.TOLD, Event.NO_WAY): State.NOT_REACHED,
    (State.TOLD, Event.ARRIVED): State.TOLD,
    (State.NOT_REACHED, Event.NO_WAY): State.NOT_REACHED,
    (State.NOT_REACHED, Event.ARRIVED): State.TOLD,
    (State.NOT_REACHED, Event.SENT): State.TOLD,
    (State.NOT_REACHED, Event.HELD_BACK): State.HELD,
    (State.NOT_REACHED, Event.SPOKEN): State.RECORDED,
    (State.RECORDED, Event.NO_WAY): State.RECORDED,
    (State.RECORDED, Event.ARRIVED): State.RECORDED,
}


def standing(stored: str, *, held: bool) -> State:
    """The state as it is: a hold counts for whoever has not been told."""
    state = State(stored)
    return State.HELD if held and state in {State.WRITTEN, State.NOT_REACHED} else state


def after(state: str, event: Event) -> State:
    """The state that an event leads to. Raises NotFromHere."""
    try:
        return TRANSITIONS[State(state), event]
    except KeyError:
        raise NotFromHere from None
