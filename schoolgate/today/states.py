"""The states of what is for today and of a change of who collects; pure, the one place for it."""

from enum import StrEnum

from schoolgate.today.errors import NotAnyMore
from schoolgate.today.kinds import Chosen


class State(StrEnum):
    """Where something for today stands."""

    WAITING = "waiting"
    SEEN = "seen"
    NOT_TODAY = "not for today"
    TAKEN_BACK = "taken back"


class Event(StrEnum):
    """What can happen to it."""

    SEEN = "a person has seen it"
    NOT_TODAY = "a person says that it is not for today"
    TAKEN_BACK = "the family takes it back"
    CHOSEN = "a person says that it is for today"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.WAITING, Event.SEEN): State.SEEN,
    (State.WAITING, Event.NOT_TODAY): State.NOT_TODAY,
    (State.SEEN, Event.NOT_TODAY): State.NOT_TODAY,
    (State.WAITING, Event.CHOSEN): State.WAITING,
    (State.SEEN, Event.CHOSEN): State.SEEN,
    (State.NOT_TODAY, Event.CHOSEN): State.WAITING,
    (State.WAITING, Event.TAKEN_BACK): State.TAKEN_BACK,
    (State.SEEN, Event.TAKEN_BACK): State.TAKEN_BACK,
}


def after(state: str, event: Event, chosen: str) -> State:
    """The state that an event leads to. What a family chose, nobody says is not for today.

    Raises NotAnyMore.
    """
    if event is Event.NOT_TODAY and chosen == Chosen.FAMILY:
        raise NotAnyMore
    try:
        return TRANSITIONS[State(state), event]
    except KeyError:
        raise NotAnyMore from None


class Collecting(StrEnum):
    """Where a change of who collects stands; only a confirmed one is acted on."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken back"


class Collects(StrEnum):
    """What can happen to a change of who collects."""

    CONFIRMED = "confirmed on a route that was known before"
    REFUSED = "something speaks against it"
    TAKEN_BACK = "the family takes it back"
    DECIDED = "the head or safeguarding lead decides that it may be"


COLLECTING: dict[tuple[Collecting, Collects], Collecting] = {
    (Collecting.WAITING, Collects.CONFIRMED): Collecting.CONFIRMED,
    (Collecting.WAITING, Collects.REFUSED): Collecting.REFUSED,
    (Collecting.WAITING, Collects.TAKEN_BACK): Collecting.TAKEN_BACK,
    # An order that begins in between: what was confirmed is refused again.
    (Collecting.CONFIRMED, Collects.REFUSED): Collecting.REFUSED,
    (Collecting.CONFIRMED, Collects.TAKEN_BACK): Collecting.TAKEN_BACK,
    (Collecting.REFUSED, Collects.TAKEN_BACK): Collecting.TAKEN_BACK,
    (Collecting.REFUSED, Collects.DECIDED): Collecting.CONFIRMED,
}


def collecting_after(state: str, event: Collects) -> Collecting:
    """The state that an event leads to. Raises NotAnyMore."""
    try:
        return COLLECTING[Collecting(state), event]
    except KeyError:
        raise NotAnyMore from None
