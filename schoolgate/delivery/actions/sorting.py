"""Sorting: claim what is due, judge each parcel once more, hand it over, write down what was said.

Rows first, network second, and no transaction is held while waiting for another machine.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from schoolgate.delivery.actions.settling import settle_failure, settle_sent
from schoolgate.delivery.channel import Channel, Letter
from schoolgate.delivery.channels.email.channel import channel_for
from schoolgate.delivery.compose import letter_for
from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater
from schoolgate.delivery.models import Attempt, Parcel
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Receives
from schoolgate.people.queries import has_access
from schoolgate.school.named_points import reached
from schoolgate.school.tenancy import one_school

BATCH = 50
# Minutes until the next try; after the last one it has failed and somebody is told.
BACKOFF = (1, 2, 5, 15, 30, 60, 120, 240, 480, 960)


def sort(*, school_id: int) -> int:
    """Hand over every parcel of a school that is due; how many left."""
    channel, sent = channel_for(), 0
    try:
        while claimed := claim(school_id=school_id, at=timezone.now()):
            reached("after claim")
            for parcel_id in claimed:
                sent += hand_over(school_id=school_id, parcel_id=parcel_id, channel=channel)
    finally:
        channel.close()
    return sent


def claim(*, school_id: int, at: datetime) -> list[int]:
    """Claim up to a batch of due parcels by one UPDATE; workers never claim the same one."""
    with one_school(school_id):
        due = (
            Parcel.objects.select_for_update(skip_locked=True)
            .filter(
                school_id=school_id,
                state=Parcel.State.WAITING,
                channel=Parcel.Channel.EMAIL,
                next_try_at__lte=at,
            )
            .order_by("next_try_at")
        )
        ids = list(due.values_list("pk", flat=True)[:BATCH])
        Parcel.objects.filter(pk__in=ids).update(
            state=Parcel.State.CLAIMED, claimed_at=at, tries=F("tries") + 1
        )
    return ids


def hand_over(*, school_id: int, parcel_id: int, channel: Channel) -> bool:
    """Send one claimed parcel and record the outcome; whether it left."""
    prepared = _prepare(school_id, parcel_id)
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
        _record(parcel_id, attempt_id, said, refusal, timezone.now())
        reached("before commit")
    return refusal is None


def _prepare(school_id: int, parcel_id: int) -> tuple[Letter, int] | None:
    """The letter and its attempt's row, committed before the network is touched."""
    at = timezone.now()
    with one_school(school_id):
        parcel = Parcel.objects.select_related(
            "content", "content__about", "carer", "member", "school"
        ).get(pk=parcel_id)
        if parcel.state != Parcel.State.CLAIMED:
            return None
        if not still_entitled(parcel, at):
            settle_failure(parcel=parcel, at=at, state=Parcel.State.NOT_ENTITLED)
            return None
        attempt = Attempt.objects.create(school_id=school_id, parcel=parcel, begun_at=at)
        try:
            return letter_for(parcel), attempt.pk
        except Refused as refusal:
            _record(parcel_id, attempt.pk, str(refusal), refusal, at)
            return None


def still_entitled(parcel: Parcel, at: datetime) -> bool:
    """Judge at the moment of sending whether this person may have it (Clause 2.2-T5)."""
    if parcel.carer:
        return may_receive(
            carer=parcel.carer,
            pupil=parcel.content.about,
            level=Receives(parcel.content.level),
            at=at,
        )
    return parcel.member is None or has_access(parcel.member, at)


def _record(
    parcel_id: int, attempt_id: int, said: str, refusal: DeliveryError | None, at: datetime
) -> None:
    parcel = (
        Parcel.objects.select_for_update().select_related("content", "school").get(pk=parcel_id)
    )
    Attempt.objects.filter(pk=attempt_id).update(
        ended_at=at, said=said[:300], outcome=_outcome(refusal)
    )
    if refusal is None:
        settle_sent(parcel=parcel, at=at)
    elif refusal.permanent or parcel.tries > len(BACKOFF):
        settle_failure(parcel=parcel, at=at, state=Parcel.State.FAILED)
    else:
        parcel.state = Parcel.State.WAITING
        parcel.next_try_at = at + timedelta(minutes=BACKOFF[parcel.tries - 1])
        parcel.save(update_fields=["state", "next_try_at"])


def _outcome(refusal: DeliveryError | None) -> Attempt.Outcome:
    if refusal is None:
        return Attempt.Outcome.ACCEPTED
    if isinstance(refusal, AnswerLost):
        return Attempt.Outcome.IN_DOUBT
    return Attempt.Outcome.TEMPORARY if isinstance(refusal, TryLater) else Attempt.Outcome.PERMANENT


def recover_claims(*, school_id: int, at: datetime, older_than: timedelta) -> int:
    """Give back the claims of a worker that died; an unanswered try is written down as in doubt."""
    with one_school(school_id):
        stuck = list(
            Parcel.objects.select_for_update(skip_locked=True).filter(
                Q(claimed_at__lt=at - older_than), school_id=school_id, state=Parcel.State.CLAIMED
            )
        )
        Attempt.objects.filter(parcel__in=stuck, outcome="").update(
            outcome=Attempt.Outcome.IN_DOUBT, ended_at=at, said="the worker ended before the answer"
        )
        Parcel.objects.filter(pk__in=[parcel.pk for parcel in stuck]).update(
            state=Parcel.State.WAITING, next_try_at=at
        )
    return len(stuck)
