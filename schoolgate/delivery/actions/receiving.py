"""Receiving: what a provider says later of something that it took, and what somebody pressed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from schoolgate.delivery.actions.claiming import InHand
from schoolgate.delivery.actions.judging import Those, judge
from schoolgate.delivery.actions.settling import settle_failure
from schoolgate.delivery.compose import Composer
from schoolgate.delivery.held import parcels_that_wait
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.outcomes import Confirmed, News, on_arrival, on_confirmation
from schoolgate.delivery.wording.spoken import Script
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.models import ContactRoute
from schoolgate.people.telephone import same_number
from schoolgate.school.models import School

NUMBERS = (ContactRoute.Kind.MOBILE, ContactRoute.Kind.PHONE)


class Fate(StrEnum):
    """What a receipt says."""

    ARRIVED = "arrived"
    FAILED = "failed"
    UNDER_WAY = "under way"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt: the key that the letter went out with, and what became of it."""

    key: str
    fate: Fate
    because: str = ""
    is_dead: bool = False  # the number itself can't be reached any more


@transaction.atomic
def receive(*, receipt: Receipt, at: datetime) -> bool:
    """Write a receipt down, at the school in sight (UTC); whether it has such a parcel.

    The same receipt a second time changes nothing, and none takes back that something arrived.
    """
    parcel = (
        Parcel.objects.select_for_update(of=("self",))
        .select_related("content", "school")
        .filter(public_id=receipt.key)
        .first()
    )
    if parcel is None:
        return False
    if receipt.fate == Fate.ARRIVED and parcel.arrived_at is None:
        _arrive(parcel, at)
    elif receipt.fate == Fate.FAILED and parcel.arrived_at is None:
        _fail(parcel, receipt, at)
    return True


@transaction.atomic
def confirm(*, parcel: Parcel, at: datetime) -> None:
    """Somebody who was rung pressed 1 (UTC); told upward once."""
    parcel = (
        Parcel.objects.select_for_update(of=("self",))
        .select_related("content", "carer", "school")
        .get(pk=parcel.pk)
    )
    if parcel.carer is None or parcel.arrived_at is not None:
        return
    _arrive(parcel, at)
    on_confirmation.tell(
        Confirmed(content=parcel.content, carer=parcel.carer, at=at, way=parcel.channel)
    )


def note_confirmation(confirmed: Confirmed) -> None:
    """Keep in the ledger that somebody said they have heard something."""
    record(
        actor=SYSTEM,
        verb="heard and confirmed",
        school_id=confirmed.content.school_id,
        about=("content", confirmed.content.pk),
        at=confirmed.at,
        carer=confirmed.carer.pk,
        way=confirmed.way,
    )


def script_for(*, parcel: Parcel, school: School, at: datetime) -> Script | None:
    """What a call says, judged again when somebody picks up (UTC); nothing to those who may not."""
    contents: dict[int, Content] = {}
    judgement = judge(
        claim=Those(school.pk, parcel.channel, (parcel.pk,)),
        parcels=[InHand.of(parcel)],
        at=at,
        contents=contents,
    )[parcel.pk]
    if judgement.person is None:
        return None
    if parcels_that_wait([parcel.pk], at):
        return None
    return Composer(school, parcel.channel).script(judgement.content, judgement.person)


def _arrive(parcel: Parcel, at: datetime) -> None:
    """It is there; also where its answer was lost or is not written yet."""
    was_sent = parcel.state == Parcel.State.SENT
    parcel.arrived_at = at
    if parcel.state in _OPEN:
        parcel.state, parcel.claimed_by = Parcel.State.SENT, None
        parcel.ended_at, parcel.because = at, ""
    parcel.save(update_fields=["arrived_at", "state", "claimed_by", "ended_at", "because"])
    _route_works(parcel)
    if not was_sent and parcel.state == Parcel.State.SENT:
        on_arrival.tell(News(parcels=[parcel], at=at))


# What may yet turn out to have arrived.
_OPEN = {Parcel.State.WAITING, Parcel.State.CLAIMED, Parcel.State.FAILED}


def _fail(parcel: Parcel, receipt: Receipt, at: datetime) -> None:
    if receipt.is_dead:
        for route in _routes(parcel):
            if route.failing_since is None:
                route.failing_since = at
                route.save(update_fields=["failing_since"])
    if parcel.state in {Parcel.State.SENT, Parcel.State.CLAIMED}:
        settle_failure(
            parcels=[parcel], at=at, state=Parcel.State.FAILED, because=receipt.because[:300]
        )


def _route_works(parcel: Parcel) -> None:
    for route in _routes(parcel):
        if route.failing_since is not None:
            route.failing_since = None
            route.save(update_fields=["failing_since"])


def _routes(parcel: Parcel) -> list[ContactRoute]:
    """The number that it went to, as far as it is still the person's."""
    if parcel.carer_id is None or not parcel.sent_to:
        return []
    current = ContactRoute.objects.select_for_update().filter(
        carer=parcel.carer_id, kind__in=NUMBERS, ended_at=None
    )
    return [route for route in current if same_number(route.value, parcel.sent_to)]
