"""Bouncing: an email that was accepted came back after all."""

from datetime import datetime

from django.db import transaction

from schoolgate.delivery.actions.settling import settle_failure
from schoolgate.delivery.models import Parcel
from schoolgate.people.models import ContactRoute

CAME_BACK = "The email came back."


@transaction.atomic
def bounce(*, parcel: Parcel, at: datetime) -> None:
    """Record that a sent email came back: it has not arrived, and its route is failing (UTC)."""
    parcel = (
        Parcel.objects.select_for_update().select_related("content", "school").get(pk=parcel.pk)
    )
    if parcel.state not in {Parcel.State.SENT, Parcel.State.HANDED_OFF}:
        return
    ContactRoute.objects.filter(
        carer=parcel.carer, kind=ContactRoute.Kind.EMAIL, value__iexact=parcel.sent_to
    ).update(failing_since=at)
    settle_failure(parcels=[parcel], at=at, state=Parcel.State.FAILED, because=CAME_BACK)
