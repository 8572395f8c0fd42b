"""Judging: at the moment of sending, who may have each claimed parcel, and about which children.

One rule for one parcel and for a claim of hundreds: `people.entitlement.links_at`. It only takes
away: a child for whom somebody may receive nothing any more is not named, and with none left the
parcel ends (Clause 2.2-T5, threats T1 and T4).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from schoolgate.delivery.actions.claiming import InHand
from schoolgate.delivery.compose import LARGE_PRINT, Person
from schoolgate.delivery.models import Content, Parcel, PushSubscription
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import Carer, ContactRoute, NoSafeRoute, Pupil, Receives
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
    """Whom each parcel is for; None where nobody may have it, `to` empty where no way is known."""

    content: Content
    person: Person | None


def judge(
    *, school_id: int, parcels: Sequence[InHand], channel: str, at: datetime
) -> dict[int, Judgement]:
    """Judge claimed parcels at a moment (UTC), in the caller's transaction."""
    contents = Content.objects.in_bulk({one.content for one in parcels})
    known = _Known(school_id, [one for one in parcels if one.carer], contents, channel, at)
    return {
        one.id: Judgement(contents[one.content], known.person(one, contents[one.content]))
        for one in parcels
    }


class _Known:
    """What the judgement rests on, asked once for all parcels of a claim."""

    def __init__(
        self,
        school_id: int,
        of_carers: Sequence[InHand],
        contents: Mapping[int, Content],
        channel: str,
        at: datetime,
    ) -> None:
        self.school_id, self.at = school_id, at
        ids = {one.carer for one in of_carers if one.carer is not None}
        self.carers = _current_carers(ids, at)
        self.unsafe = set(
            NoSafeRoute.objects.filter(
                school_id=school_id, ended_at=None, carer__in=ids
            ).values_list("carer", flat=True)
        )
        self.addresses = _addresses(ids, channel)
        self.allowed = _allowed(of_carers, contents, at)
        self.names = _names(pupil for pairs in self.allowed.values() for _, pupil in pairs)

    def person(self, parcel: InHand, content: Content) -> Person | None:
        """Whom one parcel is for, or nobody."""
        if parcel.carer is None:
            return self._member_or_address(parcel)
        if parcel.carer in self.unsafe or parcel.carer not in self.carers:
            return None
        concerned = _concerned(parcel, content)
        allowed = self.allowed[content.level]
        children = [one for one in concerned if (parcel.carer, one) in allowed]
        if concerned and not children:
            return None
        name, called, language, needs = self.carers[parcel.carer]
        return Person(
            to=self.addresses.get(parcel.carer, ""),
            carer=parcel.carer,
            greeting=called or name.split(" ")[0],
            language=language,
            large_print=LARGE_PRINT in needs,
            children=tuple(self.names[one] for one in children),
        )

    def _member_or_address(self, parcel: InHand) -> Person | None:
        if parcel.member is not None:
            found = working_members(self.at).filter(pk=parcel.member).first()
            return Person(to=found.email) if found else None
        may = may_be_emailed(school_id=self.school_id, carer=None, address=parcel.address)
        return Person(to=parcel.address) if may else None


def _concerned(parcel: InHand, content: Content) -> Sequence[int]:
    """The children whom a parcel is about: its own, or the one of its content."""
    if parcel.children or content.about_id is None:
        return parcel.children
    return [content.about_id]


def _current_carers(ids: Collection[int], at: datetime) -> dict[int, tuple[Any, ...]]:
    rows = Carer.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), pk__in=ids)
    return {
        pk: tuple(rest)
        for pk, *rest in rows.values_list("pk", "name", "called", "language", "needs")
    }


def _allowed(
    parcels: Iterable[InHand], contents: Mapping[int, Content], at: datetime
) -> dict[int, set[tuple[int, int]]]:
    """By level: the pairs of carer and child for whom so much is allowed at this moment."""
    carers: dict[int, set[int]] = defaultdict(set)
    children: dict[int, set[int]] = defaultdict(set)
    for one in parcels:
        level = contents[one.content].level
        carers[level].add(one.carer or 0)
        children[level].update(_concerned(one, contents[one.content]))
    return {
        level: set(
            links_at(at, Receives(level))
            .filter(carer__in=carers[level], pupil__in=children[level])
            .values_list("carer", "pupil")
        )
        for level in carers
    }


def _names(pupils: Iterable[int]) -> dict[int, str]:
    rows = Pupil.objects.filter(pk__in=set(pupils)).values_list("pk", "known_as", "first_name")
    return {pk: known_as or first for pk, known_as, first in rows}


def _addresses(carers: Collection[int], channel: str) -> dict[int, str]:
    """Where each is reached, as it is now: the first of their wishes, a failing one last."""
    if channel == Parcel.Channel.PUSH:
        rows = PushSubscription.objects.filter(carer__in=carers, ended_at=None).order_by("-since")
        return {carer: str(pk) for carer, pk in rows.values_list("carer", "pk")}
    found: dict[int, str] = {}
    routes = ContactRoute.objects.filter(
        carer__in=carers, kind__in=_ROUTES.get(channel, ()), ended_at=None
    ).order_by("preference", "pk")
    for failing in (False, True):
        for carer, value in routes.filter(failing_since__isnull=not failing).values_list(
            "carer", "value"
        ):
            found.setdefault(carer, value)
    return found
