"""Who may see a concern; the database has judged already, this says it once more in words."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.people.access import Who
from schoolgate.safeguarding.models import Concern


def sealed(who: Who) -> QuerySet[Concern]:
    """The concerns of a reader by role; row-level security takes away those in conflict."""
    if who.member is None:
        return Concern.objects.none()
    return (
        Concern.objects.filter(school=who.school)
        .exclude(about_member=who.member)
        .select_related("pupil__tutor_group", "raised_by_carer", "raised_by_member")
        .order_by("-raised_at")
    )


def sealed_one(who: Who, public_id: object) -> Concern:
    """One concern of a reader by role. Raises Http404."""
    return get_object_or_404(sealed(who), public_id=public_id)


def own(who: Who) -> QuerySet[Concern]:
    """What somebody raised themselves: they keep their own words (decision 7)."""
    if who.user_id is None:
        return Concern.objects.none()
    return Concern.objects.filter(school=who.school, author_user_id=who.user_id)


def own_one(who: Who, public_id: object) -> Concern:
    """One of somebody's own concerns. Raises Http404."""
    if who.user_id is None:
        raise Http404
    return get_object_or_404(own(who), public_id=public_id)
