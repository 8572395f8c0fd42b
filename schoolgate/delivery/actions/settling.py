"""Settling: the fate of parcels is written down, some hundred at a time, and told upward."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from schoolgate.delivery.actions.arrays import array, quoted
from schoolgate.delivery.actions.claiming import BACKOFF
from schoolgate.delivery.compose import TO_MANY
from schoolgate.delivery.models import Attempt, Content, Parcel
from schoolgate.delivery.outcomes import News, on_arrival, on_failure
from schoolgate.people.models import ContactRoute

WIPED = "(wiped once it had left)"
# What mail hosts say of an address that nobody has, or has any more (RFC 3463).
_NOBODY_THERE = re.compile(r"\b5\.(1\.(1|2|3|6|10)|2\.1)\b")
TWICE_IN_DOUBT = "It may have arrived: the answer was lost."

_ATTEMPTS = """
INSERT INTO delivery_attempt (school_id, parcel_id, begun_at, ended_at, outcome, said)
SELECT %(school)s, id, to_timestamp(begun), to_timestamp(ended), outcome, said
FROM unnest(%(ids)s::bigint[], %(begun)s::float8[], %(ended)s::float8[], %(outcomes)s::text[],
    %(said)s::text[]) AS row (id, begun, ended, outcome, said)
"""
# Given back meanwhile, a parcel can still be settled; claimed by another sorting, it is that one's.
# Each is found by its number, however many wait: a join, or a condition that an index on what waits
# could serve, is now and then planned as a walk through all of them.
_SENT = """
UPDATE delivery_parcel p
SET state = 'sent', ended_at = to_timestamp((%(ended)s::jsonb ->> p.id::text)::float8),
    sent_to = %(to)s::jsonb ->> p.id::text,
    reference = coalesce(%(references)s::jsonb ->> p.id::text, '')
WHERE p.id = ANY(%(ids)s::bigint[])
    AND CASE p.state WHEN 'claimed' THEN p.claimed_by = %(claimant)s ELSE p.state = 'waiting' END
RETURNING p.id, p.content_id
"""


@dataclass(slots=True)
class Outcome:
    """What came of one try: when (seconds since 1970), how, what was said, and to whom it went."""

    begun_at: float
    ended_at: float
    how: str
    said: str = ""
    to: str = ""
    reference: str = ""  # a provider's own number for the message


@transaction.atomic
def settle(
    *,
    school_id: int,
    outcomes: Mapping[int, Outcome],
    claimant: int,
    at: datetime,
    repeats_in_doubt: bool = True,
) -> int:
    """Write the outcomes of one claim (UTC), in the caller's transaction; how many were sent."""
    _record_attempts(school_id, outcomes)
    sent = _settle_sent(outcomes, claimant, at)
    others = {pk: one for pk, one in outcomes.items() if one.how != Attempt.Outcome.ACCEPTED}
    if others:
        _settle_others(others, claimant, at, repeats_in_doubt=repeats_in_doubt)
    return sent


def settle_failure(
    *, parcels: Sequence[Parcel], at: datetime, state: Parcel.State, because: str = ""
) -> None:
    """They will not arrive by this channel; the rooms above decide what that means (T15).

    What a digest held shares its fate.
    """
    if not parcels:
        return
    held = Parcel.objects.select_related("content", "school").filter(
        gathered_in__in=parcels, state=Parcel.State.GATHERED
    )
    ended = [*parcels, *held]
    for parcel in ended:
        parcel.state, parcel.ended_at, parcel.because = state, at, because or parcel.because
    Parcel.objects.bulk_update(ended, ["state", "ended_at", "because"])
    on_failure.tell(News(parcels=ended, at=at))


def end_unentitled(*, parcels: Iterable[int], at: datetime) -> None:
    """Claimed parcels that their person may not have any more, or never might (2.2-T5)."""
    found = list(Parcel.objects.select_related("content", "school").filter(pk__in=parcels))
    settle_failure(parcels=found, at=at, state=Parcel.State.NOT_ENTITLED)


def _record_attempts(school_id: int, outcomes: Mapping[int, Outcome]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _ATTEMPTS,
            {
                "school": school_id,
                "ids": array(outcomes),
                "begun": array(one.begun_at for one in outcomes.values()),
                "ended": array(one.ended_at for one in outcomes.values()),
                "outcomes": array(quoted(one.how) for one in outcomes.values()),
                "said": array(quoted(one.said[:300]) for one in outcomes.values()),
            },
        )


def _settle_sent(outcomes: Mapping[int, Outcome], claimant: int, at: datetime) -> int:
    sent = {pk: one for pk, one in outcomes.items() if one.how == Attempt.Outcome.ACCEPTED}
    if not sent:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _SENT,
            {
                "ids": array(sent),
                "ended": json.dumps({pk: one.ended_at for pk, one in sent.items()}),
                "to": json.dumps({pk: one.to for pk, one in sent.items()}),
                "references": json.dumps(
                    {pk: one.reference[:120] for pk, one in sent.items() if one.reference}
                ),
                "claimant": claimant,
            },
        )
        settled = cursor.fetchall()
    _tell_of_sent([pk for pk, _ in settled], {content for _, content in settled}, at)
    return len(settled)


def _tell_of_sent(parcels: Sequence[int], contents: set[int], at: datetime) -> None:
    """A sign-in code's words are wiped; what a person wrote to a person is told upward."""
    purposes = dict(Content.objects.filter(pk__in=contents).values_list("pk", "purpose"))
    codes = [pk for pk, purpose in purposes.items() if purpose == Content.Purpose.CODE]
    to_one = [pk for pk, purpose in purposes.items() if purpose not in TO_MANY]
    if codes:
        Content.objects.filter(pk__in=codes).update(text=WIPED)
    if Content.Purpose.DIGEST in purposes.values():
        held = Parcel.objects.filter(gathered_in__in=parcels, state=Parcel.State.GATHERED)
        held.update(state=Parcel.State.SENT, ended_at=at)
    if to_one:
        found = Parcel.objects.select_related("content").filter(pk__in=parcels, content__in=to_one)
        on_arrival.tell(News(parcels=list(found), at=at))


def _settle_others(
    outcomes: Mapping[int, Outcome], claimant: int, at: datetime, *, repeats_in_doubt: bool
) -> None:
    parcels = (
        Parcel.objects.select_for_update(of=("self",))
        .select_related("content", "school")
        .filter(pk__in=outcomes)
    )
    for parcel in parcels:
        if parcel.state == Parcel.State.WAITING or (
            parcel.state == Parcel.State.CLAIMED and parcel.claimed_by == claimant
        ):
            _settle_one(parcel, outcomes[parcel.pk], at, repeats_in_doubt=repeats_in_doubt)


def _settle_one(parcel: Parcel, outcome: Outcome, at: datetime, *, repeats_in_doubt: bool) -> None:
    in_doubt = outcome.how == Attempt.Outcome.IN_DOUBT
    parcel.doubts += in_doubt
    over = parcel.tries > len(BACKOFF) or outcome.how == Attempt.Outcome.PERMANENT
    too_doubtful = in_doubt and (parcel.doubts > 1 or not repeats_in_doubt)
    _note_dead_address(parcel, outcome, at)
    if over or too_doubtful:
        parcel.save(update_fields=["doubts"])
        because = TWICE_IN_DOUBT if too_doubtful else outcome.said
        settle_failure(parcels=[parcel], at=at, state=Parcel.State.FAILED, because=because[:300])
        return
    parcel.state, parcel.claimed_by = Parcel.State.WAITING, None
    parcel.next_try_at = at + _pause(parcel, in_doubt=in_doubt)
    parcel.save(update_fields=["state", "claimed_by", "next_try_at", "doubts"])


def _note_dead_address(parcel: Parcel, outcome: Outcome, at: datetime) -> None:
    """An address that nobody has fails from now; a refusal of these words says nothing of it."""
    if parcel.carer_id and outcome.to and _NOBODY_THERE.search(outcome.said):
        ContactRoute.objects.filter(
            carer=parcel.carer_id, value__iexact=outcome.to, ended_at=None, failing_since=None
        ).update(failing_since=at)


def _pause(parcel: Parcel, *, in_doubt: bool) -> timedelta:
    """How long until the next try; the one repeat of something in doubt comes at once."""
    return timedelta() if in_doubt else timedelta(minutes=BACKOFF[max(parcel.tries, 1) - 1])
