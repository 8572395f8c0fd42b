"""The states of what was taken further and what moves them (5.3); pure, the only place for it.

The next level is RAISED again, with the leader of that level: one row tells the whole way. Nobody
can refuse: there is no event for it, only redirecting with a reason that the family reads.
"""

from enum import StrEnum

from schoolgate.escalation.errors import NotFromHere


class State(StrEnum):
    """Where it stands."""

    RAISED = "raised"
    RECEIVED = "received"
    ACTING = "acting"
    ANSWERED = "answered"
    SETTLED = "settled"
    COMPLAINT = "complaint"


class Event(StrEnum):
    """What can happen to it."""

    RECEIVED = "the leader has seen it"
    PLANNED = "the leader named what happens and by when there is news"
    ANSWERED = "the leader answered"
    NOT_ARRIVED = "the answer did not arrive"
    FAMILY_WROTE = "the family wrote"
    CLIMBED = "it went to the next level"
    REDIRECTED = "it was given to somebody else, with a reason"
    SETTLED = "it was settled after the leader's word"
    FAMILY_SETTLED = "the family said that it is settled"
    COMPLAINED = "it became a complaint"


OPEN = (State.RAISED, State.RECEIVED, State.ACTING, State.ANSWERED)
OVER = (State.SETTLED, State.COMPLAINT)

TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.RAISED, Event.RECEIVED): State.RECEIVED,
    **{(state, Event.PLANNED): State.ACTING for state in OPEN},
    **{(state, Event.ANSWERED): State.ANSWERED for state in OPEN},
    (State.ACTING, Event.NOT_ARRIVED): State.RECEIVED,
    (State.ANSWERED, Event.NOT_ARRIVED): State.RECEIVED,
    (State.RAISED, Event.FAMILY_WROTE): State.RAISED,
    (State.RECEIVED, Event.FAMILY_WROTE): State.RECEIVED,
    (State.ACTING, Event.FAMILY_WROTE): State.ACTING,
    (State.ANSWERED, Event.FAMILY_WROTE): State.ACTING,
    **{(state, Event.CLIMBED): State.RAISED for state in OPEN},
    **{(state, Event.REDIRECTED): State.RAISED for state in OPEN},
    (State.ACTING, Event.SETTLED): State.SETTLED,
    (State.ANSWERED, Event.SETTLED): State.SETTLED,
    **{(state, Event.FAMILY_SETTLED): State.SETTLED for state in OPEN},
    **{(state, Event.COMPLAINED): State.COMPLAINT for state in OPEN},
}


def after(state: str, event: Event) -> State:
    """The state that an event leads to. Raises NotFromHere."""
    try:
        return TRANSITIONS[State(state), event]
    except KeyError:
        raise NotFromHere from None
