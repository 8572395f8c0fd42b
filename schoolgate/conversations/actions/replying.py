"""A team member answers: by the parent's channels, in one transaction, and the clock stops."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from schoolgate.conversations.actions.attaching import Upload, attach, check_sizes
from schoolgate.conversations.actions.files_of_several import check_files_in
from schoolgate.conversations.actions.following import renew
from schoolgate.conversations.actions.keeping import use_given
from schoolgate.conversations.actions.moving import locked, move, open_promises, promise, save
from schoolgate.conversations.actions.naming import check_names_in
from schoolgate.conversations.actions.receipts import safe_subject
from schoolgate.conversations.errors import DayTooFar, NothingWritten, WordsFromLeader
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.news import Answered, on_answered
from schoolgate.conversations.routing import find_somebody_here
from schoolgate.conversations.states import Event
from schoolgate.delivery.actions.posting import post
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, Receives, TeamMember
from schoolgate.people.presence import acts_as_head
from schoolgate.people.queries import email_to_write_to
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.reckoning import known, latest_promised_date
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.settings_parts import EmailRoute

OF_LEADERS = (Promise.Kind.HEAD, Promise.Kind.LEADER)
# At an iSAMS school a reply that stands in the portal has reached a parent who was here lately.
SIGNED_IN_WITHIN = timedelta(days=30)


@transaction.atomic
def reply(
    *,
    actor: Actor,
    member: TeamMember,
    conversation: Conversation,
    body: str,
    at: datetime,
    uploads: Sequence[Upload] = (),
    once: uuid.UUID | None = None,
    named_because: str = "",
    file_because: str = "",
) -> Message:
    """Answer the family and stop the clock at `at` (UTC), unless the answer does not arrive.

    In a guided thread only the words that a leader gave go, without files (decision 8). Clauses
    2.2-T1, 2.1-M2a, 2.1-M2b. Raises NothingWritten, NotFromHere, AttachmentTooLarge,
    WordsFromLeader, OtherChildNamed (decision 17), FileOfSeveral (threat T9).
    """
    check_sizes(uploads)
    conversation = locked(conversation)
    if conversation.guided and uploads:
        raise WordsFromLeader
    use_given(conversation, body, at)
    once = once or uuid.uuid4()
    check_names_in(
        conversation, body, actor=actor, member=member, said_in=once, because=named_because, at=at
    )
    check_files_in(
        conversation, uploads, actor=actor, member=member, said_in=once, because=file_because, at=at
    )
    message = _write(conversation, member, body, at, once)
    attach(message, uploads)
    parcels = _send(conversation, message)
    if has_reached(conversation, parcels, at):
        count_as_answer(conversation, message)
    else:
        move(conversation, Event.REPLY_OWED)
    save(conversation, message)
    _tell_ledger(actor, "replied", conversation, at)
    return message


@transaction.atomic
def hold(
    *,
    actor: Actor,
    member: TeamMember,
    conversation: Conversation,
    body: str,
    until: datetime,
    at: datetime,
    once: uuid.UUID | None = None,
    named_because: str = "",
) -> Message:
    """Say honestly that the answer comes later, and by when: at most five working days (5.1).

    `until` and `at` in UTC. The reply promise is kept by a human word with a date; a promise of
    news by that date runs from now. Raises NothingWritten, DayTooFar, NotFromHere,
    WordsFromLeader, OtherChildNamed.
    """
    conversation = locked(conversation)
    if not at < until <= last_day_to_name(conversation, at):
        raise DayTooFar
    use_given(conversation, body, at)
    once = once or uuid.uuid4()
    check_names_in(
        conversation, body, actor=actor, member=member, said_in=once, because=named_because, at=at
    )
    message = _write(conversation, member, body, at, once, holding_until=until)
    _send(conversation, message)
    count_as_named_day(conversation, message, until)
    save(conversation, message)
    _tell_ledger(actor, "named a day", conversation, at)
    return message


def last_day_to_name(conversation: Conversation, at: datetime) -> datetime:
    """The last moment (UTC) that a holding reply may name; two weeks where no calendar is."""
    school = conversation.school
    last = known(
        lambda: latest_promised_date(
            reply_calendar(school), at, school.settings.promises.holding_limit
        )
    )
    return last or at + timedelta(days=14)


def count_as_answer(conversation: Conversation, message: Message) -> None:
    """A person of the school has answered, by word or by voice; the caller saves (2.2-T1)."""
    assert message.member is not None  # a message of the school has its writer
    stop_promises(conversation, message)
    move(conversation, after_answer(conversation))
    on_answered.tell(Answered(conversation, message.member, message.at))


def count_as_named_day(conversation: Conversation, message: Message, until: datetime) -> None:
    """A person of the school has named the day of the next news (UTC); the caller saves (5.1)."""
    assert message.member is not None  # a message of the school has its writer
    move(conversation, Event.SCHOOL_HELD)
    find_somebody_here(conversation, message.at)
    stop_promises(conversation, message)
    promise(conversation, Promise.Kind.NEWS, message.at, until)
    on_answered.tell(Answered(conversation, message.member, message.at, holding=True))


def stop_promises(conversation: Conversation, message: Message) -> None:
    """A human message has reached the family: the promises that its writer may keep are kept.

    What was taken to the head waits for the head, or who acts as head; what was taken to a leader
    for the one who has it (Clause 2.2-H3). A call that is written down later answers nothing that
    came after it.
    """
    waits = open_promises(conversation).filter(started_at__lte=message.at)
    for waiting in waits.exclude(kind=Promise.Kind.TRAY):
        if _may_keep(waiting, conversation, message):
            clock.stop(promise=waiting, by=message.public_id, at=message.at)
    renew(conversation, message.at)


def after_answer(conversation: Conversation) -> Event:
    """What an answer means for the thread: it stays with the school while another is due.

    That is a leader's, or one to what came after a call that is written down later.
    """
    due = open_promises(conversation).filter(kind__in=[*OF_LEADERS, Promise.Kind.REPLY])
    return Event.ANSWERED_BESIDE if due.exists() else Event.SCHOOL_REPLIED


def _may_keep(waiting: Promise, conversation: Conversation, message: Message) -> bool:
    if waiting.kind not in OF_LEADERS:
        return True
    assert message.member is not None  # a message of the school has its writer
    if waiting.kind == Promise.Kind.LEADER and message.member_id == conversation.owner_id:
        return True
    return acts_as_head(conversation.school, message.member, message.at)


def has_reached(conversation: Conversation, parcels: Sequence[Parcel], at: datetime) -> bool:
    """Whether a reply counts as arrived on posting; a later failure takes that back.

    Where email goes by iSAMS, what is owed there has arrived only if the parent has been in the
    portal within 30 days (decision 11).
    """
    if conversation.school.settings.email_route != EmailRoute.ISAMS:
        return True
    owed = any(parcel.state == Parcel.State.OWED for parcel in parcels)
    seen = conversation.carer.last_signed_in_at
    return not owed or (seen is not None and seen > at - SIGNED_IN_WITHIN)


def _write(
    conversation: Conversation,
    member: TeamMember,
    body: str,
    at: datetime,
    once: uuid.UUID,
    holding_until: datetime | None = None,
) -> Message:
    if not body.strip():
        raise NothingWritten
    return Message.objects.create(
        public_id=once,
        school=conversation.school,
        conversation=conversation,
        member=member,
        direction=Message.Direction.SCHOOL,
        channel=_channel_of(conversation.carer),
        body=body.replace("\0", ""),
        at=at,
        holding_until=holding_until,
    )


def _channel_of(carer: Carer) -> str:
    return Message.Channel.EMAIL if email_to_write_to(carer) else Message.Channel.PORTAL


def _send(conversation: Conversation, message: Message) -> list[Parcel]:
    """Post it to the one carer of this thread; the other parent's thread is another thread."""
    writer = message.member.name if message.member else ""
    content = Content.objects.create(
        school=conversation.school,
        purpose=Content.Purpose.REPLY,
        text=message.body,
        subject=reply_subject(conversation),
        written_by=writer,
        sensitive=conversation.sensitive,
        about=conversation.pupil,
        level=Receives.PROGRESS,
        thread=conversation.pk,
        thread_page=conversation.page,
        message=message.public_id,
        answers=_latest_mail_id(conversation),
        written_at=message.at,
    )
    return post(content=content, carers=[conversation.carer], at=message.at)


def reply_subject(conversation: Conversation) -> str:
    """The subject with the usual Re:, and without the child's name."""
    subject = safe_subject(conversation)
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"[:200]


def _latest_mail_id(conversation: Conversation) -> str:
    latest = conversation.messages.exclude(mail_id="").order_by("-at", "-id").first()
    return latest.mail_id if latest else ""


def _tell_ledger(actor: Actor, verb: str, conversation: Conversation, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
