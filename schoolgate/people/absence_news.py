"""News of this room: somebody is away from now on, or is back."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Absence
from schoolgate.school.hooks import Hook


@dataclass(frozen=True)
class Away:
    """An absence that has begun, by whose word, and when (UTC)."""

    absence: Absence
    actor: Actor
    at: datetime


on_absence_begun: Hook[[Away]] = Hook("people.absence_news.on_absence_begun")
