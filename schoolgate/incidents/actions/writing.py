"""Writing down what happened, once; it is told by a press of its own, and never edited."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from schoolgate.incidents.due import due_at, usual_home
from schoolgate.incidents.errors import InTheFuture, NobodyToTalkTo, NothingWritten
from schoolgate.incidents.models import Incident, WasThere
from schoolgate.incidents.wording import all_words
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.naming_others import Saying, check_names
from schoolgate.people.home_times import home_time_of
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.people.queries import has_access


@dataclass(frozen=True, kw_only=True)
class What:
    """What somebody writes down; `once` becomes the incident's own id, so twice is once."""

    pupil: Pupil
    kind: str
    happened_at: datetime
    place: str
    facts: str
    talk_to: TeamMember
    line: str = ""
    led_to_it: str = ""
    helped: str = ""
    was_hurt: bool = False
    injuries: str = ""
    lasted: int | None = None
    there: Sequence[TeamMember] = ()
    named_because: str = ""
    once: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def write(*, actor: Actor, member: TeamMember, what: What, at: datetime) -> Incident:
    """Write an incident down with the moment (UTC) by which it must be told (decision 10).

    Where another child may be named it waits for a reason (decision 17). Raises NothingWritten,
    InTheFuture, NobodyToTalkTo, OtherChildNamed.
    """
    known = Incident.objects.filter(public_id=what.once, written_by=member).first()
    if known:
        return known
    incident = _made(member, what, at)
    _check(incident, what, at)
    _check_names(actor, incident, what, at)
    incident.save()
    for one in dict.fromkeys(what.there):
        WasThere.objects.create(school=incident.school, incident=incident, member=one)
    record(
        actor=actor,
        verb="wrote down an incident",
        school_id=incident.school_id,
        about=("incident", incident.public_id),
        at=at,
        kind=incident.kind,
    )
    return incident


def due_of(pupil: Pupil, happened_at: datetime, written_at: datetime) -> datetime:
    """By when (UTC) what happened to a child then and is written now must be told."""
    rules = pupil.school.settings
    day = happened_at.astimezone(ZoneInfo(rules.timezone)).date()
    home = home_time_of(pupil, day) or usual_home(rules, day)
    return due_at(home=home, written_at=written_at)


def _made(member: TeamMember, what: What, at: datetime) -> Incident:
    return Incident(
        public_id=what.once,
        school=member.school,
        pupil=what.pupil,
        kind=what.kind,
        happened_at=what.happened_at,
        lasted=what.lasted,
        place=_clean(what.place),
        facts=_clean(what.facts),
        led_to_it=_clean(what.led_to_it),
        helped=_clean(what.helped),
        was_hurt=what.was_hurt or bool(_clean(what.injuries)),
        injuries=_clean(what.injuries),
        talk_to=what.talk_to,
        line=what.line,
        named_because=_clean(what.named_because),
        written_by=member,
        written_at=at,
        due_at=due_of(what.pupil, what.happened_at, at),
    )


def _check(incident: Incident, what: What, at: datetime) -> None:
    if not incident.facts or not incident.place:
        raise NothingWritten
    if incident.happened_at > at:
        raise InTheFuture
    if not has_access(incident.talk_to, at):
        raise NobodyToTalkTo


def _check_names(actor: Actor, incident: Incident, what: What, at: datetime) -> None:
    team = [*what.there, incident.talk_to, incident.written_by]
    saying = Saying(
        words=all_words(incident),
        own={incident.pupil_id},
        kind="incident",
        said_in=incident.public_id,
        adults=[one.name for one in team],
    )
    because = incident.named_because
    check_names(actor=actor, member=incident.written_by, saying=saying, because=because, at=at)


def _clean(words: str) -> str:
    return words.replace("\0", "").strip()
