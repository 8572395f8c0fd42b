"""A colleague who is an adult of a child here: as staff they see nothing of that child's adults.

By a link of whatever kind, one that was limited or has ended among them: who lives apart may not
read at work what the other one writes to the school (threat T19). What they are as a parent they
see as a parent. For a leader, the lead and the office it is the same; nobody hands it to them.
"""

from django.db.models import Q, QuerySet

from schoolgate.people.access import Who
from schoolgate.people.models import Carer, Link, Pupil, TeamMember


def own_children(who: Who) -> QuerySet[Pupil]:
    """The children of whom somebody is or was an adult, by a link of whatever kind."""
    links = Link.objects.filter(carer__user_id=_user_of(who))
    return Pupil.objects.filter(school=who.school, pk__in=links.values("pupil"))


def not_of_own_family(who: Who, *, carer: str = "carer", pupil: str = "pupil") -> Q:
    """What keeps a colleague's own children, and their adults, out of what they see as staff.

    `carer` and `pupil` are where the rows have them; for nearly everybody it asks for nothing.
    """
    if not who.is_adult_here:
        return Q()
    children = own_children(who).values("pk")
    adults = Link.objects.filter(pupil__in=children).values("carer")
    own = Carer.objects.filter(school=who.school, user_id=_user_of(who)).values("pk")
    return (
        (Q(**{f"{pupil}__isnull": True}) | ~Q(**{f"{pupil}__in": children}))
        & (Q(**{f"{carer}__isnull": True}) | ~Q(**{f"{carer}__in": adults}))
        & (Q(**{f"{carer}__isnull": True}) | ~Q(**{f"{carer}__in": own}))
    )


def colleagues_of_the_family(*, carer: Carer | None, pupil: Pupil | None) -> frozenset[TeamMember]:
    """The team members who are an adult of a child, or of a child of one of its adults."""
    children = Q(pupil=pupil) if pupil else Q(pk=None)
    if carer is not None:
        children |= Q(pupil__in=Link.objects.filter(carer=carer).values("pupil"))
    adults = Q(links__in=Link.objects.filter(children))
    if carer is not None:
        adults |= Q(pk=carer.pk)
    users = Carer.objects.filter(adults, user_id__isnull=False).values("user_id")
    child_or_adult = pupil or carer
    if child_or_adult is None:
        return frozenset()
    school_id = child_or_adult.school_id
    return frozenset(TeamMember.objects.filter(school_id=school_id, user_id__in=users))


def _user_of(who: Who) -> int:
    """Nobody's number where somebody has none: carers without one are no family of theirs."""
    user_id = who.member.user_id if who.member else who.user_id
    return user_id or 0
