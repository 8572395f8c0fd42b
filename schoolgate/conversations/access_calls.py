"""Whom somebody may write a call down for, and which call-backs and exceptions they may see."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.conversations import access
from schoolgate.conversations.models import Call, CallTask, Conversation, Urgent
from schoolgate.people.access import LEADERS, Who, links_for_team
from schoolgate.people.models import ContactRoute, Link, RoleHolding

EXCEPTIONS_FOR = timedelta(days=30)


def links_to_ring(who: Who) -> QuerySet[Link]:
    """The adults of the children whom a team member works with, by name."""
    return links_for_team(who).order_by("carer__sorted_by", "pupil__sorted_by", "pk")


def thread_to_ring(who: Who, words: str) -> Conversation | None:
    """The thread that an address names; none where it names none. Raises Http404."""
    if not words:
        return None
    try:
        public_id = UUID(words)
    except ValueError:
        raise Http404 from None
    return access.one_as_team(who, public_id)


def tasks_for(who: Who) -> QuerySet[CallTask]:
    """The call-backs that are one's own, one's queue's, or that the office was told of.

    What is urgent stands first, then what is due first (Clause 2.1-M1).
    """
    if who.member is None:
        return CallTask.objects.none()
    mine = Q(member=who.member) | Q(queue__in=access.queues_of(who))
    if who.holds(RoleHolding.Role.OFFICE, *LEADERS):
        mine |= Q(office_told_at__isnull=False)
    return (
        CallTask.objects.filter(
            mine, school=who.school, done_at=None, conversation__in=access.visible_to(who)
        )
        .select_related("conversation__carer", "conversation__pupil", "member")
        .annotate(is_urgent=Q(why=CallTask.Why.URGENT))
        .order_by("-is_urgent", "due_at", "pk")
    )


def private_calls_for(who: Who) -> QuerySet[Call]:
    """Calls of the last weeks on private telephones, for leaders and the caller's own leader."""
    calls = Call.objects.filter(
        school=who.school,
        began_at__gt=who.at - EXCEPTIONS_FOR,
        message__conversation__in=access.visible_to(who),
    ).exclude(private_reason="")
    if not who.holds(*LEADERS):
        calls = calls.filter(logged_by__line_leader=who.member)
    return calls.select_related("logged_by", "message__conversation__school").order_by("-began_at")


def written_urgently_for(who: Who) -> QuerySet[Urgent]:
    """What was urgent in the last weeks and written to somebody who is not to be rung."""
    rows = Urgent.objects.filter(
        school=who.school,
        at__gt=who.at - EXCEPTIONS_FOR,
        because=Urgent.Because.NOT_TO_BE_RUNG,
        message__conversation__in=access.visible_to(who),
    )
    if not who.holds(*LEADERS):
        rows = rows.filter(message__member__line_leader=who.member)
    return rows.select_related("message__member", "message__conversation__school").order_by("-at")


def one_task(who: Who, number: int) -> CallTask:
    """One call-back of theirs. Raises Http404."""
    return get_object_or_404(tasks_for(who).select_related("conversation__carer"), pk=number)


def number_to_ring(who: Who, conversation: Conversation, number: int) -> ContactRoute:
    """One number of the carer of a thread that access has given. Raises Http404."""
    kinds = [ContactRoute.Kind.MOBILE, ContactRoute.Kind.PHONE]
    return get_object_or_404(
        ContactRoute, school=who.school, carer=conversation.carer_id, kind__in=kinds,
        ended_at=None, pk=number,
    )  # fmt: skip
