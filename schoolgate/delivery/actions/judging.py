"""Judging: at the moment of sending, who may have each claimed parcel, and about which children.

One rule for one parcel and for a claim of hundreds: `people.entitlement.links_at`. It only takes
away: a child for whom somebody may receive nothing any more is not named, and with none left the
parcel ends (Clause 2.2-T5, threats T1 and T4).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from schoolgate.delivery import browsers
from schoolgate.delivery.actions.claiming import InHand
from schoolgate.delivery.compose import Item, Person, wants_large_print
from schoolgate.delivery.models import Content, Parcel, PushSubscription
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import (
    Carer,
    ContactRoute,
    NewsConsent,
    NoSafeRoute,
    Preference,
    Receives,
)
from schoolgate.people.queries import may_be_emailed, working_members
from schoolgate.people.same_name import first_name_of

Route = ContactRoute.Kind
# By which kind of route each channel goes; push goes to browsers.
_ROUTES: Mapping[str, tuple[str, ...]] = {
    Parcel.Channel.EMAIL: (Route.EMAIL,),
    Parcel.Channel.SMS: (Route.MOBILE,),
    Parcel.Channel.VOICE: (Route.MOBILE, Route.PHONE),
}


@dataclass(slots=True)
class Judgement:
    """What a parcel carries and whom it is for; nobody where nobody may have it.

    `to` is empty where no way is known. Of a digest, `lost` are the parcels that it held and that
    its person may not have any more.
    """

    content: Content
    person: Person | None
    lost: tuple[int, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Those:
    """Parcels by their numbers: letters on paper, and a call when somebody picks up."""

    school: int
    channel: str
    parcels: tuple[int, ...]

    def rows(self) -> QuerySet[Parcel]:
        """Those parcels, whatever has become of them."""
        return Parcel.objects.filter(school_id=self.school, pk__in=self.parcels)


def judge(
    *,
    claim: Claim | Those,
    parcels: Sequence[InHand],
    at: datetime,
    contents: dict[int, Content],
) -> dict[int, Judgement]:
    """Judge claimed parcels at a moment (UTC), in the caller's transaction.

    `contents` keeps those that were read before; they do not change while they are being sent.
    """
    contents |= Content.objects.in_bulk({one.content for one in parcels} - contents.keys())
    gathered = _gathered(claim, parcels, contents)
    levels = {contents[one.content].level for one in parcels if one.carer}
    levels |= {contents[item.content].level for items in gathered.values() for item in items}
    known = _Known(claim, levels, at)
    return {
        one.id: known.judgement(one, contents[one.content], gathered.get(one.id), contents)
        for one in parcels
    }


class _Known:
    """What the judgement rests on, asked once for all parcels of a claim."""

    def __init__(self, claim: Claim | Those, levels: set[int], at: datetime) -> None:
        self.claim, self.at = claim, at
        self._agreed: set[int] | None = None
        carers = claim.rows().filter(carer__isnull=False).values("carer")
        self.carers = _carers(carers, claim, at) if levels else {}
        self.phrases = _with_phrases(carers) if claim.channel == Parcel.Channel.PUSH else set()
        self.allowed: dict[int, dict[int, dict[int, str]]] = {
            level: _allowed(carers, Receives(level), at) for level in levels
        }

    def judgement(
        self,
        parcel: InHand,
        content: Content,
        gathered: Sequence[InHand] | None,
        contents: Mapping[int, Content],
    ) -> Judgement:
        """Whom one parcel is for, or nobody; of a digest, what it still holds for them."""
        found = self._person(parcel, content)
        if content.purpose != Content.Purpose.DIGEST:
            return Judgement(content, found)
        items, lost = [], []
        for one in gathered or ():
            judged = self._person(one, contents[one.content])
            if judged is None:
                lost.append(one.id)
            else:
                items.append(Item(contents[one.content], judged.children))
        person = replace(found, items=tuple(items)) if found and items else None
        return Judgement(content, person, tuple(lost))

    def _person(self, parcel: InHand, content: Content) -> Person | None:
        if parcel.carer is None:
            return self._member_or_address(parcel)
        if parcel.carer not in self.carers:
            return None
        if content.purpose == Content.Purpose.NEWS and parcel.carer not in self.agreed_to_news():
            return None
        name, called, language, needs, to = self.carers[parcel.carer]
        shown, phrases = "", False
        if self.claim.channel == Parcel.Channel.PUSH and to:
            shown, phrases = browsers.shown(to), parcel.carer in self.phrases
        concerned = _concerned(parcel, content)
        names = self.allowed[content.level].get(parcel.carer, {})
        children = tuple(names[one] for one in concerned if one in names)
        if concerned and not children:
            return None
        return Person(
            to=to,
            carer=parcel.carer,
            greeting=called or first_name_of(name),
            language=language,
            large_print=wants_large_print(needs),
            children=children,
            shown_to=shown,
            phrases=phrases,
        )

    def agreed_to_news(self) -> set[int]:
        """Who of them agreed to optional news and has not ended it; asked once, where it counts."""
        if self._agreed is None:
            agreed = NewsConsent.objects.filter(carer__in=list(self.carers), ended_at=None)
            self._agreed = set(agreed.values_list("carer", flat=True))
        return self._agreed

    def _member_or_address(self, parcel: InHand) -> Person | None:
        if parcel.member is not None:
            found = working_members(self.at).filter(pk=parcel.member).first()
            return Person(to=found.email) if found else None
        may = may_be_emailed(school_id=self.claim.school, carer=None, address=parcel.address)
        return Person(to=parcel.address) if may else None


def _gathered(
    claim: Claim | Those, parcels: Sequence[InHand], contents: dict[int, Content]
) -> dict[int, list[InHand]]:
    """What the digests of a claim hold, each by the number of its digest."""
    if not any(contents[one.content].purpose == Content.Purpose.DIGEST for one in parcels):
        return {}
    rows = Parcel.objects.filter(
        gathered_in__in=claim.rows().values("pk"), state=Parcel.State.GATHERED
    ).order_by("posted_at", "pk")
    found: dict[int, list[InHand]] = defaultdict(list)
    digest: Any
    fields: list[Any]
    for digest, *fields in rows.values_list(
        "gathered_in", "pk", "public_id", "content", "carer", "member", "address", "children",
        "priority",
    ):  # fmt: skip
        found[digest].append(InHand(*fields))
    within = {item.content for items in found.values() for item in items}
    contents |= Content.objects.in_bulk(within - contents.keys())
    return found


def _concerned(parcel: InHand, content: Content) -> Sequence[int]:
    """The children whom a parcel is about: its own, or the one of its content."""
    if parcel.children or content.about_id is None:
        return parcel.children
    return [content.about_id]


def _carers(
    carers: QuerySet[Any], claim: Claim | Those, at: datetime
) -> dict[int, tuple[Any, ...]]:
    """Current carers to whom something may safely be sent, each with the address of now."""
    unsafe = NoSafeRoute.objects.filter(carer=OuterRef("pk"), ended_at=None)
    rows = (
        Carer.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), ~Exists(unsafe), pk__in=carers)
        .annotate(ways=ArraySubquery(_ways(claim.channel)))
        .order_by()
        .values_list("pk", "name", "called", "language", "needs", "ways")
    )
    put = browsers.written if claim.channel == Parcel.Channel.PUSH else _first
    return {pk: (*rest, put(ways)) for pk, *rest, ways in rows}


def _first(ways: Sequence[str]) -> str:
    return ways[0] if ways else ""


def _with_phrases(carers: QuerySet[Any]) -> set[int]:
    """Who chose that a notice may say which of four things it is (decision 12)."""
    chose = Preference.objects.filter(carer__in=carers, fixed_phrases=True)
    return set(chose.values_list("carer", flat=True))


def _ways(channel: str) -> QuerySet[Any]:
    """Where a carer is reached: the first of their wishes, one that fails last; every browser."""
    if channel == Parcel.Channel.PUSH:
        subscribed = PushSubscription.objects.filter(carer=OuterRef("pk"), ended_at=None)
        return subscribed.order_by("-since").values(
            way=JSONObject(id="pk", endpoint="endpoint", key="key", secret="secret")
        )
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
