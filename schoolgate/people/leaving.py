"""News of this room: somebody's access has ended."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember
from schoolgate.school.hooks import Hook


@dataclass(frozen=True)
class AccessEnded:
    """Who left, who takes the work (none: the office), who ordered it, and when (UTC)."""

    member: TeamMember
    successor: TeamMember | None
    actor: Actor
    at: datetime


on_access_ended: Hook[[AccessEnded]] = Hook("people.leaving.on_access_ended")
