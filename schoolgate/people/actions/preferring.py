"""A carer says how they wish to hear from the school (Clause 2.1-M0)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import HalfQuietHours
from schoolgate.people.models import Carer, Preference


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What they said; an empty order is the usual one. Quiet hours are in the school's zone."""

    orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    quiet_from: time | None = None
    quiet_until: time | None = None
    digest: str = ""
    paused_rooms: Sequence[str] = ()
    fixed_phrases: bool = False


@transaction.atomic
def prefer(*, actor: Actor, carer: Carer, wishes: Wishes, at: datetime) -> Preference:
    """Keep how they wish to hear, from now on (UTC). Raises HalfQuietHours."""
    if (wishes.quiet_from is None) != (wishes.quiet_until is None):
        raise HalfQuietHours
    preference, _ = Preference.objects.update_or_create(
        carer=carer,
        defaults={
            "school_id": carer.school_id,
            "orders": {kind: list(order) for kind, order in wishes.orders.items() if order},
            "quiet_from": wishes.quiet_from,
            "quiet_until": wishes.quiet_until,
            "digest": wishes.digest,
            "paused_rooms": list(wishes.paused_rooms),
            "fixed_phrases": wishes.fixed_phrases,
            "said_at": at,
        },
    )
    record(
        actor=actor,
        verb="said how they wish to hear",
        school_id=carer.school_id,
        about=("carer", carer.pk),
        at=at,
    )
    return preference
