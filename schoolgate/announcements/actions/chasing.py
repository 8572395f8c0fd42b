"""Chasing: who has not answered is asked by their next channel, and at last rung (3.0-P4)."""

from datetime import datetime, timedelta

from django.db import transaction

from schoolgate.announcements.actions.moving import locked, tell_ledger
from schoolgate.announcements.audience import kind_of, priority_of, way_of
from schoolgate.announcements.models import Announcement, Call
from schoolgate.announcements.queries import silent
from schoolgate.announcements.states import State
from schoolgate.delivery.actions.posting import email_state
from schoolgate.delivery.actions.publishing import Addressee
from schoolgate.delivery.actions.publishing import publish as publish_rows
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.reach import Routes, Way, reach, routes_of
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.entitlement import recipients
from schoolgate.people.holding import Waits, anybody_waits
from schoolgate.people.models import Pupil, Receives
from schoolgate.school.models import School

PAUSE = timedelta(days=1)
Channel = Parcel.Channel


@transaction.atomic
def chase_due(*, school: School, at: datetime) -> int:
    """Chase every announcement whose time has come; how many (UTC)."""
    due = Announcement.objects.filter(
        school=school, state=State.PUBLISHED, chase_at__isnull=False, chase_at__lte=at
    )
    found = list(due)
    for announcement in found:
        chase(announcement=announcement, at=at)
    return len(found)


@transaction.atomic
def chase(*, announcement: Announcement, at: datetime) -> int:
    """Write to the silent by the next channel of their order; who has none left is rung (UTC).

    How many were written to. A day later the rest is chased again, until nobody is left to write
    to. Who may receive it no more is asked nothing.
    """
    held = locked(announcement)
    if held.state != State.PUBLISHED or held.content is None or held.chase_at is None:
        return 0
    silent_now, waits = _still_entitled(held, at), _held_back(held, at)
    people = {carer: kids for carer, kids in silent_now.items() if carer not in waits}
    next_ways = _next_ways(held, list(people))
    rows = [
        Addressee(
            carer=carer, children=people[carer], channel=channel, state=_begins(held, channel, at)
        )
        for carer, channel in next_ways.items()
        if channel
    ]
    publish_rows(content=held.content, addressees=rows, priority=priority_of(held), at=at)
    _ring(held, {c: kids for c, kids in people.items() if not next_ways[c]}, at)
    held.chase_at = _next_time(held, at, bool(rows or waits))
    held.save(update_fields=["chase_at"])
    tell_ledger(
        SYSTEM, "chased an announcement", held, at, written=len(rows), silent=len(silent_now)
    )
    return len(rows)


def _still_entitled(held: Announcement, at: datetime) -> dict[int, tuple[int, ...]]:
    quiet = silent(held)
    pupils = Pupil.objects.filter(pk__in={child for kids in quiet.values() for child in kids})
    now = {
        row["carer"]: set(row["children"])
        for row in recipients(pupils=pupils, level=Receives(held.level), at=at)
    }
    both = {c: tuple(k for k in kids if k in now.get(c, ())) for c, kids in quiet.items()}
    return {carer: children for carer, children in both.items() if children}


def _held_back(held: Announcement, at: datetime) -> set[int]:
    """Whose rows of it wait; they are asked nothing until these have gone."""
    rows = Parcel.objects.filter(content=held.content, channel=Channel.PORTAL)
    waiting = rows.filter(Waits("carer", "children", "content__is_safety", at))
    return set(waiting.values_list("carer", flat=True)) if anybody_waits(at) else set()


def _next_ways(held: Announcement, carers: list[int]) -> dict[int, str]:
    """The next channel of each carer that was not tried yet; an empty word where none is left."""
    tried: dict[int, set[str]] = {}
    rows = Parcel.objects.filter(content=held.content, carer__in=carers)
    for carer, channel in rows.values_list("carer", "channel"):
        tried.setdefault(carer, set()).add(channel)
    routes = routes_of(school_id=held.school_id, carers=carers, kind=kind_of(held))
    way = way_of(held)
    return {carer: _next(routes[carer], way, tried.get(carer, set())) for carer in carers}


def _next(routes: Routes, way: Way, tried: set[str]) -> str:
    left = reach(routes, Way(way.kind, way.allowed - tried, is_safety=way.is_safety))
    return left.channels[0] if left.channels else ""


def _begins(held: Announcement, channel: str, at: datetime) -> str:
    if channel == Channel.EMAIL and held.content:
        return email_state(held.content, at) or Parcel.State.OWED
    return Parcel.State.WAITING


def _ring(held: Announcement, people: dict[int, tuple[int, ...]], at: datetime) -> None:
    Call.objects.bulk_create(
        (
            Call(
                school=held.school,
                announcement=held,
                carer_id=carer,
                children=list(children),
                because=Call.Because.NOT_CONFIRMED,
                put_at=at,
            )
            for carer, children in people.items()
        ),
        ignore_conflicts=True,
    )


def _next_time(held: Announcement, at: datetime, wrote: bool) -> datetime | None:
    later = at + PAUSE
    too_late = held.answer_by is not None and later > held.answer_by
    return later if wrote and not too_late else None
