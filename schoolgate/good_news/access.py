"""Who may see or tell good news of whom; the only way from a request to its rows.

Told by anybody of the team, about any child here but their own; seen by who told it and by those
who work with the child. As a parent somebody has the thread.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from schoolgate.good_news.models import GoodNews
from schoolgate.people.access import Who, children_to_write_about, pupils_for_team
from schoolgate.people.models import Link, Pupil


def visible_to(who: Who) -> QuerySet[GoodNews]:
    """The good news that a team member may see, latest first."""
    if who.member is None:
        return GoodNews.objects.none()
    own = Link.objects.filter(pupil=OuterRef("pupil"), carer__user_id=who.user_id)
    seen = Q(told_by=who.member) | Q(pupil__in=pupils_for_team(who).values("pk"))
    rows = GoodNews.objects.filter(seen, school=who.school).exclude(Exists(own))
    return rows.select_related("pupil", "told_by")


def child(who: Who, public_id: UUID) -> Pupil:
    """A child of whom somebody may tell good news. Raises Http404."""
    rows = children_to_write_about(who).select_related("school")
    return get_object_or_404(rows, public_id=public_id)


def own_children_of(who: Who) -> QuerySet[Pupil]:
    """The children whom somebody works with, and may tell good news of."""
    return children_to_write_about(who).filter(pk__in=pupils_for_team(who).values("pk"))
