"""A family tells the school of today on the portal, by two presses (decision 1)."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.opening_today import TODAY, open_for_today
from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.models import Message
from schoolgate.ledger.actors import Actor
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Carer, Pupil, Receives
from schoolgate.today.actions.arriving import add, of_message
from schoolgate.today.actions.collecting import Other, ask_for_collection
from schoolgate.today.calendars import day_of_school
from schoolgate.today.errors import NameNeeded, NotThisChild, WordsNeeded
from schoolgate.today.kinds import Chosen, Kind
from schoolgate.today.models import Matter
from schoolgate.today.times import day_of, is_reply_promised
from schoolgate.today.wording import day_in_words


@dataclass(frozen=True)
class Told:
    """What a family says of today; `once` makes the same sending, pressed twice, one."""

    kind: Kind
    words: str = ""
    other: Other | None = None  # who collects
    once: uuid.UUID = field(default_factory=uuid.uuid4)
    known_device: bool = False  # signed in on it before today


@transaction.atomic
def tell_school(*, actor: Actor, carer: Carer, pupil: Pupil, told: Told, at: datetime) -> Matter:
    """Put it on the office's queue (UTC).

    It is for this school day until home time, else for the next. Raises NotThisChild, NameNeeded,
    WordsNeeded.
    """
    _check(carer, pupil, told, at)
    known = _told_already(carer, told)
    if known:
        return known
    day = day_of(at, day_of_school(carer.school, pupil))
    said = (_subject(told.kind, pupil, day), _words(told, pupil, day))
    matter = _put_on_the_queue(actor, _written(actor, carer, pupil, told, said, at), told, at)
    if told.other:
        ask_for_collection(
            actor=actor,
            matter=matter,
            other=told.other,
            known_device=told.known_device,
            at=at,
        )
    return matter


@transaction.atomic
def write_urgently(
    *, actor: Actor, carer: Carer, pupil: Pupil | None, told: Told, at: datetime
) -> Matter:
    """Write what cannot be rung about: a person sees it in minutes, and replies (decision 2).

    It is a conversation like any other, with its promise, and stands on the office's queue. Raises
    WordsNeeded, NotOneOfYours.
    """
    if not told.words.strip():
        raise WordsNeeded
    known = _told_already(carer, told)
    if known:
        return known
    said = (_("Something urgent"), told.words)
    message = _written(actor, carer, pupil, told, said, at)
    return _put_on_the_queue(actor, message, told, at)


def _check(carer: Carer, pupil: Pupil, told: Told, at: datetime) -> None:
    if not may_receive(carer=carer, pupil=pupil, level=Receives.GENERAL, at=at):
        raise NotThisChild
    if told.kind is Kind.COLLECTION and not (told.other and told.other.who.strip()):
        raise NameNeeded
    if told.kind in {Kind.TRANSPORT, Kind.HEALTH, Kind.OTHER} and not told.words.strip():
        raise WordsNeeded


def _told_already(carer: Carer, told: Told) -> Matter | None:
    """The same sending, pressed before."""
    return Matter.objects.filter(message__public_id=told.once, carer=carer).first()


def _written(
    actor: Actor,
    carer: Carer,
    pupil: Pupil | None,
    told: Told,
    said: tuple[str, str],
    at: datetime,
) -> Message:
    """It as a message in a thread of its own; a reply is owed where decision 1's table says so."""
    if not is_reply_promised(told.kind, Message.Channel.PORTAL, Chosen.FAMILY):
        return open_for_today(
            actor=actor, carer=carer, pupil=pupil, said=said, once=told.once, at=at
        )
    subject, words = said
    conversation = start(
        actor=actor,
        carer=carer,
        words=Words(body=words, at=at, once=told.once),
        pupil=pupil,
        subject=subject,
        topic="urgent" if told.kind is Kind.URGENT else TODAY,
    )
    return Message.objects.get(public_id=told.once, conversation=conversation)


def _put_on_the_queue(actor: Actor, message: Message, told: Told, at: datetime) -> Matter:
    return add(actor=actor, source=of_message(message), kind=told.kind, at=at, chosen=Chosen.FAMILY)


def _subject(kind: Kind, pupil: Pupil, day: date) -> str:
    name = pupil.called
    says = {
        Kind.ABSENCE: _("{name} is not coming in"),
        Kind.COLLECTION: _("Somebody else collects {name}"),
        Kind.TRANSPORT: _("How {name} travels"),
        Kind.HEALTH: _("{name}: health or medicine"),
        Kind.OTHER: _("{name}: for today"),
    }[kind]
    return f"{says.format(name=name)}, {day_in_words(day)}"


def _words(told: Told, pupil: Pupil, day: date) -> str:
    when = day_in_words(day)
    lines = []
    if told.kind is Kind.ABSENCE:
        lines.append(_("{name} is ill on {day}.").format(name=pupil.called, day=when))
    if told.other:
        lines.append(
            _("{who} collects {name} on {day}.").format(
                who=told.other.in_words(), name=pupil.called, day=when
            )
        )
    return "\n\n".join(filter(None, [*lines, told.words.strip()]))
