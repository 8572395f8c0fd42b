"""A family tells the school of today on the portal, by two presses (decision 1)."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.opening_today import open_for_today
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
from schoolgate.today.times import day_of
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
def tell_school(
    *, actor: Actor, carer: Carer, pupil: Pupil, told: Told, at: datetime
) -> tuple[Matter, bool]:
    """Put it on the office's queue (UTC); also whether its words speak of danger.

    It is for this school day until home time, else for the next. Raises NotThisChild, NameNeeded,
    WordsNeeded.
    """
    _check(carer, pupil, told, at)
    known = Matter.objects.filter(message__public_id=told.once, carer=carer).first()
    if known:
        return known, False
    day = day_of(at, day_of_school(carer.school))
    message, danger = open_for_today(
        actor=actor,
        carer=carer,
        pupil=pupil,
        said=(_subject(told.kind, pupil, day), _words(told, pupil, day)),
        once=told.once,
        at=at,
    )
    matter = add(
        actor=actor, source=of_message(message), kind=told.kind, at=at, chosen=Chosen.FAMILY
    )
    if told.other:
        ask_for_collection(
            actor=actor,
            matter=matter,
            other=told.other,
            known_device=told.known_device,
            at=at,
        )
    return matter, danger


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
    known = Matter.objects.filter(message__public_id=told.once, carer=carer).first()
    if known:
        return known
    conversation = start(
        actor=actor,
        carer=carer,
        words=Words(body=told.words, at=at, once=told.once),
        pupil=pupil,
        subject=_("Something urgent"),
        topic="urgent",
    )
    message = Message.objects.get(public_id=told.once, conversation=conversation)
    return add(
        actor=actor, source=of_message(message), kind=Kind.URGENT, at=at, chosen=Chosen.FAMILY
    )


def _check(carer: Carer, pupil: Pupil, told: Told, at: datetime) -> None:
    if not may_receive(carer=carer, pupil=pupil, level=Receives.GENERAL, at=at):
        raise NotThisChild
    if told.kind is Kind.COLLECTION and not (told.other and told.other.who.strip()):
        raise NameNeeded
    if told.kind in {Kind.TRANSPORT, Kind.HEALTH, Kind.OTHER} and not told.words.strip():
        raise WordsNeeded


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
