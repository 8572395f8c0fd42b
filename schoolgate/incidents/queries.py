"""What is not told yet; for the lists, the side bar and the head's page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from schoolgate.incidents.held import IsHeld
from schoolgate.incidents.models import Incident, Telling
from schoolgate.incidents.states import State
from schoolgate.people.entitlement import links_at
from schoolgate.people.holding import HeldSince
from schoolgate.people.models import Carer, Link, Pupil, Receives
from schoolgate.school.models import School

DONE = (State.TOLD.value, State.RECORDED.value)
OPEN = (State.WRITTEN.value, State.NOT_REACHED.value)


@dataclass(frozen=True)
class Untold:
    """One adult who has not been told of one incident; `telling` where it was tried."""

    incident: Incident
    carer: Carer
    telling: Telling | None

    @property
    def was_tried(self) -> bool:
        """Whether it was sent and did not reach them: somebody has to ring."""
        return self.telling is not None and self.telling.state == State.NOT_REACHED


@dataclass(frozen=True)
class Counts:
    """How many incidents and adults are not told, how many of them late, how many to ring."""

    incidents: int
    adults: int
    late: int
    to_ring: int


def untold(school: School, at: datetime) -> list[Untold]:
    """Every adult entitled who is not told at a moment (UTC), soonest due first.

    Nobody whom the safeguarding lead holds back, and nobody for whom anything waits (decision 5).
    """
    incidents = Incident.objects.filter(school=school)
    return untold_of(untold_among(incidents, at).select_related("school"), at)


def counts(school: School, at: datetime) -> Counts:
    """The same as figures of the school's own day; no report is made of them."""
    found = untold(school, at)
    return Counts(
        incidents=len({one.incident.pk for one in found}),
        adults=len(found),
        late=len({one.incident.pk for one in found if one.incident.due_at <= at}),
        to_ring=sum(one.was_tried for one in found),
    )


def untold_among(incidents: QuerySet[Incident], at: datetime) -> QuerySet[Incident]:
    """Those of some incidents of which an adult entitled is not told, soonest due first (UTC)."""
    tried = Telling.objects.filter(incident=OuterRef("pk"), state__in=OPEN)
    waiting = incidents.filter(Q(pressed_at=None) | Exists(tried))
    return waiting.filter(Exists(_links(OuterRef("pk"), OuterRef("pupil"), at))).order_by(
        "due_at", "pk"
    )


def untold_of(incidents: QuerySet[Incident], at: datetime) -> list[Untold]:
    """The adults of some incidents who are not told (UTC), in the order of the incidents."""
    found = []
    rows = incidents.select_related("pupil", "talk_to", "written_by").prefetch_related("tellings")
    for incident in rows:
        tried = {one.carer_id: one for one in incident.tellings.all()}
        for link in _carers(incident, at):
            telling = tried.get(link.carer_id)
            if incident.pressed_at is None or telling is not None:
                found.append(Untold(incident, link.carer, telling))
    return found


def tellings_open(tellings: QuerySet[Telling]) -> QuerySet[Telling]:
    """Those of some tellings that nobody holds back and that have not been told."""
    return tellings.filter(state__in=OPEN).exclude(IsHeld("incident", "carer"))


def _carers(incident: Incident, at: datetime) -> QuerySet[Link]:
    return _links(Value(incident.pk), incident.pupil, at).select_related("carer")


def _links(incident: Combinable, pupil: Pupil | OuterRef, at: datetime) -> QuerySet[Link]:
    """The links of who is entitled, not told, and neither held back nor kept waiting."""
    told = Telling.objects.filter(carer=OuterRef("carer"), state__in=DONE)
    told = told.filter(incident=_outward(incident))
    return (
        links_at(at, Receives.PROGRESS)
        .filter(pupil=pupil)
        .alias(held_since=HeldSince("carer", "pupil", at), is_held=IsHeld(incident, "carer"))
        .filter(~Exists(told), held_since__isnull=True, is_held=False)
        .order_by("carer__sorted_by", "pk")
    )


def _outward(incident: Combinable) -> Combinable:
    """The incident as a query one step further inside names it."""
    return OuterRef(incident) if isinstance(incident, OuterRef) else incident
