"""Putting right: a correction stands below what was written, and goes to whom that was sent."""

import uuid
from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.opening_to import say_also
from schoolgate.incidents.actions.moving import locked
from schoolgate.incidents.errors import NothingWritten
from schoolgate.incidents.models import Correction, Incident, Telling
from schoolgate.incidents.wording import text_of_correction
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.naming_others import Saying, check_names
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Receives, TeamMember


@transaction.atomic
def correct(
    *,
    actor: Actor,
    member: TeamMember,
    incident: Incident,
    words: str,
    named_because: str = "",
    at: datetime,
) -> Correction:
    """Append a correction (UTC) and send it to every adult who has the first text and still may.

    Whoever is told later reads both. Raises NothingWritten, OtherChildNamed.
    """
    words, named_because = words.replace("\0", "").strip(), named_because.strip()
    if not words:
        raise NothingWritten
    incident = locked(incident)
    _check_names(actor, member, incident, words, named_because, at)
    made = Correction.objects.create(
        school=incident.school,
        incident=incident,
        words=words,
        named_because=named_because,
        by=member,
        at=at,
    )
    for telling in incident.tellings.select_related("carer", "conversation__school"):
        _send(actor, made, telling)
    record(
        actor=actor,
        verb="corrected an incident",
        school_id=incident.school_id,
        about=("incident", incident.public_id),
        at=at,
    )
    return made


def _check_names(
    actor: Actor, member: TeamMember, incident: Incident, words: str, because: str, at: datetime
) -> None:
    team = [*incident.there.all(), incident.talk_to, incident.written_by, member]
    saying = Saying(
        words=words,
        own={incident.pupil_id},
        # A correction of its own: a reason for the first text is none for what is added.
        kind="correction of an incident",
        said_in=uuid.uuid4(),
        adults=[one.name for one in team],
    )
    check_names(actor=actor, member=member, saying=saying, because=because, at=at)


def _send(actor: Actor, correction: Correction, telling: Telling) -> None:
    """Not to whom the first text never went, nor into a thread whose words a leader gives."""
    incident, thread = correction.incident, telling.conversation
    if thread is None or thread.guided:
        return
    if not may_receive(
        carer=telling.carer, pupil=incident.pupil, level=Receives.PROGRESS, at=correction.at
    ):
        return
    say_also(
        actor=actor,
        conversation=thread,
        member=correction.by,
        body=text_of_correction(correction, telling.carer),
        names_checked=True,
        at=correction.at,
    )
