"""Who is told and who has it next, for every owner with something due: asked once a sweep."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import STAFF_OF_QUEUE
from schoolgate.escalation.ladder import Rung, Team, head_step, is_head_step, team_at
from schoolgate.people.models import TeamMember
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School

# Whoever the owner is: what was taken to the head is the head's to answer.
HEAD = "head"


def paths(school: School, at: datetime) -> list[dict[str, Any]]:
    """One row for each owner who has something due (UTC): their own people, cover, leaders.

    `leaders` with `roles` and `heads` go step by step upward; `beyond` are told where nobody of the
    school is left, and never given the thread (threat T24).
    """
    team = team_at(school, at)
    rows = [_of_head(team)]
    rows += [_of_queue(team, queue) for queue in Conversation.Queue.values]
    owners = TeamMember.objects.filter(pk__in=_owners(school, at))
    return rows + [_of_member(team, member) for member in owners]


def _owners(school: School, at: datetime) -> list[int]:
    due = Promise.objects.filter(
        school=school, stopped_at=None, withdrawn_at=None, next_step_at__lte=at
    )
    rows = Conversation.objects.filter(public_id__in=due.values("subject"), owner__isnull=False)
    return list(rows.order_by().values_list("owner", flat=True).distinct())


def _of_member(team: Team, member: TeamMember) -> dict[str, Any]:
    return _row(
        f"m{member.pk}",
        team,
        own=[member],
        cover=team.cover_of(member),
        above=team.above(member),
        to_office=not is_head_step(team.school, _step(team, member)),
    )


def _of_queue(team: Team, queue: str) -> dict[str, Any]:
    own = [one for role in STAFF_OF_QUEUE[queue] for one in team.holding(role)]
    above = [one for one in team.above(None) if one.member not in own]
    return _row(f"q{queue}", team, own=own, cover=[], above=above, to_office=False)


def _of_head(team: Team) -> dict[str, Any]:
    """The head's own: those who may stand in are told before, those above when it is due."""
    stand_in = [one for head in team.heads for one in team.cover_of(head)]
    below = [one for one in team.holding(_below_head(team)) if one not in team.heads]
    return _row(HEAD, team, own=team.heads, cover=stand_in or below, above=[], to_office=False)


def _row(
    key: str,
    team: Team,
    *,
    own: Iterable[TeamMember],
    cover: Iterable[TeamMember],
    above: Iterable[Rung],
    to_office: bool,
) -> dict[str, Any]:
    top = team.school.settings.choices.above_head
    leaders = [one for one in above if one.role != top]
    return {
        "key": key,
        "own": [one.pk for one in own],
        "cover": [one.pk for one in cover],
        "leaders": [one.member.pk for one in leaders],
        "roles": [one.role for one in leaders],
        "heads": [is_head_step(team.school, one.role) for one in leaders],
        "beyond": [one.pk for one in team.holding(top)],
        "to_office": to_office,
    }


def _step(team: Team, member: TeamMember) -> str:
    return team.school.settings.ladder[team.height(member)]


def _below_head(team: Team) -> str:
    ladder = team.school.settings.ladder
    return ladder[max(0, ladder.index(head_step(team.school)) - 1)]
