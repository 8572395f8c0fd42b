"""What the office's page of those who were not reached shows, by family and with what to do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from schoolgate.announcements.models import Call
from schoolgate.announcements.wording import in_words
from schoolgate.conversations.access import kept_threads
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.queries import not_reached
from schoolgate.delivery.unreached import (
    Why,
    late_hand_offs,
    waiting_too_long,
    why,
    without_working_route,
)
from schoolgate.people.access import Who
from schoolgate.people.letters import plain
from schoolgate.people.models import Carer, ContactRoute
from schoolgate.people.queries import has_access, without_safe_route

MOST = 200


@dataclass(frozen=True)
class Missed:
    """One message that did not reach somebody: which way, and why in words."""

    subject: str
    way: str
    why: str
    to: str
    at: datetime


@dataclass(frozen=True)
class Family:
    """One adult who was not reached, whether they stand on the call list, and what they missed."""

    carer: Carer
    to_ring: bool
    missed: list[Missed]


@dataclass(frozen=True)
class Day:
    """One earlier day."""

    at: datetime
    families: list[Family]


def not_reached_page(who: Who) -> dict[str, Any]:
    """Today's first, then earlier days; above them the tasks that stand until they are solved."""
    assert who.school is not None  # the gate admits people of a school only
    school = who.school
    kept = kept_threads(who).values("pk")
    failed = list(
        not_reached(school.pk).filter(gathered_in=None).exclude(content__thread__in=kept)[:MOST]
    )
    by_day = _by_day(failed, ZoneInfo(school.settings.timezone))
    today = by_day.pop(who.at.astimezone(ZoneInfo(school.settings.timezone)).date(), [])
    waiting = list(waiting_too_long(school.pk, who.at).exclude(content__thread__in=kept)[:MOST])
    to_ring = _to_ring(school.pk, [*failed, *waiting])
    tasks = [(task, has_access(task.held_by, who.at)) for task in without_safe_route(school.pk)]
    routes = Prefetch("routes", ContactRoute.objects.filter(ended_at=None))
    return {
        "today": _families([*today, *waiting], to_ring),
        "earlier": [
            Day(rows[0].ended_at or rows[0].posted_at, _families(rows, to_ring))
            for _day, rows in sorted(by_day.items(), reverse=True)
        ],
        "tasks": tasks,
        "cut_off": without_working_route(school.pk, who.at).prefetch_related(routes),
        "late": late_hand_offs(school, who.at),
    }


def why_in_words(key: Why) -> str:
    """A reason in words for the office."""
    return {
        Why.BOUNCED: _("It came back: the address took it at first, and then did not."),
        Why.DEAD_NUMBER: _("The number did not take it: it may be wrong or given up."),
        Why.WAITING: _("It waits for more than two hours: what should take it does not."),
        Why.GAVE_UP: _("It was tried many times, and the other side took nothing."),
        Why.REFUSED: _("It was refused for good."),
        Why.IN_DOUBT: _("It may have arrived: the answer was lost."),
        Why.NO_ADDRESS: _("There is no address."),
        Why.NOT_IN_ISAMS: _("iSAMS does not know them."),
    }[key]


def _by_day(parcels: Iterable[Parcel], zone: ZoneInfo) -> dict[date, list[Parcel]]:
    found: dict[date, list[Parcel]] = defaultdict(list)
    for one in parcels:
        found[(one.ended_at or one.posted_at).astimezone(zone).date()].append(one)
    return found


def _families(parcels: Iterable[Parcel], to_ring: frozenset[int]) -> list[Family]:
    carers: dict[int, Carer] = {}
    missed: dict[int, list[Missed]] = defaultdict(list)
    for one in parcels:
        if one.carer:
            carers[one.carer.pk] = one.carer
            missed[one.carer.pk].append(_missed(one))
    found = [Family(carer, pk in to_ring, missed[pk]) for pk, carer in carers.items()]
    return sorted(found, key=lambda family: plain(family.carer.name))


def _missed(one: Parcel) -> Missed:
    reason = why(channel=one.channel, state=one.state, because=one.because, tries=one.tries)
    at = one.ended_at or one.posted_at
    return Missed(one.content.subject, in_words(one.channel), why_in_words(reason), one.sent_to, at)


def _to_ring(school_id: int, parcels: Iterable[Parcel]) -> frozenset[int]:
    carers = {one.carer_id for one in parcels}
    calls = Call.objects.filter(school_id=school_id, ended_at=None, carer__in=carers)
    return frozenset(calls.values_list("carer", flat=True))
