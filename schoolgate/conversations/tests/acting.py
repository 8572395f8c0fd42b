"""What the tests of this room do again and again, in words."""

from datetime import datetime

from schoolgate.conversations.actions import replying
from schoolgate.conversations.actions.receiving import Words, receive, start
from schoolgate.conversations.models import Conversation, Message
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import Who
from schoolgate.people.models import Pupil
from schoolgate.people.queries import roles_of
from schoolgate.rehearsal.cast import Cast


def actor_of(cast: Cast, key: str) -> Actor:
    """Somebody of the cast as the ledger names them."""
    if key in cast.team:
        return Actor("team", cast.team[key].pk, cast.team[key].name)
    return Actor("carer", cast.carers[key].pk, cast.carers[key].name)


def who(cast: Cast, key: str, at: datetime) -> Who:
    """Somebody of the cast as a request would know them."""
    member = cast.team.get(key)
    return Who(
        school=cast.school,
        user_id=cast.user_id(key),
        member=member,
        carer=cast.carers.get(key),
        roles=roles_of(member, at) if member else frozenset(),
        at=at,
    )


def writes(
    cast: Cast,
    carer: str,
    child: str | None,
    at: datetime,
    body: str = "How was today?",
    **more: str,
) -> Conversation:
    """A carer opens a conversation."""
    return start(
        actor=actor_of(cast, carer),
        carer=cast.carers[carer],
        pupil=Pupil.objects.get(pk=cast.children[child].pk) if child else None,
        words=Words(
            body=body,
            at=at,
            channel=more.pop("channel", "portal"),
            sender_check=more.pop("sender_check", ""),
        ),
        **more,
    )


def writes_again(cast: Cast, conversation: Conversation, at: datetime) -> Message:
    """The carer of a conversation adds a message."""
    return receive(
        actor=Actor("carer", conversation.carer_id),
        conversation=conversation,
        carer=conversation.carer,
        words=Words(body="And one more thing.", at=at),
    )


def answers(cast: Cast, member: str, conversation: Conversation, at: datetime) -> Message:
    """A team member answers."""
    return replying.reply(
        actor=actor_of(cast, member),
        member=cast.team[member],
        conversation=conversation,
        body="Dear family, it was a good day.",
        at=at,
    )


def fresh(conversation: Conversation) -> Conversation:
    """The conversation as it stands in the database now."""
    return Conversation.objects.get(pk=conversation.pk)
