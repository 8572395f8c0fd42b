"""Looking at the school's own families for ways by which a protected address could be learnt."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from schoolgate.delivery.reach import EVERY, Kind, routes_of
from schoolgate.drill import faults
from schoolgate.drill.checking import the_real_school
from schoolgate.drill.report import Fault
from schoolgate.drill.stage import Stage
from schoolgate.people.access import LEADERS, Role
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import ContactRoute, Limit, Link, Receives
from schoolgate.people.queries import holders
from schoolgate.school.models import School

SAME_DAY = frozenset(EVERY)
KEEP_THE_LISTS = (Role.OFFICE.value, *sorted(LEADERS))


def routes_left_safe(stage: Stage) -> list[Fault]:
    """A way to somebody whose address is protected that an adult under an order has too."""
    with the_real_school(stage):
        limits = Limit.objects.filter(
            link__pupil=OuterRef("pupil"), link__carer=OuterRef("carer"), lifted_at=None
        )
        hers = _ways(stage.live, _links(stage.live, protected=True))
        under_order = _links(stage.live, protected=False).filter(Exists(limits))
        theirs = _ways(stage.live, under_order)
    return [faults.route_left_safe()] if hers & theirs else []


def own_family_on_lists(stage: Stage, at: datetime) -> list[Fault]:
    """Who keeps the families' lists and is another adult of a child at a protected address."""
    with the_real_school(stage):
        keepers = holders(school_id=stage.live.pk, roles=KEEP_THE_LISTS, at=at)
        at_risk = _links(stage.live, protected=True).values("pupil")
        adults = _links(stage.live, protected=False).filter(pupil__in=at_risk)
        users = adults.filter(carer__user_id__isnull=False).values("carer__user_id")
        return [faults.own_family_on_lists(one.name) for one in keepers.filter(user_id__in=users)]


def without_a_way(stage: Stage, at: datetime) -> list[Fault]:
    """Adults who must be told today and whom no message and no call reaches (decision 10, UTC).

    Not those for whom a person stands in, because nothing can safely be sent (decision 19).
    """
    with the_real_school(stage):
        links = links_at(at, Receives.PROGRESS).filter(school=stage.live).order_by()
        carers = list(links.values_list("carer", flat=True).distinct())
        routes = routes_of(school_id=stage.live.pk, carers=carers, kind=Kind.URGENT)
    without = [one for one in routes.values() if not one.working & SAME_DAY]
    return [faults.no_route()] if any(not one.nothing_is_safe for one in without) else []


def _ways(school: School, links: QuerySet[Link]) -> set[tuple[int, str]]:
    """The children, each with an address or number by which such an adult of theirs is reached."""
    routes = ContactRoute.objects.filter(school=school, ended_at=None)
    values: dict[int, set[str]] = {}
    for carer, value in routes.values_list("carer", "value"):
        values.setdefault(carer, set()).add(_plain(value))
    pairs = links.values_list("pupil", "carer")
    return {(pupil, value) for pupil, carer in pairs for value in values.get(carer, ())}


def _links(school: School, *, protected: bool) -> QuerySet[Link]:
    return Link.objects.filter(
        school=school, ended_at=None, carer__ended_at=None, carer__protected_address=protected
    )


def _plain(value: str) -> str:
    """The same way is the same, however it was written down."""
    if "@" in value:
        return value.strip().lower()
    digits = "".join(filter(str.isdecimal, value))
    return f"0{digits.removeprefix('44')}" if digits.startswith("44") else digits
