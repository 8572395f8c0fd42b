"""News of the post room: parcels arrived, or did not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.models import Carer
from schoolgate.school.hooks import Hook


@dataclass(frozen=True)
class News:
    """Parcels of one school and the moment (UTC) at which their fate was known."""

    parcels: Sequence[Parcel]
    at: datetime


@dataclass(frozen=True)
class Confirmed:
    """Somebody said that they have heard something, by which way, and when (UTC)."""

    content: Content
    carer: Carer
    at: datetime
    way: str


# What went to many is told only where it did not arrive: who wants its arrivals counts the rows.
on_arrival: Hook[[News]] = Hook("delivery.outcomes.on_arrival")
on_failure: Hook[[News]] = Hook("delivery.outcomes.on_failure")
on_confirmation: Hook[[Confirmed]] = Hook("delivery.outcomes.on_confirmation")
