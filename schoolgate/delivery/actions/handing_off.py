"""Handing off: at a school whose email goes by iSAMS the office sends it there and says so here."""

from datetime import datetime

from django.db import transaction

from schoolgate.delivery.errors import NotOwed
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.outcomes import News, on_arrival
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor


@transaction.atomic
def record_hand_off(*, actor: Actor, parcel: Parcel, reference: str, at: datetime) -> Parcel:
    """Record that iSAMS sent an owed email, with its reference (Clause 2.1-M2a). Raises NotOwed."""
    parcel = Parcel.objects.select_for_update().get(pk=parcel.pk)
    if parcel.state != Parcel.State.OWED:
        raise NotOwed
    parcel.state, parcel.ended_at, parcel.reference = Parcel.State.HANDED_OFF, at, reference
    parcel.save(update_fields=["state", "ended_at", "reference"])
    record(
        actor=actor,
        verb="recorded a hand-off",
        school_id=parcel.school_id,
        about=("parcel", parcel.pk),
        at=at,
        reference=reference,
    )
    on_arrival.tell(News(parcels=[parcel], at=at))
    return parcel
