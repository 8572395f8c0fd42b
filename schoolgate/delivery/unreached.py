"""Who was not reached, and why in one word; the same for the office's page and its daily list.

Threat T15: bounces, dead numbers, full queues, answers that were lost, hand-offs that are late, and
families with no working route at all.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from schoolgate.delivery.actions.bouncing import CAME_BACK
from schoolgate.delivery.actions.bundling import NOT_IN_ISAMS
from schoolgate.delivery.actions.claiming import BACKOFF
from schoolgate.delivery.actions.settling import TWICE_IN_DOUBT
from schoolgate.delivery.errors import NoRoute
from schoolgate.delivery.hand_off_clock import to_be_sent_by
from schoolgate.delivery.held import that_may_go
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.queries import not_reached, owed_by_isams
from schoolgate.delivery.reach import Kind, routes_of
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import Carer, Receives
from schoolgate.school.models import School

TOO_LONG = timedelta(hours=2)
BY_NUMBER = {Parcel.Channel.SMS, Parcel.Channel.VOICE}


class Why(StrEnum):
    """Why somebody was not reached."""

    BOUNCED = "bounced"
    DEAD_NUMBER = "dead number"
    WAITING = "waiting"  # two hours past its time
    GAVE_UP = "gave up"  # the other side took nothing, for all the tries
    REFUSED = "refused"
    IN_DOUBT = "in doubt"
    NO_ADDRESS = "no address"
    NOT_IN_ISAMS = "not in isams"


_SAID = {
    CAME_BACK: Why.BOUNCED,
    TWICE_IN_DOUBT: Why.IN_DOUBT,
    NOT_IN_ISAMS: Why.NOT_IN_ISAMS,
    NoRoute.__doc__ or "": Why.NO_ADDRESS,
}


def why(*, channel: str, state: str, because: str, tries: int) -> Why:
    """Why one parcel did not reach its person."""
    if state != Parcel.State.FAILED:
        return Why.WAITING
    if because in _SAID:
        return _SAID[because]
    if tries > len(BACKOFF):
        return Why.GAVE_UP
    return Why.DEAD_NUMBER if channel in BY_NUMBER else Why.REFUSED


def failed_since(school_id: int, since: datetime) -> QuerySet[Parcel]:
    """What failed for good since a moment (UTC); what a digest held fails with it, unsaid."""
    return not_reached(school_id).filter(ended_at__gte=since, gathered_in=None)


def waiting_too_long(school_id: int, at: datetime) -> QuerySet[Parcel]:
    """What should have left two hours before a moment (UTC), or is refused for now since then."""
    late = at - TOO_LONG
    rows = Parcel.objects.filter(
        Q(next_try_at__lte=late) | Q(tries__gt=0, posted_at__lte=late),
        school_id=school_id,
        state=Parcel.State.WAITING,
        carer__isnull=False,
    )
    return that_may_go(rows, at).select_related("carer", "content").order_by("posted_at")


def without_working_route(school_id: int, at: datetime) -> QuerySet[Carer]:
    """Carers who receive something for a child, and no way to them works (UTC, Clause 3.0-P4).

    A task that stands until a way works again, or until No safe route bears a name.
    """
    links = links_at(at, Receives.GENERAL).filter(school_id=school_id)
    carers = list(links.order_by().values_list("carer", flat=True).distinct())
    routes = routes_of(school_id=school_id, carers=carers, kind=Kind.SERVICE)
    cut_off = [
        carer
        for carer, theirs in routes.items()
        if not theirs.working and not theirs.nothing_is_safe
    ]
    return Carer.objects.filter(pk__in=cut_off).order_by("sorted_by", "pk")


def late_hand_offs(school: School, at: datetime) -> int:
    """How many contents iSAMS was to have sent by a moment (UTC); for a reply the same hour."""
    rows = owed_by_isams(school.pk, at).order_by().values_list("content", "posted_at").distinct()
    due = {content: to_be_sent_by(school, since) for content, since in rows}
    return sum(moment is not None and moment < at for moment in due.values())
