"""News of this room: the calendar has changed, so what was counted by it is counted anew."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.ledger.actors import Actor
from schoolgate.school.hooks import Hook
from schoolgate.school.models import School


@dataclass(frozen=True)
class CalendarChanged:
    """Whose calendar, by whom, and when (UTC)."""

    school: School
    actor: Actor
    at: datetime


on_change: Hook[[CalendarChanged]] = Hook("school.calendar_news.on_change")
