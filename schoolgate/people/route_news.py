"""News of this room: a carer's email has changed."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer
from schoolgate.school.hooks import Hook


@dataclass(frozen=True)
class EmailChanged:
    """Whose, what it was before (nothing: none), by whom, and when (UTC)."""

    carer: Carer
    old: str
    actor: Actor
    at: datetime


on_email_changed: Hook[[EmailChanged]] = Hook("people.route_news.on_email_changed")
