"""Which saved replies somebody may use and end."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.conversations.models import SavedReply
from schoolgate.people.access import Who, keeps_the_lists


def saved_for(who: Who) -> QuerySet[SavedReply]:
    """One's own and the school's, by name."""
    if who.member is None:
        return SavedReply.objects.none()
    return SavedReply.objects.filter(
        Q(member=who.member) | Q(member=None), school=who.school, ended_at=None
    )


def one_to_use(who: Who, number: str) -> SavedReply:
    """One of them, by the number in an address. Raises Http404."""
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    return get_object_or_404(saved_for(who), pk=int(number))


def one_to_end(who: Who, number: int) -> SavedReply:
    """One's own; the school's for the office and leaders. Raises Http404."""
    rows = saved_for(who)
    if not keeps_the_lists(who):
        rows = rows.filter(member=who.member)
    return get_object_or_404(rows, pk=number)
