"""Who may see what is for today; the only way from a request to its rows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Left
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.conversations import access as conversations
from schoolgate.people.access import SEE_EVERY_CHILD, Who, pupils_for_team, pupils_of
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import Group, Link, Receives
from schoolgate.people.own_family import not_of_own_family
from schoolgate.today.calendars import local_day
from schoolgate.today.models import Collection, Matter, Missing
from schoolgate.today.states import Collecting, State

SHOWN = 160
LATEST = timedelta(days=1)


def visible_to(who: Who) -> QuerySet[Matter]:
    """What a team member may see: all for the office and leaders, else of their own children.

    Never what lies in a thread that they may not see, such as one about themselves.
    """
    if who.member is None:
        return Matter.objects.none()
    rows = Matter.objects.filter(
        Q(conversation=None) | Q(conversation__in=conversations.visible_to(who)),
        not_of_own_family(who),
        school=who.school,
    )
    if not who.holds(*SEE_EVERY_CHILD, "transport"):
        rows = rows.filter(pupil__in=pupils_for_team(who).values("pk"))
    elif not who.holds(*SEE_EVERY_CHILD):
        rows = rows.filter(
            Q(kind__in=["transport", "collection"]) | Q(pupil__in=pupils_for_team(who).values("pk"))
        )
    return rows


def waiting_for(who: Who) -> QuerySet[Matter]:
    """What nobody has seen yet, soonest due first."""
    return visible_to(who).filter(state=State.WAITING).order_by("due_at", "pk")


def list_for(who: Who, day: date) -> QuerySet[Matter]:
    """What nobody has seen, and what was seen and is for a day or later; with its words.

    Of a text that a leader has taken nothing is there, but for its keeper, as the database judges.
    """
    return (
        visible_to(who)
        .filter(Q(state=State.WAITING) | Q(state=State.SEEN, day__gte=day))
        .select_related(
            "pupil__tutor_group",
            "carer",
            "seen_by",
            "conversation",
            "collection",
            "school",
            "message",
        )
        .annotate(
            said=Left(
                Coalesce(
                    "message__kept__words",
                    F("message__body"),
                    Value("", output_field=CharField()),
                ),
                SHOWN,
            )
        )
        .order_by(F("seen_at").desc(nulls_first=True), "due_at", "pk")
    )


def one_for_team(who: Who, public_id: object) -> Matter:
    """One that a team member may see. Raises Http404."""
    return get_object_or_404(visible_to(who).select_related("school"), public_id=public_id)


def own(who: Who) -> QuerySet[Matter]:
    """What a carer told of today, latest first; as long as they may hear of the child."""
    if who.carer is None:
        return Matter.objects.none()
    return (
        Matter.objects.filter(
            Q(pupil=None) | Q(pupil__in=pupils_of(who).values("pk")),
            school=who.school,
            carer=who.carer,
        )
        .exclude(state=State.NOT_TODAY)
        .select_related("pupil", "conversation", "collection", "school")
        .order_by("-came_at", "-pk")
    )


def own_now(who: Who) -> QuerySet[Matter]:
    """Of these, what is for today or later, or came within a day: for the family's home."""
    if who.school is None:
        return Matter.objects.none()
    return own(who).filter(
        Q(day__gte=local_day(who.school, who.at)) | Q(came_at__gte=who.at - LATEST), chosen="family"
    )


def one_of_own(who: Who, public_id: object) -> Matter:
    """One of a carer's own. Raises Http404."""
    return get_object_or_404(own(who), public_id=public_id)


def pick_ups(who: Who, day: date) -> QuerySet[Collection]:
    """Who else collects from a day on, of the children whom a team member may see."""
    if who.member is None:
        return Collection.objects.none()
    return (
        Collection.objects.filter(matter__in=visible_to(who), day__gte=day)
        .exclude(state=Collecting.TAKEN_BACK)
        .select_related("pupil__tutor_group", "carer__school", "matter", "school", "confirmed_by")
        .order_by("day", "pk")
    )


def one_pick_up(who: Who, public_id: object) -> Collection:
    """One of them, by the public id of its matter. Raises Http404."""
    if who.member is None:
        raise Http404
    rows = Collection.objects.filter(matter__in=visible_to(who))
    return get_object_or_404(
        rows.select_related("pupil", "carer__school", "matter", "school"),
        matter__public_id=public_id,
    )


def groups_for(who: Who) -> QuerySet[Group]:
    """The classes whose register somebody takes: their own, or all for office and leaders."""
    if who.member is None:
        return Group.objects.none()
    rows = Group.objects.filter(school=who.school, kind=Group.Kind.TUTOR).select_related("tutor")
    if who.holds(*SEE_EVERY_CHILD):
        return rows.order_by("sorted_by")
    return (
        rows.filter(Q(tutor=who.member) | Q(helpers__member=who.member))
        .distinct()
        .order_by("sorted_by")
    )


def missing_for(who: Who, day: date) -> QuerySet[Missing]:
    """Who is missing on a day and nobody has said why."""
    rows = Missing.objects.filter(
        school=who.school, day=day, ended="", pupil__in=pupils_for_team(who).values("pk")
    )
    return rows.select_related("pupil__tutor_group", "school")


def links_to_ring(pupils: Iterable[int], at: datetime) -> QuerySet[Link]:
    """The adults who may be rung about missing children at a moment (UTC), family first."""
    return (
        links_at(at, Receives.GENERAL)
        .filter(pupil__in=pupils)
        .select_related("carer")
        .order_by("pupil", F("carer__capacity").asc(), "pk")
    )
