"""What waits because somebody is held back (decision 5): it stays as it is, and nobody is told."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import BooleanField, F, Func, QuerySet, Value

from schoolgate.delivery.models import Parcel
from schoolgate.people.holding import anybody_waits


def parcels_that_wait(parcels: Collection[int], at: datetime) -> set[int]:
    """Which of some parcels wait at a moment (UTC), in the school in sight."""
    if not parcels or not anybody_waits(at):
        return set()
    rows = Parcel.objects.filter(pk__in=parcels, carer__isnull=False)
    return set(rows.filter(_waits("pk", at)).values_list("pk", flat=True))


def that_may_go(rows: QuerySet[Parcel], at: datetime) -> QuerySet[Parcel]:
    """Parcels without those that wait at a moment (UTC), in the school in sight."""
    return rows.exclude(_waits("pk", at)) if anybody_waits(at) else rows


def _waits(number: str, at: datetime) -> Func:
    return Func(F(number), Value(at), function="delivery_waits", output_field=BooleanField())
