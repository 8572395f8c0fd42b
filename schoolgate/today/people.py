"""Who meets what is for today: the office, the tutor, the desk that it concerns, who is next."""

from collections.abc import Iterable
from datetime import datetime

from schoolgate.people.models import Pupil, RoleHolding, TeamMember
from schoolgate.people.presence import acting_heads, is_here, members_here, takes_over_from
from schoolgate.people.queries import holders
from schoolgate.school.models import School
from schoolgate.today.times import HEAD, NEXT, OFFICE, TUTOR

Role = RoleHolding.Role
# Who is asked next when the office has not looked; the head comes after them.
NEXT_ROLES = (Role.ASSISTANT_HEAD,)
KEEPERS_OF_CHILDREN = (Role.DSL, Role.DEPUTY_DSL)


def here_with(school: School, roles: Iterable[str], at: datetime) -> list[TeamMember]:
    """Who holds one of the roles and is not away at a moment (UTC), by name."""
    held = holders(school_id=school.pk, roles=tuple(roles), at=at)
    return list(members_here(school.pk, at).filter(pk__in=held.values("pk")).order_by("sorted_by"))


def office_people(school: School, at: datetime) -> list[TeamMember]:
    """Who staffs the office now."""
    return here_with(school, (Role.OFFICE,), at)


def next_people(school: School, at: datetime) -> list[TeamMember]:
    """Who is alarmed when nobody has looked: the step below the head, else the head."""
    return here_with(school, NEXT_ROLES, at) or heads(school, at)


def heads(school: School, at: datetime) -> list[TeamMember]:
    """Who acts as head now."""
    return acting_heads(school, at)


def heads_and_keepers(school: School, at: datetime) -> list[TeamMember]:
    """The head, the safeguarding lead and deputies: who is told of a refused collection."""
    people = [*heads(school, at), *here_with(school, KEEPERS_OF_CHILDREN, at)]
    return list({one.pk: one for one in people}.values())


def tutor_of(pupil: Pupil | None, at: datetime) -> TeamMember | None:
    """The child's tutor if they are here (UTC), else who has their work."""
    tutor = pupil.tutor_group.tutor if pupil and pupil.tutor_group else None
    if tutor is None or is_here(tutor, at):
        return tutor
    return takes_over_from(tutor, at)


def of_role(school: School, role: str, at: datetime) -> list[TeamMember]:
    """Who of the team a word of decision 1's table means at a moment (UTC); see `times`.

    The office has its queue on the screen, and no email for each; a tutor is a child's own.
    """
    if role in {OFFICE, TUTOR}:
        return []
    if role == NEXT:
        return next_people(school, at)
    if role == HEAD:
        return heads(school, at)
    return here_with(school, (role,), at)
