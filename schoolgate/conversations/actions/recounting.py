"""Recounting: a changed calendar moves what is due, and what moved is written down."""

from schoolgate.conversations.actions.moving import save
from schoolgate.conversations.models import Conversation
from schoolgate.ledger.actions import record
from schoolgate.response_clock import actions as clock
from schoolgate.school.calendar_news import CalendarChanged


def recount(news: CalendarChanged) -> None:
    """Count every open promise of the school anew; the time first told stays beside it (5.1)."""
    moved = clock.recount(school=news.school)
    for promise, old in moved:
        record(
            actor=news.actor,
            verb="promise moved",
            school_id=news.school.pk,
            about=("conversation", promise.subject),
            at=news.at,
            was=old.isoformat() if old else None,
            now=promise.due_at.isoformat() if promise.due_at else None,
        )
    for conversation in Conversation.objects.filter(
        public_id__in=[promise.subject for promise, _ in moved]
    ).select_related("school"):
        save(conversation)
