"""What the thread reports: a leader answered or named a day, an answer bounced, a family wrote."""

from schoolgate.conversations.actions.moving import open_promises
from schoolgate.conversations.errors import LeaderAnswersFirst
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.news import Answered, Closed, FamilyWrote, HandedOver, NotArrived
from schoolgate.escalation.actions.happening import happen
from schoolgate.escalation.models import Escalation
from schoolgate.escalation.states import Event, State
from schoolgate.ledger.actors import SYSTEM, Actor


def answered(news: Answered) -> None:
    """The leader's own word answers; a colleague's beside it does not, while a leader's is due."""
    escalation = _open(news.conversation)
    leaders = open_promises(news.conversation).filter(kind__in=["head", "leader"])
    if escalation is None or leaders.exists():
        return
    event = Event.PLANNED if news.holding else Event.ANSWERED
    happen(escalation, event, actor=Actor("team", news.member.pk, news.member.name), at=news.at)


def not_arrived(news: NotArrived) -> None:
    """What was answered is not: it is with the leader as before."""
    escalation = _open(news.conversation)
    if escalation is not None and escalation.state in {State.ANSWERED, State.ACTING}:
        happen(escalation, Event.NOT_ARRIVED, actor=SYSTEM, at=news.at)


def family_wrote(news: FamilyWrote) -> None:
    """After an answer the family wrote again: it goes on."""
    escalation = _open(news.conversation)
    if escalation is not None:
        carer = news.conversation.carer
        actor = Actor("carer", carer.pk, carer.name)
        happen(escalation, Event.FAMILY_WROTE, actor=actor, at=news.message.at)


def closed(news: Closed) -> None:
    """Finished after the leader's word: what was taken further is settled with it.

    Raises LeaderAnswersFirst while there is none.
    """
    escalation = _open(news.conversation)
    if escalation is not None:
        if escalation.state not in {State.ACTING, State.ANSWERED}:
            raise LeaderAnswersFirst
        actor = Actor("team", news.member.pk, news.member.name)
        happen(escalation, Event.SETTLED, actor=actor, shown=news.reason, at=news.at)
        news.conversation.first_owner = None


def handed_over(news: HandedOver) -> None:
    """Whoever has the thread has what was taken further: cover, or who stands in."""
    escalation = _open(news.conversation)
    owner = news.conversation.owner
    if escalation is not None and owner is not None and escalation.holder != owner:
        escalation.holder = owner
        escalation.save(update_fields=["holder"])


def _open(conversation: Conversation) -> Escalation | None:
    return (
        Escalation.objects.select_for_update(of=("self",))
        .filter(conversation=conversation, ended_at=None)
        .first()
    )
