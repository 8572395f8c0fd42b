"""Adding: the office brings a voicemail that it has as a sound file, or has listened to."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.models import Conversation, Message
from schoolgate.inbound.errors import NothingToAdd, RangInTheFuture
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, Pupil, TeamMember


@dataclass(frozen=True, slots=True)
class Left:
    """A voicemail as the office has it: when they rang (UTC), what was typed, the recording."""

    rang_at: datetime
    typed: str = ""
    recording: Upload | None = None


@transaction.atomic
def add_voicemail(
    *,
    actor: Actor,
    member: TeamMember,
    carer: Carer,
    pupil: Pupil | None,
    left: Left,
    at: datetime,
) -> Conversation:
    """Open a conversation by a voicemail; its promise runs from the call (Clause 2.2-T1).

    Raises NothingToAdd, RangInTheFuture, and the errors of `conversations`.
    """
    typed = left.typed.strip()
    if not typed and left.recording is None:
        raise NothingToAdd
    if left.rang_at > at:
        raise RangInTheFuture
    words = Words(
        body=typed or _("(A voicemail. Nobody has written down yet what it says.)"),
        at=left.rang_at,
        channel=Message.Channel.VOICEMAIL,
        spoken=Message.Spoken.PERSON if typed else Message.Spoken.UNTYPED,
        typed_by=member if typed else None,
        uploads=[left.recording] if left.recording else [],
    )
    return start(actor=actor, carer=carer, words=words, pupil=pupil, subject=_("A voicemail"))
