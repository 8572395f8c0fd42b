"""What the team says in a thread names no other child, unless somebody says why (decision 17)."""

import uuid
from datetime import datetime

from schoolgate.conversations.models import Conversation
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.naming_others import Saying, check_names
from schoolgate.people.models import TeamMember
from schoolgate.people.naming import own_children_of


def check_names_in(
    conversation: Conversation,
    words: str,
    *,
    actor: Actor,
    member: TeamMember | None = None,
    said_in: uuid.UUID,
    because: str,
    at: datetime,
) -> None:
    """Ask why another child is named in words that the thread's one reader gets (UTC).

    Their own children are no others, whether or not the thread is about one; `said_in` is the id of
    the message, so that each is asked about for itself. Without `member` it is the one who acts.
    Raises OtherChildNamed.
    """
    if member is None:
        member = TeamMember.objects.get(pk=actor.id, school_id=conversation.school_id)
    carer = conversation.carer
    saying = Saying(
        words=words,
        own=own_children_of(carer, conversation.pupil, at),
        kind="message",
        said_in=said_in,
        adults=[member.name, carer.name],
    )
    check_names(actor=actor, member=member, saying=saying, because=because, at=at)
