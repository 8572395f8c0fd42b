"""What the pages of this room show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from schoolgate.delivery.actions.owing import must_go_by_isams
from schoolgate.delivery.actions.posting import NOTICES
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.reach import Kind as Means
from schoolgate.delivery.reach import Way, reach, routes_of
from schoolgate.incidents import access
from schoolgate.incidents.actions.telling import recipients
from schoolgate.incidents.forms import AskReader, Correct, HoldBack, LookAgain, Read, Settle
from schoolgate.incidents.held import is_held
from schoolgate.incidents.kinds import NAMES, Kind
from schoolgate.incidents.models import Incident, SecondReading, Telling
from schoolgate.incidents.queries import DONE, untold_of
from schoolgate.incidents.states import State, standing
from schoolgate.incidents.wording import text_for
from schoolgate.people.access import Who
from schoolgate.people.models import Carer, Link, NoSafeRoute, RoleHolding
from schoolgate.people.ringing import Ringing, ringing_of

MOST = 100


@dataclass(frozen=True)
class Row:
    """One incident in a list: who is not told, and whether its time is past."""

    incident: Incident
    kind: str
    to_tell: list[str]
    late: bool


@dataclass(frozen=True)
class Ring:
    """Somebody to ring, and what has to be known first."""

    telling: Telling
    late: bool
    first: list[str]
    ringing: Ringing


@dataclass(frozen=True)
class Adult:
    """One adult on an incident's page: who they are to the child, and where it stands with them."""

    carer: Carer
    relationship: str
    telling: Telling | None
    state: str
    way: str
    text: str


def told_today_page(who: Who) -> dict[str, Any]:
    """What is not told yet, whom to ring, and what was told last."""
    waiting = untold_of(access.untold_for(who), who.at)
    names: dict[int, list[str]] = defaultdict(list)
    incidents: dict[int, Incident] = {}
    for one in waiting:
        incidents[one.incident.pk] = one.incident
        names[one.incident.pk].append(one.carer.name)
    told = access.visible_to(who).exclude(pk__in=incidents)[:MOST]
    return {
        "waiting": [_row(one, names[pk], who.at) for pk, one in incidents.items()],
        "to_ring": _to_ring(who),
        "told": [_row(one, [], who.at) for one in told],
        "settle_form": Settle(),
        "may_count": who.holds(RoleHolding.Role.HEAD),
    }


def incident_page(who: Who, incident: Incident) -> dict[str, Any]:
    """One incident: what happened, exactly who gets it and in which form, and what can be done."""
    adults = _adults(who, incident)
    readings = list(incident.readings.select_related("reader"))
    decides = access.decides_on_holds(who)
    return {
        "incident": incident,
        "kind": NAMES[Kind(incident.kind)],
        "there": incident.there.order_by("sorted_by"),
        "adults": adults,
        "late": incident.due_at <= who.at and any(one.state not in DONE for one in adults),
        "may_press": incident.pressed_at is None and bool(adults),
        "corrections": incident.corrections.select_related("by"),
        "readings": readings,
        "asked_of_me": _asked_of(who, readings),
        "holds": list(access.holds_of(who, incident)) if decides else [],
        "decides": decides,
        "was_there": _was_there(who, incident),
        "correct_form": Correct(),
        "ask_form": AskReader(),
        "read_form": Read(),
        "settle_form": Settle(),
        "hold_form": HoldBack(),
        "look_form": LookAgain(),
    }


def child_page(who: Who, public_id: UUID) -> dict[str, Any]:
    """Everything about one child that somebody may see, latest first."""
    pupil, rows = access.of_child(who, public_id)
    return {"pupil": pupil, "rows": [_row(one, [], who.at) for one in rows[:MOST]]}


def way_to(carer: Carer, at: datetime) -> str:
    """In which form it goes to somebody; the same rule as the post room's (see `posting`)."""
    routes = routes_of(school_id=carer.school_id, carers=[carer.pk], kind=Means.PERSON)[carer.pk]
    if Parcel.Channel.EMAIL in routes.working | routes.failing and not routes.nothing_is_safe:
        if must_go_by_isams(carer.school, at):
            return _("In the portal. The office sends it by iSAMS.")
        return _("In the portal. An email says that there is a message, and nothing more.")
    found = reach(routes, Way(Means.PERSON, allowed=NOTICES)).channels
    if Parcel.Channel.SMS in found:
        return _("In the portal. A text says that there is a message, and nothing more.")
    if found:
        return _("In the portal. A notice says that there is a message, and nothing more.")
    return _("In the portal, and nothing tells them so. Somebody has to ring or tell them.")


def _row(incident: Incident, to_tell: list[str], at: datetime) -> Row:
    late = bool(to_tell) and incident.due_at <= at
    return Row(incident, str(NAMES[Kind(incident.kind)]), to_tell, late)


def _to_ring(who: Who) -> list[Ring]:
    tellings = list(access.to_ring_for(who)[:MOST])
    unsafe = NoSafeRoute.objects.filter(
        carer__in=[one.carer_id for one in tellings], ended_at=None
    ).select_related("held_by")
    tasks = {one.carer_id: one for one in unsafe}
    return [
        Ring(
            telling=one,
            late=one.incident.due_at <= who.at,
            first=_first(tasks.get(one.carer_id)),
            ringing=ringing_of(one.carer, who.at),
        )
        for one in tellings
    ]


def _first(task: NoSafeRoute | None) -> list[str]:
    if task is None:
        return []
    return [_("No safe route. Ask {name} first.").format(name=task.held_by.name)]


def _adults(who: Who, incident: Incident) -> list[Adult]:
    """Who is entitled now, and whoever has been told before.

    Nobody is said to need ringing whom nobody is to ring now, for whatever reason.
    """
    tried = {one.carer_id: one for one in incident.tellings.select_related("carer", "spoken_by")}
    to_ring = set(access.to_ring_for(who).filter(incident=incident).values_list("pk", flat=True))
    links = recipients(incident, who.at)
    known = {link.carer_id for link in links}
    before = Link.objects.filter(
        pupil=incident.pupil,
        carer__in=[pk for pk, one in tried.items() if pk not in known and one.state in DONE],
    ).select_related("carer")
    seen = {link.carer_id: link for link in [*before, *links]}
    return [_adult(who, incident, link, tried.get(pk), to_ring) for pk, link in seen.items()]


def _adult(
    who: Who, incident: Incident, link: Link, telling: Telling | None, to_ring: set[int]
) -> Adult:
    held = access.sees_that_it_is_held(who) and is_held(incident, link.carer)
    stored = telling.state if telling else State.WRITTEN
    if telling and stored == State.NOT_REACHED and telling.pk not in to_ring:
        stored = State.WRITTEN
    return Adult(
        carer=link.carer,
        relationship=link.relationship,
        telling=telling,
        state=standing(stored, held=held).value,
        way=way_to(link.carer, who.at),
        text=text_for(incident, link.carer),
    )


def _asked_of(who: Who, readings: Iterable[SecondReading]) -> SecondReading | None:
    return next((one for one in readings if one.reader == who.member), None)


def _was_there(who: Who, incident: Incident) -> bool:
    return who.member == incident.written_by or who.member in incident.there.all()
