"""What a finding says: its kind, and its reason as the person who handles the message reads it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a message may be about; all but danger are matters for today."""

    DANGER = "danger"
    ABSENCE = "absence"
    COLLECTION = "collection"
    TRANSPORT = "transport"
    HEALTH = "health"


@dataclass(frozen=True)
class Reason:
    """A kind, and why, in one plain sentence."""

    kind: Kind
    says: str


def gettext_noop(words: str) -> str:
    """Mark words for the translators; who shows them translates them."""
    return words


REASONS = {
    "suicide": Reason(Kind.DANGER, gettext_noop("It speaks of somebody who may not want to live.")),
    "self_harm": Reason(Kind.DANGER, gettext_noop("It speaks of somebody hurting themselves.")),
    "hurt": Reason(Kind.DANGER, gettext_noop("It speaks of a child being hurt.")),
    "sexual": Reason(
        Kind.DANGER, gettext_noop("It speaks of touching, pictures or meetings that are not safe.")
    ),
    "home": Reason(
        Kind.DANGER, gettext_noop("It speaks of somebody being hurt or afraid at home.")
    ),
    "neglect": Reason(Kind.DANGER, gettext_noop("It speaks of a child without food or care.")),
    "missing": Reason(Kind.DANGER, gettext_noop("It speaks of a child who is missing.")),
    "weapon": Reason(Kind.DANGER, gettext_noop("It speaks of a weapon.")),
    "exploited": Reason(Kind.DANGER, gettext_noop("It speaks of somebody using a child.")),
    "medical": Reason(Kind.DANGER, gettext_noop("It speaks of a body in danger now.")),
    "absence": Reason(Kind.ABSENCE, gettext_noop("It speaks of a child who is not in school.")),
    "collection": Reason(Kind.COLLECTION, gettext_noop("It speaks of who collects a child.")),
    "transport": Reason(
        Kind.TRANSPORT, gettext_noop("It speaks of the journey to or from school.")
    ),
    "health": Reason(Kind.HEALTH, gettext_noop("It speaks of medicine or health.")),
}
