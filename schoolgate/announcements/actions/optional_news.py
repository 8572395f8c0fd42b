"""Optional news: agreed to, and ended in one press; service messages never stop by it (PECR)."""

from datetime import datetime

from django.db import transaction

from schoolgate.announcements.actions.recalling import NOT_GONE
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, NewsConsent


@transaction.atomic
def agree_to_news(*, actor: Actor, carer: Carer, way: str, at: datetime) -> None:
    """Let a carer have optional news from now on (UTC); agreeing twice changes nothing."""
    _, is_new = NewsConsent.objects.get_or_create(
        school_id=carer.school_id,
        carer=carer,
        ended_at=None,
        defaults={"given_at": at, "given_by": way},
    )
    if is_new:
        _record(actor, "agreed to optional news", carer, at)


@transaction.atomic
def stop_news(*, actor: Actor, carer: Carer, way: str, at: datetime) -> None:
    """End optional news for a carer at once (UTC); what waits for them stays here.

    Stopping twice changes nothing. Service messages go on.
    """
    agreed = NewsConsent.objects.filter(carer=carer, ended_at=None)
    if not agreed.update(ended_at=at, ended_by=way):
        return
    Parcel.objects.filter(
        school_id=carer.school_id,
        carer=carer,
        content__purpose=Content.Purpose.NEWS,
        state__in=NOT_GONE,
    ).update(state=Parcel.State.TAKEN_BACK, ended_at=at)
    _record(actor, "ended optional news", carer, at)


def _record(actor: Actor, verb: str, carer: Carer, at: datetime) -> None:
    record(actor=actor, verb=verb, school_id=carer.school_id, about=("carer", carer.pk), at=at)
