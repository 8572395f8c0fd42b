"""Hearing: a provider tells that a mail of ours came back, or that somebody called it spam."""

import uuid
from datetime import datetime

from schoolgate.announcements.actions.optional_news import stop_news
from schoolgate.delivery.actions.bouncing import bounce
from schoolgate.delivery.models import Parcel
from schoolgate.inbound.feeding.providers import Told
from schoolgate.ledger.actors import SYSTEM
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


def hear(*, told: Told, at: datetime) -> bool:
    """Write it down at whichever school the mail was from (UTC); whether any has such a mail."""
    try:
        key = uuid.UUID(told.key)
    except ValueError:
        return False
    return any(_hear_at(school, key, told, at) for school in School.objects.all())


def _hear_at(school: School, key: uuid.UUID, told: Told, at: datetime) -> bool:
    with one_school(school.pk):
        parcels = Parcel.objects.filter(school=school, channel=Parcel.Channel.EMAIL)
        parcel = parcels.select_related("carer__school").filter(public_id=key).first()
        if parcel is None:
            return False
        if told.came_back:
            bounce(parcel=parcel, at=at)
        if told.is_complaint and parcel.carer:
            stop_news(actor=SYSTEM, carer=parcel.carer, way="complaint to the provider", at=at)
        return True
