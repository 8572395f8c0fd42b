"""Releasing: a person has looked at a file that was held, and lets it be opened."""

from datetime import datetime

from django.db import transaction

from schoolgate.conversations.errors import CannotBeReleased, ReasonMissing
from schoolgate.conversations.models import Attachment
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember


@transaction.atomic
def release(
    *, actor: Actor, member: TeamMember, attachment: Attachment, reason: str, at: datetime
) -> None:
    """Let a held file be opened, with a reason (UTC, threat T9).

    Never one with a virus, and none that was not looked through. Raises CannotBeReleased,
    ReasonMissing.
    """
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if attachment.virus or attachment.looked_at is None or not attachment.held_because:
        raise CannotBeReleased
    if not reason.strip():
        raise ReasonMissing
    attachment.held_because, attachment.released_by = "", member
    attachment.save(update_fields=["held_because", "released_by"])
    record(
        actor=actor,
        verb="released a file",
        school_id=attachment.school_id,
        about=("file", attachment.public_id),
        at=at,
        reason=reason.strip()[:300],
    )
