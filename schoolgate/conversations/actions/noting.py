"""A note for the team alone."""

from datetime import datetime

from django.db import transaction

from schoolgate.conversations.errors import NothingWritten
from schoolgate.conversations.models import Conversation, Note
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember


@transaction.atomic
def note(
    *, actor: Actor, member: TeamMember, conversation: Conversation, body: str, at: datetime
) -> Note:
    """Write a note that no family page reads (Clause 2.2-T7, T11). Raises NothingWritten."""
    if not body.strip():
        raise NothingWritten
    record(
        actor=actor,
        verb="noted",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
    return Note.objects.create(
        school=conversation.school, conversation=conversation, member=member, body=body, at=at
    )
