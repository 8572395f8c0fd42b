"""Who answers first: by child and topic to the tutor, else the office (Clause 1.0-A2)."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.conversations.models import Conversation
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.people.queries import has_access, takes_over_from

Kind, Queue = Conversation.Kind, Conversation.Queue

# The doors of decision 21, each to a staffed queue until its own room is built.
QUEUE_OF_KIND: dict[str, str] = {
    Kind.COMPLAINT: Queue.COMPLAINTS,
    Kind.HELP: Queue.OFFICE,
    Kind.MEETING: Queue.OFFICE,
    Kind.POLICY: Queue.OFFICE,
}
# Topics that the office knows best; every other topic, and none, goes to the child's tutor.
OFFICE_TOPICS = frozenset({"transport", "money", "dates"})
# Who staffs a queue.
STAFF_OF_QUEUE: dict[str, tuple[str, ...]] = {
    Queue.OFFICE: ("office",),
    Queue.COMPLAINTS: ("head", "assistant_head"),
}


@dataclass(frozen=True)
class Owner:
    """Exactly one of a team member and a queue."""

    member: TeamMember | None = None
    queue: str = ""


OFFICE = Owner(queue=Queue.OFFICE)


def first_owner(*, kind: str, topic: str, pupil: Pupil | None, at: datetime) -> Owner:
    """The one who has a new conversation (UTC moment, since access is judged then)."""
    if kind in QUEUE_OF_KIND:
        return Owner(queue=QUEUE_OF_KIND[kind])
    group = pupil.tutor_group if pupil else None
    if topic in OFFICE_TOPICS or group is None or group.tutor is None:
        return OFFICE
    return present(group.tutor, at)


def present(member: TeamMember, at: datetime) -> Owner:
    """A team member with access, else the one who takes over from them, else the office."""
    if has_access(member, at):
        return Owner(member=member)
    successor = takes_over_from(member, at)
    return Owner(member=successor) if successor else OFFICE
