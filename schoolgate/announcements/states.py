"""The states of an announcement and what moves them; pure, and the only place that says so."""

from enum import StrEnum

from schoolgate.announcements.errors import NotFromHere


class State(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    ASKED = "asked"  # the central sender is asked to send it
    APPROVED = "approved"
    DECLINED = "declined"
    SCHEDULED = "scheduled"
    SENDING = "sending"  # in its two minutes of undo
    PUBLISHED = "published"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken back"


class Event(StrEnum):
    """What can happen to an announcement."""

    SAVED = "saved"
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    SCHEDULED = "scheduled"
    SENT = "sent"
    UNDONE = "undone"
    UNDONE_APPROVED = "undone, still approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken back"


S, E = State, Event
READY = (S.DRAFT, S.APPROVED)
UNDER_WAY = (S.SCHEDULED, S.SENDING)
OUT = (S.PUBLISHED, S.CORRECTED, S.TAKEN_BACK)
TRANSITIONS: dict[tuple[State, Event], State] = {
    # New words need a new approval.
    **{(state, E.SAVED): S.DRAFT for state in (*READY, S.ASKED, S.DECLINED)},
    **{(state, E.ASKED): S.ASKED for state in (S.DRAFT, S.DECLINED)},
    (S.ASKED, E.APPROVED): S.APPROVED,
    (S.ASKED, E.DECLINED): S.DECLINED,
    **{(state, E.SCHEDULED): S.SCHEDULED for state in READY},
    **{(state, E.SENT): S.SENDING for state in READY},
    **{(state, E.UNDONE): S.DRAFT for state in UNDER_WAY},
    **{(state, E.UNDONE_APPROVED): S.APPROVED for state in UNDER_WAY},
    **{(state, E.PUBLISHED): S.PUBLISHED for state in (*READY, *UNDER_WAY)},
    (S.PUBLISHED, E.CORRECTED): S.CORRECTED,
    (S.PUBLISHED, E.TAKEN_BACK): S.TAKEN_BACK,
}


def after(state: str, event: Event) -> State:
    """The state that an event leads to. Raises NotFromHere."""
    try:
        return TRANSITIONS[State(state), event]
    except KeyError:
        raise NotFromHere from None
