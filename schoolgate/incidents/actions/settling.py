"""A person tells an adult by voice, and writes down what was said: that settles it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolgate.incidents.actions.moving import locked_telling, move
from schoolgate.incidents.errors import SayHow
from schoolgate.incidents.models import Telling
from schoolgate.incidents.states import Event
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember


@dataclass(frozen=True)
class Spoken:
    """By which way, and what was said."""

    way: str
    words: str


@transaction.atomic
def settle(
    *, actor: Actor, member: TeamMember, telling: Telling, spoken: Spoken, at: datetime
) -> Telling:
    """Write down that somebody was told by telephone or in person (UTC, decision 10).

    Raises SayHow, NotFromHere.
    """
    words = spoken.words.replace("\0", "").strip()
    if not words or spoken.way not in Telling.Way.values:
        raise SayHow
    telling = locked_telling(telling)
    move(telling, Event.SPOKEN, at)
    telling.spoken_by, telling.way, telling.words = member, spoken.way, words
    telling.save()
    record(
        actor=actor,
        verb="told of an incident by voice",
        school_id=telling.school_id,
        about=("incident", telling.incident.public_id),
        at=at,
        carer=telling.carer_id,
        way=spoken.way,
    )
    return telling
