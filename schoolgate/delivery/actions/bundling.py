"""Bundling: what iSAMS is to send of one content, prepared at once and marked sent at once.

Who may have it is judged by the sorter's own rule, when a bundle is prepared, whenever it is
downloaded, and once more when the office says that it was sent (Clause 2.1-M2a, decision 11).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from schoolgate.delivery.actions.claiming import InHand
from schoolgate.delivery.actions.judging import Those, judge
from schoolgate.delivery.actions.settling import end_unentitled, settle_failure
from schoolgate.delivery.compose import TO_MANY, Person
from schoolgate.delivery.errors import BundleClosed, NobodyLeft, SomeLostIt
from schoolgate.delivery.held import parcels_that_wait, that_may_go
from schoolgate.delivery.models import Bundle, Content, Parcel
from schoolgate.delivery.outcomes import News, on_arrival
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor

OWED = Parcel.State.OWED
NOT_IN_ISAMS = "iSAMS does not know them."


@dataclass(frozen=True, slots=True)
class Judged:
    """Owed parcels: whom each may go to, and those that may go to nobody any more."""

    people: dict[int, Person]
    lost: list[int]


def judged_now(*, school_id: int, parcels: Sequence[Parcel], at: datetime) -> Judged:
    """Judge owed parcels at a moment (UTC), as if they were to leave now."""
    owed = Those(school_id, Parcel.Channel.EMAIL, tuple(one.pk for one in parcels))
    found = judge(claim=owed, parcels=[_in_hand(one) for one in parcels], at=at, contents={})
    people = {pk: one.person for pk, one in found.items() if one.person}
    return Judged(people, [one.pk for one in parcels if one.pk not in people])


@transaction.atomic
def prepare(*, actor: Actor, content: Content, at: datetime) -> list[Bundle]:
    """Make a bundle of what is owed of a content, one for each set of words (UTC).

    Who may not have it ends there as no longer entitled. Raises NobodyLeft.
    """
    rows = that_may_go(_owed_of(content).filter(bundle=None), at)
    owed = list(rows.select_for_update(of=("self",)))
    judged = judged_now(school_id=content.school_id, parcels=owed, at=at)
    end_unentitled(parcels=judged.lost, at=at)
    written = set(content.other_words.values_list("language", flat=True))
    parts: dict[str, list[int]] = defaultdict(list)
    for parcel, person in judged.people.items():
        parts[person.language if person.language in written else ""].append(parcel)
    bundles = [_bundle(actor, content, language, parts[language], at) for language in sorted(parts)]
    if not bundles and not owed:
        raise NobodyLeft
    return bundles


@transaction.atomic
def mark_sent(
    *, actor: Actor, bundle: Bundle, reference: str, at: datetime,
    taken_out: Collection[int] = (), went: Collection[int] = (),
) -> int:  # fmt: skip
    """Record that iSAMS sent a bundle, with its reference; how many it reached (UTC, 2.1-M2a).

    `taken_out` and `went` are parcels whose people lost it since it was prepared: taken out by
    hand before it was sent, or gone all the same. Whom iSAMS does not know was not reached.
    Raises BundleClosed, NobodyLeft, and SomeLostIt while it is not said of each which of the two.
    """
    held = _locked(bundle)
    _keep_back(held, at)
    owed = list(_owed_of(held.content).filter(bundle=held).select_for_update(of=("self",)))
    judged = judged_now(school_id=held.school_id, parcels=owed, at=at)
    if unsaid := set(judged.lost) - set(taken_out) - set(went):
        raise SomeLostIt(sorted(unsaid))
    out = [parcel for parcel in judged.lost if parcel not in set(went)]
    end_unentitled(parcels=out, at=at)
    left = [one for one in owed if one.pk not in set(out)]
    if not left:
        raise NobodyLeft
    strangers = [one for one in left if not is_in_isams(one)]
    gone = [one for one in left if is_in_isams(one)]
    settle_failure(parcels=strangers, at=at, state=Parcel.State.FAILED, because=NOT_IN_ISAMS)
    _hand_off(gone, reference, at)
    held.sent_at, held.reference = at, reference
    held.save(update_fields=["sent_at", "reference"])
    wrongly = sorted(set(judged.lost) - set(out))
    facts = {"taken_out": sorted(out), "went_all_the_same": wrongly, "sent": len(gone)}
    _tell(actor, "recorded a hand-off", held, at, not_in_isams=len(strangers), **facts)
    return len(gone)


@transaction.atomic
def give_back(*, actor: Actor, bundle: Bundle, at: datetime) -> int:
    """Undo a bundle that was not sent: what is in it is owed again (UTC). Raises BundleClosed."""
    held = _locked(bundle)
    freed = Parcel.objects.filter(bundle=held, state=OWED).update(bundle=None)
    held.given_back_at = at
    held.save(update_fields=["given_back_at"])
    _tell(actor, "gave a hand-off back", held, at, owed=freed)
    return freed


def is_in_isams(parcel: Parcel) -> bool:
    """Whether iSAMS knows whom a parcel is for, by the number that the import gave."""
    return parcel.carer is not None and bool(parcel.carer.external_id)


def _keep_back(bundle: Bundle, at: datetime) -> None:
    """What waits was in no file that was downloaded since: it is owed again, for another bundle."""
    waits = parcels_that_wait(
        [one.pk for one in _owed_of(bundle.content).filter(bundle=bundle)], at
    )
    Parcel.objects.filter(pk__in=waits).update(bundle=None)


def _hand_off(gone: Sequence[Parcel], reference: str, at: datetime) -> None:
    """By one UPDATE; of what a person wrote to a person the rooms above are told."""
    numbers = [one.pk for one in gone]
    state = Parcel.State.HANDED_OFF
    Parcel.objects.filter(pk__in=numbers).update(state=state, ended_at=at, reference=reference)
    to_one = [one for one in gone if one.content.purpose not in TO_MANY]
    for one in to_one:
        one.state, one.ended_at, one.reference = state, at, reference
    if to_one:
        on_arrival.tell(News(parcels=to_one, at=at))


def _bundle(
    actor: Actor, content: Content, language: str, parcels: Sequence[int], at: datetime
) -> Bundle:
    made = Bundle.objects.create(
        school_id=content.school_id, content=content, language=language, prepared_at=at
    )
    Parcel.objects.filter(pk__in=parcels).update(bundle=made)
    _tell(actor, "prepared a hand-off", made, at, people=len(parcels), language=language)
    return made


def _owed_of(content: Content) -> QuerySet[Parcel]:
    rows = Parcel.objects.filter(
        content=content, channel=Parcel.Channel.EMAIL, state=OWED, carer__isnull=False
    )
    return rows.select_related("content", "carer", "school").order_by("pk")


def _locked(bundle: Bundle) -> Bundle:
    rows = Bundle.objects.select_for_update(of=("self",)).select_related("content", "school")
    held = rows.get(pk=bundle.pk)
    if held.sent_at or held.given_back_at:
        raise BundleClosed
    return held


def _in_hand(one: Parcel) -> InHand:
    return InHand(
        one.pk, one.public_id, one.content_id, one.carer_id, one.member_id, one.address,
        one.children, one.priority,
    )  # fmt: skip


def _tell(actor: Actor, verb: str, bundle: Bundle, at: datetime, **facts: object) -> None:
    record(
        actor=actor, verb=verb, school_id=bundle.school_id, about=("bundle", bundle.public_id),
        at=at, content=bundle.content_id, **facts,
    )  # fmt: skip
