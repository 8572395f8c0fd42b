"""`schoolgate doctor` says when no sender of late could be checked."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from django.utils import timezone

from config.verbs.doctor_senders import ENOUGH, senders
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.mails import from_carer, written
from schoolgate.inbound.tests.taking import taken
from schoolgate.rehearsal.cast import Cast


def test_a_school_whose_senders_can_not_be_told_is_named(medway: Cast) -> None:
    for _ in range(ENOUGH):
        taken(
            medway,
            written(from_carer(medway, "nina"), medway.school.inbound_address),
            at=timezone.now(),
        )
    assert "Medway Green" in " ".join(senders())
    Arrival.objects.filter(pk=Arrival.objects.latest("pk").pk).update(authentication="passed")
    assert senders() == []
