"""Where a concern stands, as data (DOMAIN 5.4): no rows and no clock here.

A state is never stored: it is folded out of what was written down, in its order. Whatever comes
anew ("I am still worried", passed to the case manager) puts a concern back to RAISED, so that
somebody is told, reads and decides afresh.
"""

from collections.abc import Iterable
from enum import StrEnum

from schoolgate.safeguarding.errors import NotNow


class State(StrEnum):
    """Where a concern stands."""

    RAISED = "raised"  # kept; nobody's alert has left yet
    ALERTED = "alerted"
    READ = "read"  # somebody has read it and nobody has decided yet
    TRIAGED = "triaged"
    ACTING = "acting"
    REVIEW = "review"
    SAMPLING = "sampling"  # closed as no safeguarding concern: a second person looks
    CLOSED = "closed"
    HANDED_OVER = "handed over"  # goes on in the school's own child-protection system


class Event(StrEnum):
    """What can happen to a concern."""

    ALERT = "alert"
    READ = "read"
    TRIAGE = "triage"
    NOTE = "note"
    ACT = "act"
    DONE = "done"
    SET_REVIEW = "set review"
    CLOSE = "close"
    CLOSE_AS_NONE = "close as none"
    AGREE = "agree"
    DISAGREE = "disagree"
    REOPEN = "reopen"
    WORRY = "worry"
    PASS = "pass"  # noqa: S105 - to the case manager
    HAND_OVER = "hand over"


class Outcome(StrEnum):
    """What somebody who read it decided that it is."""

    DANGER = "danger_999"
    SOCIAL_CARE = "social_care"
    LADO = "lado"
    LOW_LEVEL = "low_level"  # about an adult here, below the threshold of harm
    EARLY_HELP = "early_help"
    MONITOR = "monitor"
    NOT_SAFEGUARDING = "not_safeguarding"


S, E = State, Event
_OPEN = (S.READ, S.TRIAGED, S.ACTING, S.REVIEW)
_DECIDED = (S.TRIAGED, S.ACTING, S.REVIEW)
_SEEN = (*_OPEN, S.SAMPLING, S.CLOSED, S.HANDED_OVER)

TRANSITIONS: dict[tuple[State, Event], State] = {
    (S.RAISED, E.ALERT): S.ALERTED,
    (S.RAISED, E.READ): S.READ,
    (S.ALERTED, E.READ): S.READ,
    (S.CLOSED, E.REOPEN): S.READ,
    (S.HANDED_OVER, E.REOPEN): S.READ,
    (S.SAMPLING, E.AGREE): S.CLOSED,
    (S.SAMPLING, E.DISAGREE): S.READ,
    # A later alert or reading changes nothing; neither does a note, a doing, or a worry that
    # comes before anybody has read the first.
    **{(state, E.ALERT): state for state in S if state is not S.RAISED},
    **{(state, event): state for state in _SEEN for event in (E.READ, E.NOTE)},
    **{(state, E.DONE): state for state in (*_OPEN, S.SAMPLING)},
    **{(state, E.WORRY): S.RAISED for state in S},
    **{(state, E.PASS): S.RAISED for state in _SEEN},
    **{(state, E.TRIAGE): S.TRIAGED for state in _OPEN},
    **{(state, E.ACT): S.ACTING for state in _DECIDED},
    **{(state, E.SET_REVIEW): S.REVIEW for state in _DECIDED},
    **{(state, E.CLOSE): S.CLOSED for state in _DECIDED},
    **{(state, E.CLOSE_AS_NONE): S.SAMPLING for state in _DECIDED},
    **{(state, E.HAND_OVER): S.HANDED_OVER for state in _OPEN},
}

# In these nobody need look: a second person has agreed, or the school's own system has it.
AT_REST = frozenset({S.CLOSED, S.HANDED_OVER})
UNREAD = frozenset({S.RAISED, S.ALERTED})


def after(state: State, event: Event) -> State:
    """The state after an event. Raises NotNow where it can't happen there."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise NotNow from None


def may(state: State, event: Event) -> bool:
    """Whether an event can happen in a state."""
    return (state, event) in TRANSITIONS


def folded(events: Iterable[Event]) -> State:
    """Where a concern stands after all that was written down, in its order.

    What can't have happened (two people pressed at once) changes nothing.
    """
    state = State.RAISED
    for event in events:
        state = TRANSITIONS.get((state, event), state)
    return state


def close_as(outcome: str) -> Event:
    """Closing what is no safeguarding concern is looked at by a second person (5.4)."""
    return Event.CLOSE_AS_NONE if outcome == Outcome.NOT_SAFEGUARDING else Event.CLOSE
