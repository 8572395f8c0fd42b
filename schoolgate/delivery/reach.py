"""By which channel each person is reached: one pure rule, for the preview and for the sending."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from schoolgate.delivery.models import Parcel, PushSubscription
from schoolgate.people.models import (
    ContactRoute,
    HouseholdStay,
    NewsConsent,
    NoSafeRoute,
    Preference,
)

Channel = Parcel.Channel
Route = ContactRoute.Kind


class Kind(StrEnum):
    """What a message is to a family; their order of channels may differ by it."""

    PERSON = "person"  # an answer in a conversation
    SERVICE = "service"  # what they need to know
    REMINDER = "reminder"
    NEWS = "news"  # optional
    URGENT = "urgent"


# Who said nothing is written to by email, then by text, then on paper (Clauses 2.1-M2, 2.1-M3b).
USUAL = (Channel.EMAIL, Channel.PUSH, Channel.SMS, Channel.LETTER)
# An urgent message takes every way at once; a voice is what wakes people.
EVERY = (Channel.EMAIL, Channel.SMS, Channel.PUSH, Channel.VOICE)


class Unreached(StrEnum):
    """Why nothing leaves to somebody who may receive it; it stands in their portal all the same."""

    NO_ROUTE = "no route"
    FAILING = "failing"  # every route that they have has failed
    NOTHING_IS_SAFE = "nothing is safe"  # decision 19
    NOT_ALLOWED = "not allowed"  # a route exists, but this message may not take it
    NO_CONSENT = "no consent"  # optional news to somebody who did not ask for it
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Routes:
    """The ways to one carer at a moment, those that fail set apart."""

    working: frozenset[str] = frozenset()
    failing: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    nothing_is_safe: bool = False
    agreed_to_news: bool = False
    paused: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """The channels for one person, or why there is none."""

    channels: tuple[str, ...] = ()
    unreached: Unreached | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """What a message is, and which channels its sender may use."""

    kind: Kind
    allowed: frozenset[str] = field(default_factory=lambda: frozenset({Channel.EMAIL}))
    is_safety: bool = False


def reach(routes: Routes, way: Way) -> Reach:
    """The first channel of the person's order that works; for something urgent every one.

    What is about safety, such as a closure, takes every way together that its sender allows it: an
    email may be read in the evening. Paper is for whom nothing else reaches.
    """
    if routes.nothing_is_safe:
        return Reach(unreached=Unreached.NOTHING_IS_SAFE)
    if way.kind is Kind.NEWS and not routes.agreed_to_news:
        return Reach(unreached=Unreached.NO_CONSENT)
    if routes.paused and way.kind in {Kind.NEWS, Kind.REMINDER}:
        return Reach(unreached=Unreached.PAUSED)
    order = EVERY if way.kind is Kind.URGENT else _order(routes.order)
    usable = tuple(one for one in order if one in routes.working and one in way.allowed)
    if not usable:
        return Reach(unreached=_why_not(routes, way))
    if way.kind is Kind.URGENT:
        return Reach(usable)
    at_once = tuple(one for one in usable if one != Channel.LETTER) if way.is_safety else ()
    return Reach(at_once or usable[:1])


def routes_of(
    *, school_id: int, carers: Sequence[int], kind: Kind, room: str = "announcements"
) -> Mapping[int, Routes]:
    """The ways to each of these carers now; whatever their number, the same few questions."""
    theirs = Q(school_id=school_id, **({"carer__in": carers} if len(carers) <= _FEW else {}))
    working, failing = _routes(theirs)
    preferences = {one.carer_id: one for one in Preference.objects.filter(theirs)}
    unsafe = _carers_in(NoSafeRoute.objects.filter(school_id=school_id, ended_at=None))
    agreed = _carers_in(NewsConsent.objects.filter(school_id=school_id, ended_at=None))
    return {
        carer: _routes_with(
            preferences.get(carer),
            kind=kind,
            room=room,
            working=frozenset(working.get(carer, ())),
            failing=frozenset(failing.get(carer, ())),
            nothing_is_safe=carer in unsafe,
            agreed_to_news=carer in agreed,
        )
        for carer in carers
    }


# Of more carers than this the whole school is asked: a list of thousands costs more than the rest.
_FEW = 500


def _routes(theirs: Q) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Channel by carer, those that work and those that fail; one that works is enough."""
    working: dict[int, set[str]] = defaultdict(set)
    failing: dict[int, set[str]] = defaultdict(set)
    found = ContactRoute.objects.filter(theirs, ended_at=None)
    for carer, kind, since in found.values_list("carer", "kind", "failing_since"):
        (failing if since else working)[carer].update(_CARRIES[kind])
    for carer in _carers_in(PushSubscription.objects.filter(theirs, ended_at=None)):
        working[carer].add(Channel.PUSH)
    for carer in _carers_in(HouseholdStay.objects.filter(theirs, until=None)):
        working[carer].add(Channel.LETTER)
    return working, failing


_CARRIES: Mapping[str, tuple[str, ...]] = {
    Route.EMAIL: (Channel.EMAIL,),
    Route.MOBILE: (Channel.SMS, Channel.VOICE),
    Route.PHONE: (Channel.VOICE,),
}


def _carers_in(rows: QuerySet[Any]) -> set[int]:
    return set(rows.values_list("carer", flat=True))


def _routes_with(preference: Preference | None, *, kind: Kind, room: str, **known: Any) -> Routes:
    if preference is None:
        return Routes(**known)
    return Routes(
        order=tuple(preference.orders.get(kind, ())),
        paused=room in preference.paused_rooms,
        digest=preference.digest,
        **known,
    )


def _order(wished: Iterable[str]) -> tuple[str, ...]:
    """What they wish first, then what is usual: a wish never leaves somebody unreached."""
    return tuple(dict.fromkeys((*wished, *USUAL)))


def _why_not(routes: Routes, way: Way) -> Unreached:
    if routes.working:
        return Unreached.NOT_ALLOWED
    return Unreached.FAILING if routes.failing else Unreached.NO_ROUTE
