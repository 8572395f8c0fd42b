"""A family tells of today by a press: a thread of its own, of which no reply is owed."""

import uuid
from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.moving import move, save
from schoolgate.conversations.actions.receiving import open_thread
from schoolgate.conversations.actions.suggesting import suggest
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.states import Event
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, Pupil

TODAY = "today"  # the topic: the office has it, and nobody waits for a reply


@transaction.atomic
def open_for_today(
    *,
    actor: Actor,
    carer: Carer,
    pupil: Pupil | None,
    said: tuple[str, str],
    once: uuid.UUID,
    at: datetime,
) -> Message:
    """Open a thread with the office for something that is for today (UTC; decision 1).

    `said` is its subject and its words; the room that asks for it keeps the office's minutes. What
    the family writes in it later is promised a reply like everything else.
    """
    subject, words = said
    conversation = open_thread(
        actor,
        Conversation(school=carer.school, carer=carer, pupil=pupil, topic=TODAY),
        subject=subject,
        channel=Message.Channel.PORTAL,
        at=at,
    )
    message = Message.objects.create(
        public_id=once,
        school=carer.school,
        conversation=conversation,
        carer=carer,
        direction=Message.Direction.FAMILY,
        channel=Message.Channel.PORTAL,
        body=words.replace("\0", ""),
        at=at,
    )
    move(conversation, Event.SETTLED)
    save(conversation, message)
    suggest(message, words)
    return message
