"""The kinds of what is for today, how it came to be for today, and whose desk meets it; pure."""

from enum import StrEnum

from schoolgate.worries.reasons import Kind as Worry


class Kind(StrEnum):
    """What cannot wait for a promise of a working day (decision 1)."""

    ABSENCE = "absence"
    COLLECTION = "collection"
    TRANSPORT = "transport"
    HEALTH = "health"
    OTHER = "other"
    URGENT = "urgent"  # "I can't ring" (decision 2)


class Chosen(StrEnum):
    """Who says that it is for today; what wording alone says, a person may take back."""

    FAMILY = "family"
    WORDING = "wording"
    PERSON = "person"


OF_WORRY: dict[str, Kind] = {
    Worry.ABSENCE: Kind.ABSENCE,
    Worry.COLLECTION: Kind.COLLECTION,
    Worry.TRANSPORT: Kind.TRANSPORT,
    Worry.HEALTH: Kind.HEALTH,
}

# The roles whose desk meets it, beside the office and the child's tutor.
DESKS: dict[Kind, tuple[str, ...]] = {
    Kind.ABSENCE: (),
    Kind.COLLECTION: ("transport",),
    Kind.TRANSPORT: ("transport",),
    Kind.HEALTH: ("clinical",),
    Kind.OTHER: (),
    Kind.URGENT: (),
}
