"""News of this room: a carer's email, or a team member's school address, has changed."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, TeamMember
from schoolgate.school.hooks import Hook


@dataclass(frozen=True)
class EmailChanged:
    """Whose, what it was before (nothing: none), by whom, and when (UTC)."""

    carer: Carer
    old: str
    actor: Actor
    at: datetime


on_email_changed: Hook[[EmailChanged]] = Hook("people.route_news.on_email_changed")


@dataclass(frozen=True)
class SchoolAddressChanged:
    """Which team member's, what it was before (nothing: none), by whom, and when (UTC)."""

    member: TeamMember
    old: str
    actor: Actor
    at: datetime


on_school_address_changed: Hook[[SchoolAddressChanged]] = Hook(
    "people.route_news.on_school_address_changed"
)
