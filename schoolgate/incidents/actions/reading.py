"""A second reader: somebody else looks at the words. Telling in time never waits for it."""

from datetime import datetime

from django.db import transaction

from schoolgate.incidents.actions.alerting import alert
from schoolgate.incidents.errors import NobodyToTalkTo, NothingWritten, NotTheReader
from schoolgate.incidents.models import Incident, SecondReading
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import has_access


@transaction.atomic
def ask_to_read(
    *, actor: Actor, member: TeamMember, incident: Incident, reader: TeamMember, at: datetime
) -> SecondReading:
    """Ask a colleague to read it (UTC); they see it from now on. Raises NobodyToTalkTo."""
    if not has_access(reader, at):
        raise NobodyToTalkTo
    asked, is_new = SecondReading.objects.get_or_create(
        incident=incident,
        reader=reader,
        defaults={"school": incident.school, "asked_by": member, "asked_at": at},
    )
    if is_new:
        alert(incident.school, [reader], at)
        _tell_ledger(actor, "asked for a second reading", incident, at)
    return asked


@transaction.atomic
def note_reading(
    *, actor: Actor, member: TeamMember, incident: Incident, words: str, at: datetime
) -> SecondReading:
    """Write down what the second reader says (UTC); the team alone reads it.

    Raises NotTheReader, NothingWritten.
    """
    asked = SecondReading.objects.filter(incident=incident, reader=member).first()
    if asked is None:
        raise NotTheReader
    if not words.strip():
        raise NothingWritten
    asked.words, asked.read_at = words.replace("\0", "").strip(), at
    asked.save(update_fields=["words", "read_at"])
    _tell_ledger(actor, "read an incident for a colleague", incident, at)
    return asked


def _tell_ledger(actor: Actor, verb: str, incident: Incident, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=incident.school_id,
        about=("incident", incident.public_id),
        at=at,
    )
