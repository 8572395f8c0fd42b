"""Closing with a reason, and opening again by one press."""

import uuid
from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.moving import locked, move, open_promises, promise, save
from schoolgate.conversations.actions.naming import check_names_in
from schoolgate.conversations.actions.replying import OF_LEADERS
from schoolgate.conversations.errors import LeaderAnswersFirst, ReasonMissing
from schoolgate.conversations.models import Closure, Conversation
from schoolgate.conversations.news import Closed, on_closed
from schoolgate.conversations.routing import find_somebody_here
from schoolgate.conversations.states import Event
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise


@transaction.atomic
def close(
    *,
    actor: Actor,
    member: TeamMember,
    conversation: Conversation,
    reason: str,
    at: datetime,
    named_because: str = "",
) -> Closure:
    """Close with a reason that the family can read; an open promise is withdrawn with it.

    Never by the family's silence: a person closes, and says why. What a leader
    was asked is answered first. Raises ReasonMissing, LeaderAnswersFirst, NotFromHere,
    OtherChildNamed.
    """
    if not reason.strip():
        raise ReasonMissing
    conversation = locked(conversation)
    if open_promises(conversation).filter(kind__in=OF_LEADERS).exists():
        raise LeaderAnswersFirst
    check_names_in(
        conversation,
        reason,
        actor=actor,
        member=member,
        said_in=uuid.uuid4(),
        because=named_because,
        at=at,
    )
    move(conversation, Event.CLOSED)
    conversation.followed_since = None
    for waiting in open_promises(conversation):
        clock.withdraw(promise=waiting, at=at)
    closure = Closure.objects.create(
        school=conversation.school,
        conversation=conversation,
        member=member,
        reason=reason.strip(),
        at=at,
    )
    on_closed.tell(Closed(conversation, member, closure.reason, at))
    save(conversation)
    record(
        actor=actor,
        verb="closed",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
    return closure


@transaction.atomic
def reopen(*, actor: Actor, conversation: Conversation, at: datetime) -> Conversation:
    """Open again by one press, with the same owner or cover; the clock runs from now (UTC)."""
    conversation = locked(conversation)
    move(conversation, Event.REOPENED)
    Closure.objects.filter(conversation=conversation, reopened_at=None).update(reopened_at=at)
    find_somebody_here(conversation, at)
    promise(conversation, Promise.Kind.REPLY, at)
    save(conversation)
    record(
        actor=actor,
        verb="reopened",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
    return conversation
