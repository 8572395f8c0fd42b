"""What every verb does to an announcement: hold the row, move its state, tell the ledger."""

from datetime import datetime

from schoolgate.announcements.models import Announcement
from schoolgate.announcements.states import Event, after
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor


def locked(announcement: Announcement) -> Announcement:
    """The row, held until the transaction ends, so that two verbs come one after the other."""
    return (
        Announcement.objects.select_for_update(of=("self",))
        .select_related("school", "author", "sender", "content", "corrects")
        .get(pk=announcement.pk)
    )


def move(announcement: Announcement, event: Event) -> None:
    """Follow the state machine. Raises NotFromHere; saves nothing yet."""
    announcement.state = after(announcement.state, event)


def tell_ledger(
    actor: Actor, verb: str, announcement: Announcement, at: datetime, **facts: object
) -> None:
    """Write down what was done to an announcement (UTC)."""
    record(
        actor=actor,
        verb=verb,
        school_id=announcement.school_id,
        about=("announcement", announcement.public_id),
        at=at,
        **facts,
    )
