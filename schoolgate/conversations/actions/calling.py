"""A call or a visit is written down: part of the thread; a conversation answers, a try does not."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.alarming import alarm_of_private_phone
from schoolgate.conversations.actions.keeping import use_given
from schoolgate.conversations.actions.moving import locked, save
from schoolgate.conversations.actions.naming import check_names_in
from schoolgate.conversations.actions.receiving import Words, open_thread, receive, start
from schoolgate.conversations.actions.replying import count_as_answer, count_as_named_day
from schoolgate.conversations.actions.ringing_back import ask_to_ring, note_attempt
from schoolgate.conversations.errors import (
    NotASchoolLine,
    NothingWritten,
    NotYet,
    NumberNotKept,
    PromisedForThePast,
    WordsFromLeader,
)
from schoolgate.conversations.models import Call, CallTask, Conversation, Message
from schoolgate.conversations.states import SIDE, State
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Carer, Pupil, Receives, TeamMember
from schoolgate.people.ringing import numbers_of
from schoolgate.people.telephone import numbers_in, other_mobile_in

Way, Outcome = Call.Way, Call.Outcome
# How long ago a call may have been that is written down now.
WITHIN = timedelta(days=31)


@dataclass(frozen=True)
class With:
    """With whom, about which child, and in which thread; a new one where none is named."""

    carer: Carer
    pupil: Pupil | None = None
    conversation: Conversation | None = None


@dataclass(frozen=True)
class Told:
    """What somebody writes down of a call or a visit, in its order; moments in UTC.

    `needs_answer`: what they said waits for somebody, as if they had written it; and so does what
    they asked at a `door`, such as a complaint, in a conversation of its kind. `line` is the
    school's, or `private_reason` says why it was none. `once` becomes the message's own id.
    """

    outcome: str
    began_at: datetime
    way: str = Way.CALL
    inbound: bool = False
    line: str = ""
    private_reason: str = ""
    words: str = ""
    promised: str = ""
    promised_by: datetime | None = None
    ring_back: bool = False
    needs_answer: bool = False
    door: str = ""
    named_because: str = ""
    once: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def spoke(self) -> bool:
        """Whether two people spoke."""
        return self.outcome == Outcome.SPOKE

    @property
    def waits(self) -> bool:
        """Whether it is the family's word that waits: asked to be, or they rang in vain (O19)."""
        return self.needs_answer or bool(self.door) or (self.inbound and not self.spoke)

    @property
    def school_words(self) -> str:
        """What the family reads of it as the school's; what they said themselves is theirs."""
        return self.promised if self.waits else f"{self.words}\n{self.promised}"

    @property
    def texts(self) -> Iterator[str]:
        """Every text that somebody typed."""
        yield from (self.words, self.promised, self.private_reason)


@transaction.atomic
def log(*, actor: Actor, member: TeamMember, about: With, told: Told, at: datetime) -> Message:
    """Write down a call or a visit; a conversation stops the clock, a voicemail does not.

    What needs an answer starts the clock, at the moment of the call (UTC). In a guided thread only
    a leader's words are an answer; what the family said can always be written down as what needs
    one. Clauses 2.1-M1, 2.1-M5, 2.2-T4b. Raises NothingWritten, NotASchoolLine, NumberNotKept,
    NotYet, PromisedForThePast, WordsFromLeader, OtherChildNamed.
    """
    _check(about, told, at)
    message = _take(actor, member, about, told) if told.waits else _say(actor, member, about, told)
    conversation = locked(message.conversation)
    check_names_in(
        conversation,
        told.school_words,
        actor=actor,
        member=member,
        said_in=told.once,
        because=told.named_because,
        at=at,
    )
    if not told.waits:
        _answer(conversation, message, told)
    Call.objects.create(
        school=about.carer.school,
        message=message,
        way=told.way,
        outcome=told.outcome,
        inbound=told.inbound,
        line="" if told.way == Way.VISIT or told.private_reason else told.line,
        private_reason=told.private_reason.strip() if told.way == Way.CALL else "",
        promised=told.promised.strip(),
        promised_by=told.promised_by,
        began_at=told.began_at,
        logged_by=member,
        logged_at=at,
    )
    _go_on(member, conversation, told, at)
    record(
        actor=actor,
        verb="logged a visit" if told.way == Way.VISIT else "logged a call",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
        outcome=told.outcome,
        inbound=told.inbound,
        private=bool(told.private_reason.strip()),
    )
    return message


def _check(about: With, told: Told, at: datetime) -> None:
    lines = about.carer.school.settings.telephone.lines
    by_phone = told.way == Way.CALL
    if by_phone and not told.private_reason.strip() and told.line not in lines:
        raise NotASchoolLine
    if told.way == Way.VISIT and not told.spoke:
        raise NothingWritten
    if (told.spoke or told.promised_by) and not (told.words.strip() or told.waits):
        raise NothingWritten
    if not at - WITHIN <= told.began_at <= at:
        raise NotYet
    if told.promised_by is not None and told.promised_by <= told.began_at:
        raise PromisedForThePast
    known = [*numbers_of(about.carer), *(number for line in lines for number in numbers_in(line))]
    if any(other_mobile_in(text, known) for text in told.texts):
        raise NumberNotKept


def _take(actor: Actor, member: TeamMember, about: With, told: Told) -> Message:
    """What the family said waits for an answer from the moment of the call, as what they write."""
    words = Words(
        body=told.words.strip() or _("Rang, and nobody could speak."),
        at=told.began_at,
        channel=told.way,
        typed_by=member,
        once=told.once,
    )
    thread = about.conversation
    if thread and told.door in {"", thread.kind}:
        return receive(actor=actor, conversation=thread, carer=about.carer, words=words)
    pupil = about.pupil
    entitled = pupil and may_receive(
        carer=about.carer, pupil=pupil, level=Receives.PROGRESS, at=told.began_at
    )
    started = start(
        actor=actor,
        carer=about.carer,
        words=words,
        pupil=pupil if entitled else None,
        subject=_name(told),
        kind=told.door or Conversation.Kind.ORDINARY,
    )
    return started.messages.get(public_id=told.once)


def _say(actor: Actor, member: TeamMember, about: With, told: Told) -> Message:
    """What the school said, or that it tried; nothing is sent."""
    thread = about.conversation
    if thread is None:
        fresh = Conversation(school=about.carer.school, carer=about.carer, pupil=about.pupil)
        thread = open_thread(actor, fresh, subject=_name(told), channel=told.way, at=told.began_at)
    conversation = locked(thread.merged_into or thread)
    if conversation.guided and (told.promised.strip() or (told.words.strip() and not told.spoke)):
        raise WordsFromLeader
    if told.spoke:
        use_given(conversation, told.words, told.began_at)
    return Message.objects.create(
        public_id=told.once,
        school=conversation.school,
        conversation=conversation,
        member=member,
        direction=Message.Direction.SCHOOL,
        channel=told.way,
        body=told.words.replace("\0", "").strip(),
        at=told.began_at,
        holding_until=told.promised_by if told.spoke else None,
    )


def _answer(conversation: Conversation, message: Message, told: Told) -> None:
    """A conversation counts as an answer does; one that only tried leaves the clock as it is."""
    if told.spoke and conversation.state != State.CLOSED:
        if told.promised_by:
            count_as_named_day(conversation, message, told.promised_by)
        else:
            count_as_answer(conversation, message)
    elif not told.spoke and not conversation.promised.exists():
        # A thread that a try has opened: nobody has asked anything yet.
        conversation.state, conversation.side = State.WITH_PARENT, SIDE[State.WITH_PARENT]
    save(conversation, message)


def _go_on(member: TeamMember, conversation: Conversation, told: Told, at: datetime) -> None:
    """What follows: calls that are done, one that was promised or asked for, an alarm."""
    if told.spoke or not told.inbound:
        note_attempt(conversation, began_at=told.began_at, spoke=told.spoke)
    if told.ring_back:
        why = CallTask.Why.ASKED if told.waits else CallTask.Why.PROMISED
        ask_to_ring(conversation, why=why, member=member, by=told.promised_by, at=at)
    if told.way == Way.CALL and told.private_reason.strip():
        alarm_of_private_phone(conversation, member, at)


def _name(told: Told) -> str:
    return _("A visit") if told.way == Way.VISIT else _("A telephone call")
