"""What the post room reports: a reply arrived, or did not; what bounced stopped no clock."""

from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.moving import locked, move, save
from schoolgate.conversations.actions.replying import after_answer, stop_promises
from schoolgate.conversations.models import Closure, Conversation, Message
from schoolgate.conversations.news import Answered, NotArrived, on_answered, on_not_arrived
from schoolgate.conversations.routing import find_somebody_here
from schoolgate.conversations.states import Event, State
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.outcomes import News
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise


@transaction.atomic
def arrived(news: News) -> None:
    """Replies that were owed by iSAMS have been handed off: now they count (decision 11)."""
    for parcel in news.parcels:
        if parcel.state == Parcel.State.HANDED_OFF:
            _handed_off(parcel, news.at)


@transaction.atomic
def not_arrived(news: News) -> None:
    """Replies did not arrive: the promise that each had stopped runs as if it had not been sent."""
    for parcel in news.parcels:
        _not_arrived(parcel, news.at)


def _handed_off(parcel: Parcel, at: datetime) -> None:
    found = _reply_of(parcel)
    if found is None:
        return
    conversation, message = found
    if conversation.state != State.HANDING_OFF:
        return
    move(conversation, Event.HANDED_OFF)
    message.at = at
    stop_promises(conversation, message)
    if after_answer(conversation) is Event.ANSWERED_BESIDE:
        move(conversation, Event.ANSWERED_BESIDE)
    assert message.member is not None  # a reply has its writer
    on_answered.tell(Answered(conversation, message.member, at))
    save(conversation)


def _not_arrived(parcel: Parcel, at: datetime) -> None:
    found = _reply_of(parcel)
    if found is None:
        return
    conversation, message = found
    stopped = Promise.objects.filter(subject=conversation.public_id, stopped_by=message.public_id)
    for promise in stopped:
        if _newer_open(promise):
            # A later message of the family runs on its own promise; the older one is the truer.
            Promise.objects.filter(pk__in=_newer_open(promise)).update(withdrawn_at=at)
        clock.unstop(promise=promise)
    move(conversation, Event.NOT_ARRIVED)
    find_somebody_here(conversation, at)
    Closure.objects.filter(conversation=conversation, reopened_at=None).update(reopened_at=at)
    on_not_arrived.tell(NotArrived(conversation, at))
    save(conversation)
    record(
        actor=SYSTEM,
        verb="reply did not arrive",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
        parcel=parcel.pk,
    )


def _reply_of(parcel: Parcel) -> tuple[Conversation, Message] | None:
    content = parcel.content
    if content.purpose != Content.Purpose.REPLY or content.message is None:
        return None
    message = Message.objects.filter(public_id=content.message).first()
    if message is None:
        return None
    return locked(message.conversation), message


def _newer_open(promise: Promise) -> list[int]:
    return list(
        Promise.objects.filter(
            subject=promise.subject, kind=promise.kind, stopped_at=None, withdrawn_at=None
        )
        .exclude(pk=promise.pk)
        .values_list("pk", flat=True)
    )
