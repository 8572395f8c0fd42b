"""Something urgent: a call comes first, or the reason why it is written and not rung."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from schoolgate.conversations.actions.alarming import alarm_of_writing_urgently
from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.actions.replying import reply
from schoolgate.conversations.actions.ringing_back import ask_to_ring
from schoolgate.conversations.errors import NothingWritten, NumberNotKept, RingFirst
from schoolgate.conversations.models import Call, CallTask, Conversation, Message, Urgent
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember
from schoolgate.people.ringing import numbers_of
from schoolgate.people.telephone import other_mobile_in

Because = Urgent.Because


@dataclass(frozen=True)
class Written:
    """An answer as it was written; `once` becomes the message's own id."""

    body: str
    uploads: Sequence[Upload] = ()
    once: uuid.UUID | None = None
    named_because: str = ""
    file_because: str = ""


@dataclass(frozen=True)
class Why:
    """Why something urgent is written and not rung; `words` where it is another reason."""

    because: str = ""
    words: str = ""


@transaction.atomic
def reply_urgently(
    *,
    actor: Actor,
    member: TeamMember,
    conversation: Conversation,
    answer: Written,
    why: Why,
    at: datetime,
) -> Message:
    """Answer what is urgent: rung about today (UTC), or with a reason (Clauses 2.1-M1, 2.1-M2).

    Without a try a call comes first on the list, unless the family must not be rung: that the head
    hears (decision 13). Raises RingFirst, NothingWritten, NumberNotKept, and what `reply` raises.
    """
    tried = first_try_on_the_day(conversation, at)
    if tried is None:
        _check(conversation, why)
    message = reply(
        actor=actor,
        member=member,
        conversation=conversation,
        body=answer.body,
        at=at,
        uploads=answer.uploads,
        once=answer.once,
        named_because=answer.named_because,
        file_because=answer.file_because,
    )
    Urgent.objects.create(
        school=message.school,
        message=message,
        because="" if tried else why.because,
        words="" if tried else why.words.strip(),
        at=at,
        first_attempt_at=tried,
    )
    if tried is None and why.because == Because.NOT_TO_BE_RUNG:
        alarm_of_writing_urgently(message.conversation, member, at)
    elif tried is None:
        thread = message.conversation
        ask_to_ring(thread, why=CallTask.Why.URGENT, member=member, by=at, at=at)
    return message


def first_try_on_the_day(conversation: Conversation, at: datetime) -> datetime | None:
    """When this family was first rung in this thread on the day of a moment (UTC), if at all."""
    zone = ZoneInfo(conversation.school.settings.timezone)
    midnight = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    calls = Call.objects.filter(message__conversation=conversation, way=Call.Way.CALL)
    tried = calls.exclude(inbound=True, outcome__in=["voicemail", "no answer", "engaged"])
    return (
        tried.filter(began_at__gte=midnight, began_at__lte=at)
        .order_by("began_at")
        .values_list("began_at", flat=True)
        .first()
    )


def _check(conversation: Conversation, why: Why) -> None:
    if why.because not in Because.values or not why.because:
        raise RingFirst
    if why.because == Because.OTHER and not why.words.strip():
        raise NothingWritten
    if other_mobile_in(why.words, numbers_of(conversation.carer)):
        raise NumberNotKept
