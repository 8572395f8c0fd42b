"""An answer was none: the leader above whoever has it hears of it (decision 20)."""

from collections.abc import Iterable, Iterator

from schoolgate.conversations.access import visible_to
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.news import NotAnswered
from schoolgate.conversations.routing import kept_from
from schoolgate.escalation.actions.happening import happen
from schoolgate.escalation.actions.telling import alert
from schoolgate.escalation.ladder import Team, team_at
from schoolgate.escalation.models import Escalation
from schoolgate.escalation.states import Event
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import Who
from schoolgate.people.models import TeamMember


def not_answered(news: NotAnswered) -> None:
    """What was taken further goes on; one leader who may read the thread is told (UTC)."""
    thread, at = news.conversation, news.at
    known = Escalation.objects.select_for_update(of=("self",)).filter(
        conversation=thread, ended_at=None
    )
    for escalation in known:
        carer = Actor("carer", thread.carer.pk, thread.carer.name)
        happen(escalation, Event.FAMILY_WROTE, actor=carer, at=at)
    team = team_at(thread.school, at)
    told = next(_who_may_read(team, thread, _above(team, thread), news), None)
    if told is not None:
        alert(thread.school, [told], at, page=f"conversations/{thread.public_id}")


def _above(team: Team, thread: Conversation) -> Iterator[TeamMember]:
    """The line leader of whoever has it, then the steps above; never whom it is about."""
    owner = thread.owner
    leads = team.here.get(owner.line_leader_id or 0) if owner else None
    never = kept_from(thread)
    if leads is not None and leads not in never:
        yield leads
    for rung in team.above(owner, never=never):
        yield rung.member


def _who_may_read(
    team: Team, thread: Conversation, people: Iterable[TeamMember], news: NotAnswered
) -> Iterator[TeamMember]:
    """Of these, who may open the thread: others could only wonder."""
    for one in people:
        roles = team.roles.get(one.pk, frozenset())
        who = Who(school=thread.school, member=one, roles=roles, at=news.at)
        if visible_to(who).filter(pk=thread.pk).exists():
            yield one
