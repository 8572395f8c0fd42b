"""On which routes a change of who collects may be confirmed: known before, one person's alone.

A forged change is an abduction risk (decision 1): never the route that asked, never one that is
new, that fails, or that two people share.
"""

from datetime import datetime, timedelta

from schoolgate.people.models import Carer, ContactRoute
from schoolgate.people.queries import carers_at, carers_with_number

KNOWN_FOR = timedelta(hours=24)
BY_TEXT = frozenset({ContactRoute.Kind.MOBILE})
BY_VOICE = frozenset({ContactRoute.Kind.MOBILE, ContactRoute.Kind.PHONE})


def known_routes(carer: Carer, came_at: datetime) -> list[ContactRoute]:
    """Those that were verified a day before it came (UTC), that work, and that nobody shares."""
    rows = carer.routes.filter(
        verified_at__lte=came_at - KNOWN_FOR, ended_at=None, failing_since=None
    ).order_by("preference", "pk")
    return [one for one in rows if not _is_shared(one, came_at)]


def to_ask(
    carer: Carer, *, came_at: datetime, channel: str, known_device: bool, email_leaves: bool
) -> ContactRoute | None:
    """Where the question goes by itself: a mobile first; nothing, and the office rings.

    By email only for somebody who asked on the portal, on a device that they had used before:
    whoever holds the mailbox alone has then shown nothing but the mailbox.
    """
    known = known_routes(carer, came_at)
    for one in known:
        if one.kind in BY_TEXT and channel != "text":
            return one
    if channel == "portal" and known_device and email_leaves:
        return next((one for one in known if one.kind == ContactRoute.Kind.EMAIL), None)
    return None


def to_ring(carer: Carer, came_at: datetime) -> list[ContactRoute]:
    """The numbers that the office may ring to ask."""
    return [one for one in known_routes(carer, came_at) if one.kind in BY_VOICE]


def _is_shared(route: ContactRoute, at: datetime) -> bool:
    if route.kind == ContactRoute.Kind.EMAIL:
        there = carers_at(school_id=route.school_id, address=route.value, at=at)
    else:
        there = carers_with_number(school_id=route.school_id, number=route.value, at=at)
    return any(one.pk != route.carer_id for one in there)
