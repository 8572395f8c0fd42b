"""Laying aside: a machine's mail is kept beside its thread; it starts and stops nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from schoolgate.conversations.models import Aside, Conversation
from schoolgate.school.models import StoredFile


@dataclass(frozen=True, slots=True)
class MachineNote:
    """What a carer's mailbox answered by itself; `back_on` is the day that it names; UTC."""

    body: str
    back_on: date | None
    original: StoredFile
    at: datetime


def lay_aside(*, conversation: Conversation, note: MachineNote) -> Aside:
    """Keep a machine's mail folded in a thread, in the caller's transaction (DOMAIN 5.1)."""
    return Aside.objects.create(
        school=conversation.school,
        conversation=conversation,
        carer=conversation.carer,
        body=note.body.replace("\0", ""),
        back_on=note.back_on,
        original=note.original,
        at=note.at,
    )
