"""The school writes first: a thread that a team member opens with one carer.

It has an owner from its first moment, waits for nobody, and what the family answers gets a promise
like everything else that a family writes (Clause 1.0-A2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.moving import locked, save
from schoolgate.conversations.actions.naming import check_names_in
from schoolgate.conversations.actions.receipts import safe_subject
from schoolgate.conversations.actions.replying import has_reached
from schoolgate.conversations.errors import NothingWritten, NotOneOfYours, WordsFromLeader
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.routing import present
from schoolgate.conversations.states import SIDE, State
from schoolgate.delivery.actions.posting import post
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Carer, Pupil, Receives, TeamMember
from schoolgate.people.own_family import colleagues_of_the_family
from schoolgate.people.queries import email_to_write_to


@dataclass(frozen=True)
class First:
    """What the school says first, who says it, and who has the thread from then on.

    `names_checked`: whoever took the words down has asked about other children's names already, and
    what stands around the words here is not theirs.
    """

    subject: str
    body: str
    member: TeamMember
    owner: TeamMember
    sensitive: bool = False
    topic: str = ""
    named_because: str = ""
    names_checked: bool = False


@dataclass(frozen=True)
class Opened:
    """The thread, what was sent, its parcels, and whether it counts as arrived."""

    conversation: Conversation
    content: Content
    parcels: Sequence[Parcel]
    reached: bool


@transaction.atomic
def open_to_family(
    *, actor: Actor, carer: Carer, pupil: Pupil, first: First, at: datetime
) -> Opened:
    """Open a thread with one carer about one child and send its first message (UTC).

    It goes by the carer's own way; what is sensitive says by email only that there is a message.
    Raises NothingWritten, NotOneOfYours, OtherChildNamed.
    """
    if not first.body.strip():
        raise NothingWritten
    if not may_receive(carer=carer, pupil=pupil, level=Receives.PROGRESS, at=at):
        raise NotOneOfYours
    conversation = _thread(carer, pupil, first, at)
    message = _message(conversation, first.member, first.body, at)
    if not first.names_checked:
        check_names_in(
            conversation,
            f"{first.subject}\n{first.body}",
            actor=actor,
            member=first.member,
            said_in=message.public_id,
            because=first.named_because,
            at=at,
        )
    content = _content(conversation, message)
    parcels = post(content=content, carers=[carer], at=at)
    reached = has_reached(conversation, parcels, at)
    if not reached:
        conversation.state, conversation.side = State.HANDING_OFF, SIDE[State.HANDING_OFF]
    save(conversation, message)
    record(
        actor=actor,
        verb="wrote first",
        school_id=carer.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
    return Opened(conversation, content, parcels, reached)


@transaction.atomic
def say_also(
    *,
    actor: Actor,
    conversation: Conversation,
    member: TeamMember,
    body: str,
    at: datetime,
    named_because: str = "",
    names_checked: bool = False,
) -> Message:
    """Add to what the school has said, such as a correction: it answers nothing, and moves nothing.

    In a guided thread a leader gives the words (decision 8; UTC). Raises NothingWritten,
    WordsFromLeader, OtherChildNamed.
    """
    if not body.strip():
        raise NothingWritten
    conversation = locked(conversation.merged_into or conversation)
    if conversation.guided:
        raise WordsFromLeader
    message = _message(conversation, member, body, at)
    if not names_checked:
        check_names_in(
            conversation,
            body,
            actor=actor,
            member=member,
            said_in=message.public_id,
            because=named_because,
            at=at,
        )
    post(content=_content(conversation, message), carers=[conversation.carer], at=at)
    save(conversation, message)
    record(
        actor=actor,
        verb="wrote also",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
    return message


def _thread(carer: Carer, pupil: Pupil, first: First, at: datetime) -> Conversation:
    family = colleagues_of_the_family(carer=carer, pupil=pupil)
    owner = present(first.owner, at, never=family)
    return Conversation.objects.create(
        school=carer.school,
        carer=carer,
        pupil=pupil,
        subject=" ".join(first.subject.split())[:200],
        state=State.WITH_PARENT,
        side=SIDE[State.WITH_PARENT],
        owner=owner.member,
        queue=owner.queue,
        owned_since=at,
        sensitive=first.sensitive,
        topic=first.topic,
        opened_at=at,
        last_at=at,
        last_channel=Message.Channel.PORTAL,
    )


def _message(conversation: Conversation, member: TeamMember, body: str, at: datetime) -> Message:
    by_email = bool(email_to_write_to(conversation.carer))
    return Message.objects.create(
        school=conversation.school,
        conversation=conversation,
        member=member,
        direction=Message.Direction.SCHOOL,
        channel=Message.Channel.EMAIL if by_email else Message.Channel.PORTAL,
        body=body.replace("\0", ""),
        at=at,
    )


def _content(conversation: Conversation, message: Message) -> Content:
    return Content.objects.create(
        school=conversation.school,
        purpose=Content.Purpose.REPLY,
        text=message.body,
        subject=safe_subject(conversation),
        written_by=message.member.name if message.member else "",
        sensitive=conversation.sensitive,
        about=conversation.pupil,
        level=Receives.PROGRESS,
        thread=conversation.pk,
        thread_page=conversation.page,
        message=message.public_id,
        written_at=message.at,
    )
