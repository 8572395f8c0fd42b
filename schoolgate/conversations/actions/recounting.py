"""Recounting: a changed calendar moves what is due, and what moved is written down."""

from schoolgate.conversations.actions.moving import save
from schoolgate.conversations.models import CallTask, Conversation
from schoolgate.ledger.actions import record
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise
from schoolgate.school.calendar_news import CalendarChanged


def recount(news: CalendarChanged) -> None:
    """Count every open promise of the school anew; the time first told stays beside it (5.1)."""
    moved = clock.recount(school=news.school)
    for promise, old in moved:
        of_tray = promise.kind == Promise.Kind.TRAY
        record(
            actor=news.actor,
            verb="promise moved",
            school_id=news.school.pk,
            about=("tray item" if of_tray else "conversation", promise.subject),
            at=news.at,
            was=old.isoformat() if old else None,
            now=promise.due_at.isoformat() if promise.due_at else None,
        )
        # A call back that was to come when the answer was due goes with it.
        if old and promise.due_at:
            CallTask.objects.filter(
                conversation__public_id=promise.subject, done_at=None, due_at=old
            ).update(due_at=promise.due_at)
    for conversation in Conversation.objects.filter(
        public_id__in=[promise.subject for promise, _ in moved]
    ).select_related("school"):
        save(conversation)
