"""What the tests of this room do again and again, in words."""

from datetime import datetime

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.escalation.actions.taking_further import Ask, Step, ask_the_head, take_further
from schoolgate.escalation.models import Escalation
from schoolgate.people.actions.absence import record_absence
from schoolgate.people.models import Absence, TeamMember
from schoolgate.rehearsal.cast import Cast


def asks(cast: Cast, carer: str, thread: Conversation, at: datetime, about: str = "") -> Escalation:
    """A parent asks the headteacher."""
    return ask_the_head(
        actor=actor_of(cast, carer),
        carer=cast.carers[carer],
        conversation=thread,
        ask=Ask(words="Nobody answers.", about=cast.team[about] if about else None),
        at=at,
    )


def takes(cast: Cast, member: str, thread: Conversation, at: datetime, **to: str) -> Escalation:
    """A colleague takes it further."""
    return take_further(
        actor=actor_of(cast, member),
        member=cast.team[member],
        conversation=thread,
        to=Step(**to),
        at=at,
    )


def is_away(
    cast: Cast,
    key: str,
    at: datetime,
    *,
    cover: str = "",
    until: datetime | None = None,
    recorded: datetime | None = None,
) -> Absence:
    """Somebody is away from a moment."""
    return record_absence(
        actor=actor_of(cast, "joan" if "joan" in cast.team else "carol"),
        member=TeamMember.objects.get(pk=cast.team[key].pk),  # with the cover that they have now
        span=(at, until),
        cover=cast.team[cover] if cover else None,
        no_cover_because="" if cover else "Everybody is out.",
        at=recorded or at,
    )
