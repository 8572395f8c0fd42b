"""Who may see the tray; the only way from a request to its rows. What is not theirs is a 404."""

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.conversations import access as conversations
from schoolgate.conversations.models import Conversation, Message
from schoolgate.inbound.models import Arrival, Fetching, TrayItem
from schoolgate.people.access import LEADERS, Who
from schoolgate.people.models import Carer, RoleHolding
from schoolgate.people.own_family import not_of_own_family

STAFF = (RoleHolding.Role.OFFICE, *LEADERS)


def waiting(who: Who) -> QuerySet[TrayItem]:
    """What still has to be filed, soonest due first; the office and leaders see it."""
    return _seen(who).filter(filed_at=None).order_by("promise__due_at", "pk")


def one(who: Who, public_id: object) -> TrayItem:
    """One tray item, filed or not. Raises Http404."""
    return get_object_or_404(_seen(who), public_id=public_id)


def kept(who: Who) -> QuerySet[Arrival]:
    """The mail of machines that was kept, latest first; the office and leaders see it."""
    rows = Arrival.objects.filter(
        school=who.school, became=Arrival.Became.KEPT, way=Arrival.Way.EMAIL
    )
    return (rows if _files(who) else rows.none()).order_by("-received_at", "-pk")


def one_kept(who: Who, public_id: object) -> Arrival:
    """One of them. Raises Http404."""
    return get_object_or_404(kept(who).select_related("stored"), public_id=public_id)


def passed_on(who: Who) -> QuerySet[TrayItem]:
    """What the office has passed to somebody, unseen first; leaders see their own alone."""
    if who.member is None:
        return TrayItem.objects.none()
    rows = TrayItem.objects.filter(not_of_own_family(who), school=who.school, passed_to=who.member)
    return rows.select_related("school", "arrival__stored", "filed_child", "filed_by").order_by(
        F("seen_at").asc(nulls_first=True), "-filed_at"
    )


def one_passed_on(who: Who, public_id: object) -> TrayItem:
    """One of them. Raises Http404."""
    return get_object_or_404(passed_on(who), public_id=public_id)


def fetched(who: Who, public_id: object) -> Fetching:
    """A picture or recording of a tray item that may be opened. Raises Http404."""
    rows = Fetching.objects.filter(
        school=who.school,
        state=Fetching.State.FETCHED,
        held_because="",
        arrival__tray_item__in=_seen(who),
    )
    return get_object_or_404(rows.select_related("stored"), public_id=public_id)


def carers(who: Who) -> QuerySet[Carer]:
    """The carers to whom something may be filed."""
    if not _files(who):
        return Carer.objects.none()
    return Carer.objects.filter(school=who.school, ended_at=None)


def threads_of(who: Who, carer: Carer) -> QuerySet[Conversation]:
    """A carer's threads that both they and the one who files may see."""
    if not _files(who):
        raise Http404
    theirs = conversations.visible_to_carer(Who(school=who.school, carer=carer, at=who.at))
    return conversations.visible_to(who).filter(pk__in=theirs.values("pk")).order_by("-last_at")


def _seen(who: Who) -> QuerySet[TrayItem]:
    """All but what became a message whose text a leader has taken: nothing of that is here."""
    kept = Message.objects.filter(public_id=OuterRef("arrival__public_id"), kept_at__isnull=False)
    rows = TrayItem.objects.filter(school=who.school) if _files(who) else TrayItem.objects.none()
    rows = rows.filter(not_of_own_family(who), not_of_own_family(who, pupil="filed_child"))
    return rows.exclude(Exists(kept)).select_related(
        "school", "arrival__stored", "promise", "carer", "pupil", "filed_to", "filed_child"
    )


def _files(who: Who) -> bool:
    return who.member is not None and who.holds(*STAFF)
