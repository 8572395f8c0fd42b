"""News of the post room: a parcel arrived, or did not."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.delivery.models import Parcel
from schoolgate.school.hooks import Hook


@dataclass(frozen=True)
class News:
    """One parcel and the moment (UTC) at which its fate was known."""

    parcel: Parcel
    at: datetime


on_arrival: Hook[[News]] = Hook("delivery.outcomes.on_arrival")
on_failure: Hook[[News]] = Hook("delivery.outcomes.on_failure")
