"""Typing out: what a voicemail says is written down by a machine or by a person, marked as such."""

from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.suggesting import suggest
from schoolgate.conversations.errors import NothingWritten, WordsFromLeader
from schoolgate.conversations.models import Message
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.models import TeamMember

Spoken = Message.Spoken


@transaction.atomic
def machine_wrote(*, message: Message, words: str, at: datetime) -> None:
    """Put a machine's words to a voicemail that nobody has typed, nor a leader taken (UTC)."""
    waiting = Message.objects.filter(pk=message.pk, spoken=Spoken.UNTYPED, kept_at=None)
    changed = waiting.update(body=words, spoken=Spoken.MACHINE)
    if changed:
        suggest(message, words)
        _record(SYSTEM, message, at)


@transaction.atomic
def type_out(
    *, actor: Actor, member: TeamMember, message: Message, words: str, at: datetime
) -> None:
    """Put a person's words to a voicemail, in the place of none or of a machine's (UTC).

    What a machine wrote stays folded below. Raises NothingWritten, WordsFromLeader.
    """
    words = words.replace("\0", "").strip()
    if not words:
        raise NothingWritten
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.kept_at:
        raise WordsFromLeader
    if message.spoken == Spoken.MACHINE:
        message.folded = message.body
    message.body, message.spoken, message.typed_by = words, Spoken.PERSON, member
    message.save(update_fields=["body", "folded", "spoken", "typed_by"])
    suggest(message, words)
    _record(actor, message, at)


def _record(actor: Actor, message: Message, at: datetime) -> None:
    record(
        actor=actor,
        verb="wrote down a voicemail",
        school_id=message.school_id,
        about=("message", message.public_id),
        at=at,
    )
