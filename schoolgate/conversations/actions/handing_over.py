"""Handing over: the work moves, the clock does not; there is an owner at every moment."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.moving import locked
from schoolgate.conversations.errors import NoAccess
from schoolgate.conversations.models import Conversation, HandOver
from schoolgate.conversations.routing import Owner, present
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.leaving import AccessEnded
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import has_access


@transaction.atomic
def hand_over(
    *, actor: Actor, conversation: Conversation, to: Owner, summary: str, at: datetime
) -> Conversation:
    """Give a conversation to a colleague or a queue, with a summary for them (2.2-T7).

    Raises NoAccess when that colleague has none.
    """
    if to.member and not has_access(to.member, at):
        raise NoAccess
    conversation = locked(conversation)
    _give(actor=actor, conversation=conversation, to=to, summary=summary, at=at)
    return conversation


@transaction.atomic
def hand_over_all(
    *, actor: Actor, conversations: Iterable[Conversation], to: TeamMember, at: datetime
) -> int:
    """Give several conversations to one colleague (UTC); how many. Raises NoAccess."""
    owner = Owner(member=to)
    moved = [
        hand_over(actor=actor, conversation=one, to=owner, summary="", at=at)
        for one in conversations
    ]
    return len(moved)


def move_work(news: AccessEnded) -> None:
    """Somebody's access ended: their conversations move in the same transaction (decision 3)."""
    to = Owner(member=news.successor) if news.successor else present(news.member, news.at)
    for conversation in Conversation.objects.filter(owner=news.member).select_for_update():
        _give(actor=news.actor, conversation=conversation, to=to, summary="", at=news.at)


def take(
    *, actor: Actor, conversation: Conversation, member: TeamMember, at: datetime
) -> Conversation:
    """Take a conversation on oneself, from a queue or a colleague."""
    return hand_over(
        actor=actor, conversation=conversation, to=Owner(member=member), summary="", at=at
    )


def _give(
    *, actor: Actor, conversation: Conversation, to: Owner, summary: str, at: datetime
) -> None:
    HandOver.objects.create(
        school_id=conversation.school_id,
        conversation=conversation,
        from_member_id=conversation.owner_id,
        from_queue=conversation.queue,
        to_member=to.member,
        to_queue=to.queue,
        summary=summary,
        at=at,
    )
    conversation.owner, conversation.queue, conversation.owned_since = to.member, to.queue, at
    conversation.save(update_fields=["owner", "queue", "owned_since"])
    record(
        actor=actor,
        verb="handed over",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
        to=to.member.pk if to.member else to.queue,
    )
