"""Who may see what was taken further; the only way from a request to its rows."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.conversations import access as conversations
from schoolgate.conversations.models import Conversation
from schoolgate.escalation.models import Escalation
from schoolgate.people.access import LEADERS, Who
from schoolgate.people.models import Absence
from schoolgate.people.presence import absences_at


def open_for(who: Who) -> QuerySet[Escalation]:
    """What is open and somebody holds; leaders of the school see all of it, never of themselves."""
    if who.member is None:
        return Escalation.objects.none()
    rows = Escalation.objects.filter(
        school=who.school, ended_at=None, conversation__in=conversations.visible_to(who)
    )
    if not who.holds(*LEADERS, *_heads(who)):
        rows = rows.filter(Q(holder=who.member) | Q(conversation__first_owner=who.member))
    return rows.select_related(
        "conversation__carer", "conversation__pupil", "conversation__owner", "holder", "school"
    )


def one(who: Who, public_id: object) -> Escalation:
    """One that a team member may see, open or over. Raises Http404."""
    if who.member is None:
        raise Http404
    rows = Escalation.objects.filter(
        school=who.school, conversation__in=conversations.visible_to(who)
    ).select_related("conversation__carer", "conversation__pupil", "holder", "school")
    return get_object_or_404(rows, public_id=public_id)


def own_open(who: Who, public_id: object) -> Escalation:
    """The open one of a carer's own conversation. Raises Http404."""
    conversation = conversations.one_as_carer(who, public_id)
    rows = Escalation.objects.filter(conversation=conversation, ended_at=None)
    return get_object_or_404(rows.select_related("conversation", "holder", "school"))


def open_of(conversation: Conversation) -> Escalation | None:
    """The open one of a conversation that access has given, if it was taken further."""
    return conversation.escalations.filter(ended_at=None).select_related("holder").first()


def absences_for(who: Who) -> QuerySet[Absence]:
    """Who is away or will be: for the office and leaders all, for others their own."""
    if who.member is None or who.school is None:
        return Absence.objects.none()
    rows = Absence.objects.filter(school=who.school, ended_at=None).select_related(
        "member", "cover"
    )
    if who.holds("office", *LEADERS, *_heads(who)):
        return rows
    return rows.filter(Q(member=who.member) | Q(cover=who.member))


def away_now(who: Who) -> QuerySet[Absence]:
    """Who is away at this moment, as the page of cover shows it to everybody of the team."""
    if who.member is None or who.school is None:
        return Absence.objects.none()
    return absences_at(who.school.pk, who.at)


def _heads(who: Who) -> tuple[str, ...]:
    return who.school.settings.head_holders if who.school else ()
