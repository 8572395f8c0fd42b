"""Judging: at the moment of sending, who may have each claimed parcel, and about which children.

One rule for one parcel and for a claim of hundreds: `people.entitlement.links_at`. It only takes
away: a child for whom somebody may receive nothing any more is not named, and with none left the
parcel ends (Clause 2.2-T5, threats T1 and T4).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from schoolgate.delivery.actions.claiming import InHand
from schoolgate.delivery.compose import LARGE_PRINT, Person
from schoolgate.delivery.models import Content, Parcel, PushSubscription
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import Carer, ContactRoute, NoSafeRoute, Receives
from schoolgate.people.queries import may_be_emailed, working_members

Route = ContactRoute.Kind
# By which kind of route each channel goes; push goes to browsers.
_ROUTES: Mapping[str, tuple[str, ...]] = {
    Parcel.Channel.EMAIL: (Route.EMAIL,),
    Parcel.Channel.SMS: (Route.MOBILE,),
    Parcel.Channel.VOICE: (Route.MOBILE, Route.PHONE),
}


@dataclass(slots=True)
class Judgement:
    """Whom a parcel is for; nobody where nobody may have it, `to` empty where no way is known."""

    content: Content
    person: Person | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the judgement finds it again: by who claimed it, not by hundreds of numbers."""

    school: int
    channel: str
    claimant: int

    def rows(self) -> QuerySet[Parcel]:
        """The parcels that are still this claimant's."""
        return Parcel.objects.filter(
            school_id=self.school, state=Parcel.State.CLAIMED, claimed_by=self.claimant
        )


def judge(
    *,
    claim: Claim,
    parcels: Sequence[InHand],
    at: datetime,
    contents: dict[int, Content],
) -> dict[int, Judgement]:
    """Judge claimed parcels at a moment (UTC), in the caller's transaction.

    `contents` keeps those that were read before; they do not change while they are being sent.
    """
    contents |= Content.objects.in_bulk({one.content for one in parcels} - contents.keys())
    known = _Known(claim, {contents[one.content].level for one in parcels if one.carer}, at)
    return {
        one.id: Judgement(contents[one.content], known.person(one, contents[one.content]))
        for one in parcels
    }


class _Known:
    """What the judgement rests on, asked once for all parcels of a claim."""

    def __init__(self, claim: Claim, levels: set[int], at: datetime) -> None:
        self.claim, self.at = claim, at
        carers = claim.rows().filter(carer__isnull=False).values("carer")
        self.carers = _carers(carers, claim, at) if levels else {}
        self.allowed: dict[int, dict[int, dict[int, str]]] = {
            level: _allowed(carers, Receives(level), at) for level in levels
        }

    def person(self, parcel: InHand, content: Content) -> Person | None:
        """Whom one parcel is for, or nobody."""
        if parcel.carer is None:
            return self._member_or_address(parcel)
        if parcel.carer not in self.carers:
            return None
        name, called, language, large_print, to = self.carers[parcel.carer]
        concerned = _concerned(parcel, content)
        names = self.allowed[content.level].get(parcel.carer, {})
        children = tuple(names[one] for one in concerned if one in names)
        if concerned and not children:
            return None
        return Person(
            to=to,
            carer=parcel.carer,
            greeting=called or name.partition(" ")[0],
            language=language,
            large_print=large_print,
            children=children,
        )

    def _member_or_address(self, parcel: InHand) -> Person | None:
        if parcel.member is not None:
            found = working_members(self.at).filter(pk=parcel.member).first()
            return Person(to=found.email) if found else None
        may = may_be_emailed(school_id=self.claim.school, carer=None, address=parcel.address)
        return Person(to=parcel.address) if may else None


def _concerned(parcel: InHand, content: Content) -> Sequence[int]:
    """The children whom a parcel is about: its own, or the one of its content."""
    if parcel.children or content.about_id is None:
        return parcel.children
    return [content.about_id]


def _carers(carers: QuerySet[Any], claim: Claim, at: datetime) -> dict[int, tuple[Any, ...]]:
    """Current carers to whom something may safely be sent, each with the address of now."""
    unsafe = NoSafeRoute.objects.filter(carer=OuterRef("pk"), ended_at=None)
    rows = (
        Carer.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), ~Exists(unsafe), pk__in=carers)
        .annotate(ways=ArraySubquery(_ways(claim.channel)), large=Q(needs__contains=[LARGE_PRINT]))
        .order_by()
        .values_list("pk", "name", "called", "language", "large", "ways")
    )
    return {pk: (*rest, ways[0] if ways else "") for pk, *rest, ways in rows}


def _ways(channel: str) -> QuerySet[Any]:
    """Where a carer is reached: the first of their wishes, one that fails last."""
    if channel == Parcel.Channel.PUSH:
        browsers = PushSubscription.objects.filter(carer=OuterRef("pk"), ended_at=None)
        return browsers.order_by("-since").values("endpoint")
    routes = ContactRoute.objects.filter(
        carer=OuterRef("pk"), kind__in=_ROUTES.get(channel, ()), ended_at=None
    )
    return routes.order_by(F("failing_since").asc(nulls_first=True), "preference", "pk").values(
        "value"
    )


def _allowed(carers: QuerySet[Any], level: Receives, at: datetime) -> dict[int, dict[int, str]]:
    """By carer: the children for whom so much is allowed at this moment, with their names."""
    allowed: dict[int, dict[int, str]] = defaultdict(dict)
    rows = links_at(at, level).filter(carer__in=carers).order_by()
    for carer, pupil, known_as, first in rows.values_list(
        "carer", "pupil", "pupil__known_as", "pupil__first_name"
    ):
        allowed[carer][pupil] = known_as or first
    return allowed
