"""What happens to what was taken further: the state moves, and it is written down."""

from datetime import datetime

from schoolgate.escalation.models import Escalation, Happening
from schoolgate.escalation.states import OVER, Event, after
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember


def happen(
    escalation: Escalation,
    event: Event,
    *,
    actor: Actor,
    at: datetime,
    to: TeamMember | None = None,
    shown: str = "",
) -> Happening:
    """Move the state and write down what happened (UTC); saves the escalation.

    Raises NotFromHere, and then nothing has changed.
    """
    escalation.state = after(escalation.state, event)
    if event is Event.RECEIVED:
        escalation.received_at = at
    if event in {Event.CLIMBED, Event.REDIRECTED}:
        escalation.received_at = None
    if escalation.state in OVER:
        escalation.ended_at = at
    escalation.save()
    return Happening.objects.create(
        school_id=escalation.school_id,
        escalation=escalation,
        event=event,
        by_name=actor.name,
        to=to,
        shown=shown,
        at=at,
    )
