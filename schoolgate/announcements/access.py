"""Who may see and send which announcement; the only way from a request to its rows.

What somebody may not see does not exist for them: every function here raises Http404.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.announcements.audience import is_to_own_children, own_children, wish_of
from schoolgate.announcements.errors import AnnouncementError
from schoolgate.announcements.models import Announcement, Call, PupilList
from schoolgate.announcements.rules import Sender, refusal
from schoolgate.announcements.states import OUT, State
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.signed_link import Signed
from schoolgate.people import own_family
from schoolgate.people.access import LEADERS, Who
from schoolgate.people.entitlement import links_at
from schoolgate.people.holding import Waits
from schoolgate.people.models import Carer, Pupil, Receives, RoleHolding
from schoolgate.school.models import School

Role = RoleHolding.Role
ANSWERED_WITHIN = timedelta(days=180)
SEE_ALL = (Role.OFFICE, Role.CENTRAL_SENDER, *sorted(LEADERS))


def sender_of(who: Who) -> Sender:
    """What the person may do by the roles that they hold now."""
    if who.school is None or who.member is None:
        return Sender()
    return Sender(
        is_central=who.holds(Role.CENTRAL_SENDER),
        may_be_urgent=who.holds(*who.school.settings.sending.urgent_senders),
    )


def refusal_for(who: Who, announcement: Announcement) -> type[AnnouncementError] | None:
    """Why this person may not send it as it stands now; nothing when they may (2.1-M3)."""
    theirs = is_to_own_children(who, announcement, who.at)
    return refusal(sender_of(who), wish_of(announcement, to_own_children=theirs))


def visible_to_team(who: Who) -> QuerySet[Announcement]:
    """One's own; for the office, the central sender and leaders all that left their writer."""
    every = Announcement.objects.filter(school=who.school)
    if who.member is None:
        return every.none()
    own = Q(author=who.member) | Q(sender=who.member)
    return every.filter(own | ~Q(state=State.DRAFT)) if who.holds(*SEE_ALL) else every.filter(own)


def one_as_team(who: Who, public_id: object) -> Announcement:
    """One announcement that a team member may see. Raises Http404."""
    rows = visible_to_team(who).select_related("author", "sender", "content", "corrects")
    return _of_this_school(who, get_object_or_404(rows, public_id=public_id))


def one_to_write(who: Who, public_id: object) -> Announcement:
    """One that has not left, of which this person is the writer. Raises Http404."""
    found = one_as_team(who, public_id)
    if found.author_id != (who.member.pk if who.member else 0) or found.state in OUT:
        raise Http404
    return found


def asked_for(who: Who) -> QuerySet[Announcement]:
    """What waits for the central sender's word, oldest first; nothing for anybody else."""
    rows = visible_to_team(who).filter(state=State.ASKED).select_related("author")
    return rows.order_by("changed_at", "pk") if sender_of(who).is_central else rows.none()


def visible_to_carer(who: Who) -> QuerySet[Announcement]:
    """What a carer was sent about a child of whom they may still hear; judged now, each time."""
    if who.carer is None:
        return Announcement.objects.none()
    return _sent_to(who.carer, who).filter(school=who.school)


def one_as_carer(who: Who, public_id: object) -> Announcement:
    """One announcement that a carer was sent. Raises Http404."""
    rows = visible_to_carer(who).select_related("content", "corrects", "sender")
    return _of_this_school(who, get_object_or_404(rows, public_id=public_id))


def children_of(who: Who, announcement: Announcement, carer: Carer) -> QuerySet[Pupil]:
    """Those of a carer's children whom it concerns and of whom they may hear now."""
    parcel = Parcel.objects.filter(
        content=announcement.content_id, carer=carer, channel=Parcel.Channel.PORTAL
    ).first()
    links = links_at(who.at, Receives(announcement.level)).filter(carer=carer)
    return Pupil.objects.filter(
        pk__in=links.values("pupil"), school=who.school, id__in=parcel.children if parcel else []
    )


def by_link(who: Who, signed: Signed | None) -> tuple[Announcement, Carer]:
    """The announcement and the carer of a signed link, while it is there for them. Raises 404."""
    if signed is None:
        raise Http404
    carer = get_object_or_404(
        Carer.objects.filter(Q(ended_at=None) | Q(ended_at__gt=who.at), school=who.school),
        pk=signed.carer,
    )
    rows = _sent_to(carer, who).select_related("content")
    found = get_object_or_404(rows, content=signed.content, school=who.school)
    # To stop optional news has to work for ever; to answer, no longer than anybody counts on it.
    if found.published_at is None or found.published_at < who.at - ANSWERED_WITHIN:
        raise Http404
    return _of_this_school(who, found), carer


def carer_to_stop(who: Who, signed: Signed | None) -> Carer:
    """Whose optional news a signed link ends. Raises Http404."""
    if (
        signed is None
        or not Parcel.objects.filter(
            school=who.school, content=signed.content, carer=signed.carer
        ).exists()
    ):
        raise Http404
    return get_object_or_404(Carer, pk=signed.carer, school=who.school)


def calls_for(who: Who) -> QuerySet[Call]:
    """Whom the office rings, what is urgent first, then as they were put there."""
    tries = Prefetch("tries")
    return (
        Call.objects.filter(_of_other_families(who), school=who.school, ended_at=None)
        .exclude(Waits("carer", "children", "announcement__content__is_safety", who.at))
        .select_related("announcement", "carer")
        .prefetch_related(tries, "carer__routes")
        .order_by("-announcement__is_urgent", "put_at", "carer__sorted_by", "pk")
    )


def _of_other_families(who: Who) -> Q:
    """A colleague rings none of their own children's other adults (threat T19)."""
    if not who.is_adult_here:
        return Q()
    return ~Q(carer__links__pupil__in=own_family.own_children(who).values("pk"))


def may_be_told(who: Who, calls: Sequence[Call]) -> dict[int, tuple[int, ...]]:
    """Of which children each may still be told, judged now; none where an order has begun since."""
    carers = {call.carer_id for call in calls}
    pupils = {child for call in calls for child in call.children}
    pairs = {
        level: set(
            links_at(who.at, Receives(level))
            .filter(carer__in=carers, pupil__in=pupils)
            .values_list("carer", "pupil")
        )
        for level in {call.announcement.level for call in calls}
    }
    return {
        call.pk: tuple(
            child
            for child in call.children
            if (call.carer_id, child) in pairs[call.announcement.level]
        )
        for call in calls
    }


def children_seen(who: Who) -> frozenset[int] | None:
    """The children whose families this person sees by name; None where it is all of them."""
    if who.holds(*SEE_ALL) and not who.is_adult_here:
        return None
    rows = Pupil.objects.filter(school=who.school) if who.holds(*SEE_ALL) else own_children(who)
    # As staff a colleague sees no answer of their own children's other adults (threat T19).
    if who.is_adult_here:
        rows = rows.exclude(pk__in=own_family.own_children(who).values("pk"))
    return frozenset(rows.order_by().values_list("pk", flat=True))


def one_call(who: Who, number: int) -> Call:
    """One call that is still to make. Raises Http404."""
    return get_object_or_404(calls_for(who), pk=number)


def lists_for(who: Who) -> QuerySet[PupilList]:
    """The lists of which every child is one with whom they work."""
    rows = PupilList.objects.filter(school=who.school, ended_at=None)
    others = Pupil.objects.filter(school=who.school).exclude(
        pk__in=own_children(who).order_by().values("pk")
    )
    return rows.exclude(pupils__pupil__in=others.values("pk"))


def _sent_to(carer: Carer, who: Who) -> QuerySet[Announcement]:
    """By the portal parcel, and by what they may receive at this moment for one of its children."""
    sent = Parcel.objects.filter(
        content=OuterRef("content"),
        carer=carer,
        channel=Parcel.Channel.PORTAL,
        state=Parcel.State.SENT,
    ).exclude(Waits("carer", "children", "content__is_safety", who.at, "posted_at"))
    levels = {
        level: list(links_at(who.at, level).filter(carer=carer).values_list("pupil", flat=True))
        for level in (Receives.GENERAL, Receives.PROGRESS)
    }
    heard = Q()
    for level, children in levels.items():
        heard |= Q(Exists(sent.filter(children__overlap=children)), level=level)
    return Announcement.objects.filter(heard, state__in=OUT)


def _of_this_school(who: Who, announcement: Announcement) -> Announcement:
    """The request's own school object: its settings and calendar are read already."""
    if isinstance(who.school, School):
        announcement.school = who.school
    return announcement
