"""Putting right: a correction stands below what was written, and goes to whom that was sent."""

from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.opening_to import say_also
from schoolgate.incidents.actions.moving import locked
from schoolgate.incidents.errors import NothingWritten, OtherChildNamed
from schoolgate.incidents.models import Correction, Incident, Telling
from schoolgate.incidents.wording import text_of_correction
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Receives, TeamMember
from schoolgate.people.naming import other_children_in


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
    team = [*incident.there.all(), incident.talk_to, incident.written_by, member]
    named = other_children_in(words, incident.pupil, team)
    if named and not named_because:
        raise OtherChildNamed(OtherChildNamed.__doc__, ", ".join(named))
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
        at=correction.at,
    )
