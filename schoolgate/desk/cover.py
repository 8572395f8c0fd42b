"""Who covers whom: who is away or will be soon, who has their families, and who if that fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from schoolgate.people.letters import plain
from schoolgate.people.models import Absence, TeamMember
from schoolgate.people.presence import (
    absences_at,
    acting_heads,
    begins_soon,
    is_above_the_school,
    is_here,
)
from schoolgate.people.queries import roles_of
from schoolgate.school.models import School

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Covered:
    """One absence: who, from and until when (UTC), who has their families, and who after that."""

    away: TeamMember
    since: datetime
    until: datetime | None
    begun: bool
    now: str
    then: list[str]


def covers_at(school: School, at: datetime) -> list[Covered]:
    """The absences of now and of the next seven days, in order of time (UTC)."""
    absences = [*absences_at(school.pk, at), *begins_soon(school.pk, at, AHEAD)]
    return [
        _covered(school, one, at)
        for one in sorted(absences, key=lambda one: (one.from_at, plain(one.member.name)))
    ]


def _covered(school: School, absence: Absence, at: datetime) -> Covered:
    office = _("The office")
    names = [*dict.fromkeys(one.name for one in _in_turn(school, absence, at)), office]
    return Covered(
        away=absence.member,
        since=absence.from_at,
        until=absence.until_at,
        begun=absence.from_at <= at,
        now=names[0],
        then=names[1:],
    )


def _in_turn(school: School, absence: Absence, at: datetime) -> list[TeamMember]:
    """Who takes over, one after another, of those who are here: as `takes_over_from` asks them."""
    member = absence.member
    asked = (absence.cover, member.cover, member.line_leader)
    found = [
        one
        for one in asked
        if one is not None
        and one.pk != member.pk
        and is_here(one, at)
        and not is_above_the_school(one, at)
    ]
    if absence.from_at <= at and roles_of(member, at) & set(school.settings.head_holders):
        found += [one for one in acting_heads(school, at) if one != member]
    return found
