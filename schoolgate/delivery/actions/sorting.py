"""Sorting: claim what is due, judge each parcel once more, hand it over, write down what was said.

Rows first, network second, and no transaction is held while waiting for another machine.
"""

import logging
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from schoolgate.delivery.actions.claiming import (
    BACKOFF,
    claim,
    claimant,
    claimed_parcel,
    is_held,
)
from schoolgate.delivery.actions.settling import settle_failure, settle_sent
from schoolgate.delivery.channel import Channel, Letter
from schoolgate.delivery.channels.email.channel import channel_for
from schoolgate.delivery.compose import letter_for
from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater
from schoolgate.delivery.models import Attempt, Parcel
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Receives
from schoolgate.people.queries import has_access, may_be_emailed
from schoolgate.school.named_points import reached
from schoolgate.school.tenancy import one_school

logger = logging.getLogger(__name__)


def sort(*, school_id: int) -> int:
    """Hand over every parcel of a school that is due; how many left."""
    channel, sent = channel_for(), 0
    try:
        with claimant() as number:
            while ids := claim(school_id=school_id, at=timezone.now(), claimant=number):
                reached("after claim")
                for parcel_id in ids:
                    sent += hand_over(
                        school_id=school_id, parcel_id=parcel_id, channel=channel, claimant=number
                    )
    finally:
        channel.close()
    return sent


def hand_over(*, school_id: int, parcel_id: int, channel: Channel, claimant: int) -> bool:
    """Send one claimed parcel and record the outcome; whether it left."""
    prepared = _prepare(school_id, parcel_id, claimant)
    if prepared is None:
        return False
    letter, attempt_id = prepared
    reached("before sending")
    try:
        said, refusal = channel.send(letter), None
    except DeliveryError as error:
        said, refusal = str(error), error
    reached("after DATA")
    with one_school(school_id):
        _record(parcel_id, attempt_id, claimant, said, refusal)
        reached("before commit")
    return refusal is None


def _prepare(school_id: int, parcel_id: int, claimant: int) -> tuple[Letter, int] | None:
    """The letter and its attempt's row, committed before the network is touched."""
    at = timezone.now()
    with one_school(school_id):
        parcel = claimed_parcel(parcel_id, claimant=claimant, at=at)
        if parcel is None:
            return None
        if not still_entitled(parcel, at):
            settle_failure(parcel=parcel, at=at, state=Parcel.State.NOT_ENTITLED)
            return None
        attempt = Attempt.objects.create(school_id=school_id, parcel=parcel, begun_at=at)
        try:
            return letter_for(parcel), attempt.pk
        except (OperationalError, InterfaceError):
            raise
        except Refused as refusal:
            _record(parcel_id, attempt.pk, claimant, str(refusal), refusal)
        except Exception as failure:
            # One letter that can't be written must not hold up the others.
            logger.exception("Parcel %s could not be written.", parcel.public_id)
            later = TryLater(type(failure).__name__)
            _record(parcel_id, attempt.pk, claimant, str(later), later)
        return None


def still_entitled(parcel: Parcel, at: datetime) -> bool:
    """Judge at the moment of sending whether this person may have it (Clause 2.2-T5, T4)."""
    if parcel.member is None and not may_be_emailed(
        school_id=parcel.school_id, carer=parcel.carer, address=parcel.address
    ):
        return False
    if parcel.carer:
        return may_receive(
            carer=parcel.carer,
            pupil=parcel.content.about,
            level=Receives(parcel.content.level),
            at=at,
        )
    return parcel.member is None or has_access(parcel.member, at)


def _record(
    parcel_id: int, attempt_id: int, claimant: int, said: str, refusal: DeliveryError | None
) -> None:
    at = timezone.now()
    parcel = (
        Parcel.objects.select_for_update(of=("self",))
        .select_related("content", "school")
        .get(pk=parcel_id)
    )
    Attempt.objects.filter(pk=attempt_id).update(
        ended_at=at, said=said[:300], outcome=_outcome(refusal)
    )
    # Given back meanwhile, it can still be settled; claimed by another sorting, it is that one's.
    if not is_held(parcel, claimant) and parcel.state != Parcel.State.WAITING:
        return
    if refusal is None:
        settle_sent(parcel=parcel, at=at)
    elif refusal.permanent or parcel.tries > len(BACKOFF):
        settle_failure(parcel=parcel, at=at, state=Parcel.State.FAILED)
    else:
        parcel.state, parcel.claimed_by = Parcel.State.WAITING, None
        parcel.next_try_at = at + timedelta(minutes=BACKOFF[max(parcel.tries, 1) - 1])
        parcel.save(update_fields=["state", "claimed_by", "next_try_at"])


def _outcome(refusal: DeliveryError | None) -> Attempt.Outcome:
    if refusal is None:
        return Attempt.Outcome.ACCEPTED
    if isinstance(refusal, AnswerLost):
        return Attempt.Outcome.IN_DOUBT
    return Attempt.Outcome.TEMPORARY if isinstance(refusal, TryLater) else Attempt.Outcome.PERMANENT
