"""At 16 special-needs rights pass to the young person: who receives what is reviewed with them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import TooYoung
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.people.queries import is_sixteen


@transaction.atomic
def record_review(*, actor: Actor, by: TeamMember, pupil: Pupil, at: datetime) -> Pupil:
    """Record that a young person was asked who receives what (UTC, decision 19).

    It changes nothing that anybody receives. Raises TooYoung.
    """
    pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
    if not is_sixteen(pupil, timezone.localtime(at).date()):
        raise TooYoung
    pupil.rights_reviewed_at, pupil.rights_reviewed_by = at, by
    pupil.save(update_fields=["rights_reviewed_at", "rights_reviewed_by"])
    record(
        actor=actor,
        verb="reviewed who receives what",
        school_id=pupil.school_id,
        about=("pupil", pupil.pk),
        at=at,
    )
    return pupil
