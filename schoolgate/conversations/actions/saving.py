"""Saving words to answer with, one's own or the school's; and ending them."""

from datetime import datetime

from django.db import transaction

from schoolgate.conversations.errors import NothingWritten
from schoolgate.conversations.models import SavedReply
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember
from schoolgate.school.models import School


@transaction.atomic
def save_reply(
    *,
    actor: Actor,
    school: School,
    member: TeamMember | None,
    said: tuple[str, str],
    at: datetime,
) -> SavedReply:
    """Keep a name and words (UTC); for the whole school where no member is named.

    Raises NothingWritten.
    """
    name, words = (" ".join(said[0].split()), said[1].strip())
    if not name or not words:
        raise NothingWritten
    saved = SavedReply.objects.create(
        school=school, member=member, name=name[:80], words=words, saved_at=at
    )
    _tell_ledger(actor, "saved a reply", saved, at)
    return saved


@transaction.atomic
def end_reply(*, actor: Actor, saved: SavedReply, at: datetime) -> None:
    """Nobody is offered it any more (UTC); twice is once."""
    if saved.ended_at is None:
        saved.ended_at = at
        saved.save(update_fields=["ended_at"])
        _tell_ledger(actor, "ended a saved reply", saved, at)


def _tell_ledger(actor: Actor, verb: str, saved: SavedReply, at: datetime) -> None:
    record(
        actor=actor, verb=verb, school_id=saved.school_id, about=("saved reply", saved.pk), at=at
    )
