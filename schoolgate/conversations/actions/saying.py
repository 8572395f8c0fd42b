"""Saying: whether it was answered is for the family to say (decision 20).

Nothing here is counted for or against a person.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from schoolgate.conversations.actions.moving import locked, move, open_promises, promise, save
from schoolgate.conversations.answered import Told, answers_in, may_be_said_until
from schoolgate.conversations.errors import InHandAlready, NotAnAnswer, TooLongAgo
from schoolgate.conversations.models import Closure, Conversation, FamilyWord, Message
from schoolgate.conversations.models.calls import without_tries
from schoolgate.conversations.news import NotAnswered, on_not_answered
from schoolgate.conversations.routing import find_somebody_here
from schoolgate.conversations.states import Event, State
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise
from schoolgate.school.calendars import reply_calendar

Verdict = FamilyWord.Verdict
OF_AN_ANSWER = (Promise.Kind.REPLY, Promise.Kind.LEADER, Promise.Kind.HEAD)


@transaction.atomic
def say_it_did_not_answer(*, actor: Actor, message: Message, at: datetime) -> FamilyWord:
    """The family says that an answer was none: it waits for the school again (UTC).

    A promise runs from the press, whoever is here has the thread, and a leader is told. The first
    promise stays as it was kept in time, and stands as not kept to the family's mind. Pressed
    twice is once. Decision 20, Clause 2.2-T1. Raises NotAnAnswer, TooLongAgo.
    """
    conversation = locked(message.conversation)
    known = word_on(message)
    if known and known.stands and known.verdict == Verdict.DID_NOT_ANSWER:
        return known
    _check(conversation, message, at)
    _open_again(conversation, at)
    said = _write(known, message, Verdict.DID_NOT_ANSWER, at)
    said.first = _kept_by(conversation, message)
    said.again = promise(conversation, Promise.Kind.REPLY, at)
    said.save()
    save(conversation)
    _tell_ledger(actor, "said that it was not answered", conversation, at)
    on_not_answered.tell(NotAnswered(conversation, at))
    return said


@transaction.atomic
def say_it_helped(*, actor: Actor, message: Message, at: datetime) -> FamilyWord:
    """The family says thank you; nothing waits, and nothing is counted (UTC).

    What was said to be no answer stays so until it is taken back. Raises NotAnAnswer, TooLongAgo.
    """
    conversation = locked(message.conversation)
    known = word_on(message)
    if known and known.stands:
        return known
    _check(conversation, message, at)
    said = _write(known, message, Verdict.HELPED, at)
    said.save()
    _tell_ledger(actor, "said that it helped", conversation, at)
    return said


@transaction.atomic
def take_word_back(*, actor: Actor, message: Message, at: datetime) -> None:
    """The family's word is gone (UTC); twice is once, and nothing where none was said.

    That it was no answer can be taken back until somebody does something about it: a thumb slips.
    The promise that runs from the press is withdrawn. Raises InHandAlready.
    """
    conversation = locked(message.conversation)
    said = word_on(message)
    if said is None or not said.stands:
        return
    if said.verdict == Verdict.DID_NOT_ANSWER:
        _let_be(conversation, said, at)
    said.withdrawn_at = at
    said.save(update_fields=["withdrawn_at"])
    _tell_ledger(actor, "took their word back", conversation, at)


def word_on(message: Message) -> FamilyWord | None:
    """What the family said of an answer, read anew."""
    return FamilyWord.objects.filter(message=message).first()


def told_in(conversation: Conversation) -> list[Told]:
    """What people told each other in a thread, as `answered` reads it."""
    told = conversation.messages.exclude(direction=Message.Direction.AUTOMATIC)
    return [as_told(one) for one in without_tries(told).select_related("call")]


def as_told(message: Message) -> Told:
    """A message as `answered` reads it."""
    call = getattr(message, "call", None)
    return Told(
        number=message.pk,
        at=message.at,
        by_school=message.direction == Message.Direction.SCHOOL,
        names_a_day=message.holding_until is not None,
        asked=call is not None and call.inbound,
    )


def _check(conversation: Conversation, message: Message, at: datetime) -> None:
    # As it stood with this message: what came after it may not be in the family's sight yet.
    until_then = [one for one in told_in(conversation) if one.at <= message.at]
    if message.pk not in {one.number for one in answers_in(until_then)}:
        raise NotAnAnswer
    school = conversation.school
    window = school.settings.promises.did_not_answer_for
    if at > may_be_said_until(reply_calendar(school), message.at, window):
        raise TooLongAgo


def _open_again(conversation: Conversation, at: datetime) -> None:
    if conversation.state == State.CLOSED:
        closed = Closure.objects.filter(conversation=conversation, reopened_at=None)
        closed.update(reopened_at=at)
    move(conversation, Event.DID_NOT_ANSWER)
    find_somebody_here(conversation, at)


def _let_be(conversation: Conversation, said: FamilyWord, at: datetime) -> None:
    """What waited since the press waits no more; what waited before it waits on."""
    again = said.again
    if again is None or again.started_at < said.said_at:
        return
    runs = list(open_promises(conversation).values_list("pk", flat=True))
    spoken_since = any(one.at > said.said_at for one in told_in(conversation))
    if conversation.state != State.WITH_SCHOOL or spoken_since or runs != [again.pk]:
        raise InHandAlready
    clock.withdraw(promise=again, at=at)
    move(conversation, Event.SETTLED)
    save(conversation)


def _write(
    known: FamilyWord | None, message: Message, verdict: FamilyWord.Verdict, at: datetime
) -> FamilyWord:
    said = known or FamilyWord(school_id=message.school_id, message=message)
    said.verdict, said.said_at, said.withdrawn_at = verdict, at, None
    said.first = said.again = None
    return said


def _kept_by(conversation: Conversation, message: Message) -> Promise | None:
    """The promise that an answer, or a day named before it, has kept; none before any promise."""
    before = Q(subject=conversation.public_id, stopped_at__lte=message.at)
    kept = Promise.objects.filter(before | Q(stopped_by=message.public_id), kind__in=OF_AN_ANSWER)
    return kept.order_by("-stopped_at", "started_at").first()


def _tell_ledger(actor: Actor, verb: str, conversation: Conversation, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
