"""Who is told of a concern, at once, and who never is (decision 6)."""

from datetime import datetime

from schoolgate.people.access import Role
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import holders
from schoolgate.school.models import School

TOLD_AT_ONCE = (Role.DSL.value, Role.DEPUTY_DSL.value, Role.HEAD.value)


def told(
    *, school: School, about: TeamMember | None, about_adult: bool, at: datetime
) -> list[TeamMember]:
    """The DSL, deputies and head; about an adult here the case manager alone (Clause 2.2-T8c).

    The case manager is the head; about the head it is the group's lead. The person whom a concern
    is about is never told of it (reading O7). `at` in UTC.
    """
    roles = case_manager(school, about, at) if about_adult else TOLD_AT_ONCE
    found = holders(school_id=school.pk, roles=roles, at=at)
    return list(found.exclude(pk=about.pk) if about else found)


def case_manager(school: School, about: TeamMember | None, at: datetime) -> tuple[str, ...]:
    """The role that holds a concern about an adult who works here."""
    heads = holders(school_id=school.pk, roles=(Role.HEAD.value,), at=at)
    is_about_head = about is not None and heads.filter(pk=about.pk).exists()
    return (Role.GROUP_LEAD.value,) if is_about_head else (Role.HEAD.value,)
