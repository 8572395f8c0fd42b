"""A family writes: a new conversation, or one more message in one of theirs.

The same verbs serve the portal, email and what a colleague writes down for a parent.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.attaching import Upload, attach, check_sizes
from schoolgate.conversations.actions.moving import NO_SUBJECT, locked, move, promise, save
from schoolgate.conversations.actions.receipts import (
    had_a_receipt_by_email,
    routes_are_owed,
    send_note,
    send_receipt,
)
from schoolgate.conversations.actions.suggesting import suggest
from schoolgate.conversations.errors import NothingWritten, NotOneOfYours
from schoolgate.conversations.models import Closure, Conversation, Message
from schoolgate.conversations.news import FamilyWrote, on_family_wrote
from schoolgate.conversations.routing import find_somebody_here, first_owner_of
from schoolgate.conversations.states import SIDE, Event, State
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Carer, Pupil, Receives, TeamMember
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import StoredFile


@dataclass(frozen=True)
class Words:
    """What a family wrote, on whatever channel, and when it reached the school (UTC).

    `once` becomes the message's own id, so that the same sending pressed twice is one message.
    Of an email, `original` is its bytes, and `sender_check` whether its sender could be confirmed.
    """

    body: str
    at: datetime
    channel: str = Message.Channel.PORTAL
    folded: str = ""
    besides: str = ""  # of what is folded, what the family wrote: looked through as the body is
    mail_id: str = ""
    uploads: Sequence[Upload] = field(default_factory=tuple)
    original: StoredFile | None = None
    sender_check: str = ""
    told: str = ""  # what the family hears of it, such as that a file was too large
    may_be_answered: bool = True  # by a machine; a mailbox can ask that none does
    spoken: str = ""  # of a voicemail: who wrote down what it says, and by whose hand
    typed_by: TeamMember | None = None
    receipt: bool = True  # what tells the family who has it comes from the caller otherwise
    once: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True)
class About:
    """Whom it is about, if it is about somebody here: they neither have it nor read it."""

    member: TeamMember | None = None
    office: bool = False


@transaction.atomic
def start(
    *,
    actor: Actor,
    carer: Carer,
    words: Words,
    pupil: Pupil | None = None,
    subject: str = "",
    kind: str = Conversation.Kind.ORDINARY,
    topic: str = "",
    about: About = About(),  # noqa: B008 - frozen
) -> Conversation:
    """Open a conversation with an owner and a promise at once (Clauses 1.0-S4, 1.0-A2, 2.2-T1).

    Raises NothingWritten, NotOneOfYours, AttachmentTooLarge, NobodyElse.
    """
    _check(words)
    if pupil and not may_receive(carer=carer, pupil=pupil, level=Receives.PROGRESS, at=words.at):
        raise NotOneOfYours
    conversation = open_thread(
        actor,
        Conversation(
            school=carer.school,
            carer=carer,
            pupil=pupil,
            kind=kind,
            topic=topic,
            about_member=about.member,
            about_office=about.office,
        ),
        subject=subject,
        channel=words.channel,
        at=words.at,
    )
    _take(actor, conversation, words, heading=subject)
    return conversation


def open_thread(
    actor: Actor, conversation: Conversation, *, subject: str, channel: str, at: datetime
) -> Conversation:
    """Save a new conversation with its first owner (UTC); it waits for the school (1.0-A2)."""
    conversation.opened_at = at
    owner = first_owner_of(conversation, at)
    conversation.subject = (" ".join(subject.split()) or NO_SUBJECT)[:200]
    conversation.state, conversation.side = State.WITH_SCHOOL, SIDE[State.WITH_SCHOOL]
    conversation.owner, conversation.queue = owner.member, owner.queue
    conversation.owned_since = conversation.last_at = at
    conversation.last_channel = channel
    conversation.save()
    record(
        actor=actor,
        verb="started",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
        kind=conversation.kind,
        channel=channel,
    )
    return conversation


@transaction.atomic
def receive(*, actor: Actor, conversation: Conversation, carer: Carer, words: Words) -> Message:
    """Add a family's message to their own conversation; a closed one opens again.

    The promise runs from the first message that nobody has answered, and further ones do not move
    it (Clause 2.2-T1). One that was joined to another goes on there. Raises NothingWritten,
    AttachmentTooLarge.
    """
    _check(words)
    conversation = locked(conversation.merged_into or conversation)
    if conversation.state == State.CLOSED:
        Closure.objects.filter(conversation=conversation, reopened_at=None).update(
            reopened_at=words.at
        )
    move(conversation, Event.FAMILY_WROTE)
    find_somebody_here(conversation, words.at)
    record(
        actor=actor,
        verb="wrote",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=words.at,
        channel=words.channel,
    )
    message = _take(actor, conversation, words)
    on_family_wrote.tell(FamilyWrote(conversation, message))
    return message


def _check(words: Words) -> None:
    if not words.body.strip() and not words.uploads:
        raise NothingWritten
    check_sizes(words.uploads)


def _take(actor: Actor, conversation: Conversation, words: Words, heading: str = "") -> Message:
    """The message, its promise, its receipt, and what it may be about."""
    message = Message.objects.create(
        public_id=words.once,
        school=conversation.school,
        conversation=conversation,
        carer=conversation.carer,
        direction=Message.Direction.FAMILY,
        channel=words.channel,
        body=words.body.replace("\0", ""),
        folded=words.folded.replace("\0", ""),
        mail_id=words.mail_id,
        original=words.original,
        sender_check=words.sender_check,
        spoken=words.spoken,
        typed_by=words.typed_by,
        at=words.at,
    )
    attach(message, words.uploads)
    made = promise(conversation, Promise.Kind.REPLY, words.at)
    save(conversation, message)
    danger = suggest(message, f"{heading}\n\n{message.body}\n\n{words.besides}")
    if not words.receipt:
        return message
    by_email = _may_be_emailed(actor, conversation.carer, words, danger=danger)
    if made.started_at == words.at or (danger and routes_are_owed(message)):
        send_receipt(
            conversation,
            made,
            words.mail_id,
            reached=words.at,
            before=words.told,
            danger=danger,
            by_email=by_email,
        )
    elif words.told:
        send_note(conversation, words.told, words.at, answers=words.mail_id, by_email=by_email)
    return message


def _may_be_emailed(actor: Actor, carer: Carer, words: Words, *, danger: bool) -> bool:
    """Whether an email gets an automatic one: once a day for each person (RFC 3834).

    So no two machines answer each other without end. What a colleague files is answered as they
    press, where to turn now is never kept back (threat T6), and the portal has its receipt anyway.
    """
    if words.channel != Message.Channel.EMAIL or actor.kind != "carer":
        return True
    return words.may_be_answered and (danger or not had_a_receipt_by_email(carer, words.at))
