"""Who answers first: by child and topic to the tutor, else the office (Clause 1.0-A2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.people.own_family import colleagues_of_the_family
from schoolgate.people.presence import is_here, takes_over_from

Kind, Queue = Conversation.Kind, Conversation.Queue

# The doors of decision 21, each to a staffed queue until its own room is built.
QUEUE_OF_KIND: dict[str, str] = {
    Kind.COMPLAINT: Queue.COMPLAINTS,
    Kind.HELP: Queue.OFFICE,
    Kind.MEETING: Queue.OFFICE,
    Kind.POLICY: Queue.OFFICE,
}
# Topics that the office knows best; every other topic, and none, goes to the child's tutor.
OFFICE_TOPICS = frozenset({"transport", "money", "dates", "today", "urgent"})
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


def owner_name(conversation: Conversation) -> str:
    """Who has it, in words for the family."""
    return conversation.owner.name if conversation.owner else _("The school office")


def first_owner(*, kind: str, topic: str, pupil: Pupil | None, at: datetime) -> Owner:
    """The one who has a new conversation (UTC moment, since access is judged then)."""
    if kind in QUEUE_OF_KIND:
        return Owner(queue=QUEUE_OF_KIND[kind])
    group = pupil.tutor_group if pupil else None
    if topic in OFFICE_TOPICS or group is None or group.tutor is None:
        return OFFICE
    return present(group.tutor, at, never=colleagues_of_the_family(carer=None, pupil=pupil))


def present(
    member: TeamMember,
    at: datetime,
    *,
    never: Collection[TeamMember] = (),
) -> Owner:
    """A team member who is here (UTC), else the one who takes over from them, else the office.

    `never` are those from whom it is kept: they have it under no circumstances.
    """
    if member not in never and is_here(member, at):
        return Owner(member=member)
    successor = takes_over_from(member, at)
    return Owner(member=successor) if successor and successor not in never else OFFICE


def kept_from(conversation: Conversation) -> frozenset[TeamMember]:
    """Whom it is about, and who is an adult of that family themselves: they never have it."""
    family = colleagues_of_the_family(carer=conversation.carer, pupil=conversation.pupil)
    about = conversation.about_member
    return family | {about} if about else family


def find_somebody_here(conversation: Conversation, at: datetime) -> None:
    """Let what waits again be with somebody who is here (UTC); the caller saves it."""
    if conversation.owner:
        owner = present(conversation.owner, at, never=kept_from(conversation))
        conversation.owner, conversation.queue = owner.member, owner.queue
