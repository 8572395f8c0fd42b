"""The school's ladder: who is next, above whom; never whom it is about, never who is away.

The steps are the school's own data (Clause 2.2-T8b). Somebody on no step, such as a therapist,
stands on the first. The team is read once for a request or a sweep, and then everything is asked of
it in memory, for one conversation or for ten thousand.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.people.presence import acting_heads, members_here
from schoolgate.school.models import School


@dataclass(frozen=True)
class Rung:
    """One step of the ladder and who stands on it for this matter."""

    role: str
    member: TeamMember


@dataclass(frozen=True)
class Team:
    """Who is here at one moment, with their roles, and who acts as head."""

    school: School
    here: dict[int, TeamMember]
    roles: dict[int, frozenset[str]]
    heads: tuple[TeamMember, ...]

    def holding(self, role: str) -> list[TeamMember]:
        """Who is here and holds a role, by name."""
        if is_head_step(self.school, role):
            return list(self.heads)
        return self._by_role.get(role, [])

    @cached_property
    def _by_role(self) -> dict[str, list[TeamMember]]:
        found: dict[str, list[TeamMember]] = defaultdict(list)
        for pk, one in self.here.items():
            for role in self.roles.get(pk, ()):
                found[role].append(one)
        return found

    def height(self, member: TeamMember | None) -> int:
        """The highest step that somebody holds; the first for who holds none, and for queues."""
        if member is None:
            return 0
        held = self.roles.get(member.pk, frozenset())
        ladder = self.school.settings.ladder
        steps = [n for n, role in enumerate(ladder) if held & _names_of(self.school, role)]
        return max(steps, default=0)

    def above(self, member: TeamMember | None, *, never: Collection[TeamMember] = ()) -> list[Rung]:
        """Everybody who may have it next, lowest step first.

        On a step the line leader of whoever has it stands first. The subject of a concern is never
        among them, nor is who has it now.
        """
        found: dict[int, Rung] = {}
        for role in self.school.settings.ladder[self.height(member) + 1 :]:
            for one in self._line_leader_first(self.holding(role), member):
                if one not in never and one != member:
                    found.setdefault(one.pk, Rung(role, one))
        return list(found.values())

    def on_step(self, role: str, *, never: Collection[TeamMember] = ()) -> Rung | None:
        """Who has what is taken to one step; nobody there, then whoever is above, then below."""
        ladder = self.school.settings.ladder
        start = next(
            (n for n, step in enumerate(ladder) if role in _names_of(self.school, step)),
            len(ladder),
        )
        for step in ladder[start:]:
            for one in self.holding(step):
                if one not in never:
                    return Rung(step, one)
        return next(
            (
                Rung(step, one)
                for step in reversed(ladder)
                for one in self.holding(step)
                if one not in never
            ),
            None,
        )

    def cover_of(self, member: TeamMember) -> list[TeamMember]:
        """Named cover, then the line leader, of those who are here; nobody above the school."""
        named = (member.cover_id, member.line_leader_id)
        above = {self.school.settings.choices.above_head}
        return [
            self.here[pk]
            for pk in dict.fromkeys(named)
            if pk in self.here and pk != member.pk and self.roles.get(pk, frozenset()) != above
        ]

    def _line_leader_first(
        self, people: Iterable[TeamMember], below: TeamMember | None
    ) -> list[TeamMember]:
        leads = below.line_leader_id if below else None
        return sorted(people, key=lambda one: one.pk != leads)


def team_at(school: School, at: datetime) -> Team:
    """The team of a school at a moment (UTC), in four queries."""
    roles: dict[int, set[str]] = defaultdict(set)
    held = RoleHolding.objects.filter(Q(until=None) | Q(until__gt=at), school=school, since__lte=at)
    for member, role in held.values_list("member", "role"):
        roles[member].add(role)
    here = {one.pk: one for one in members_here(school.pk, at)}
    return Team(
        school=school,
        here=here,
        roles={member: frozenset(names) for member, names in roles.items()},
        heads=_heads(school, here, roles) or tuple(acting_heads(school, at)),
    )


def _heads(
    school: School, here: Mapping[int, TeamMember], roles: Mapping[int, set[str]]
) -> tuple[TeamMember, ...]:
    """The head, who is nearly always here, without asking again."""
    for role in school.settings.head_holders:
        found = tuple(one for pk, one in here.items() if role in roles.get(pk, ()))
        if found:
            return found
    return ()


def head_step(school: School) -> str:
    """The step of the ladder on which the head stands."""
    return next(role for role in school.settings.ladder if is_head_step(school, role))


def is_head_step(school: School, role: str) -> bool:
    """Whether a step is the head's."""
    return role in school.settings.head_holders


def _names_of(school: School, role: str) -> set[str]:
    """The head's step is held by whoever holds the head's office, under whatever name (D2)."""
    return set(school.settings.head_holders) if is_head_step(school, role) else {role}
