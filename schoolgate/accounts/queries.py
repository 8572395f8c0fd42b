"""Which person is behind a user."""

from datetime import datetime

from schoolgate.people.access import Who
from schoolgate.people.models import Carer, TeamMember
from schoolgate.people.queries import has_access, roles_of
from schoolgate.school.models import School


def who_is(*, school: School, user_id: int, at: datetime) -> Who:
    """The carer and team member behind a user in one school, with roles as they are now (UTC).

    Somebody whose access has ended is nobody, whatever device they hold (decision 3).
    """
    member = TeamMember.objects.filter(school=school, user_id=user_id).first()
    if member and not has_access(member, at):
        member = None
    carer = Carer.objects.filter(school=school, user_id=user_id).first()
    if carer and carer.ended_at and carer.ended_at <= at:
        carer = None
    return Who(
        school=school,
        user_id=user_id,
        carer=carer,
        member=member,
        roles=roles_of(member, at) if member else frozenset(),
        at=at,
    )


def schools_of(*, user_id: int) -> list[School]:
    """The schools in which a user has a place; readable with no school set, by their own policy."""
    ids = set(Carer.objects.filter(user_id=user_id).values_list("school_id", flat=True))
    ids |= set(TeamMember.objects.filter(user_id=user_id).values_list("school_id", flat=True))
    return list(School.objects.filter(pk__in=ids))
