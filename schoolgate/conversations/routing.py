"""Who answers first: by child and topic to the tutor, else the office (Clause 1.0-A2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from schoolgate.conversations.errors import NobodyElse
from schoolgate.conversations.models import Conversation
from schoolgate.people.models import Pupil, RoleHolding, TeamMember
from schoolgate.people.own_family import colleagues_of_the_family
from schoolgate.people.presence import is_here, takes_over_from
from schoolgate.people.queries import holders, working_members
from schoolgate.school.models import School

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
SCHOOL_LEADERS = Owner(queue=Queue.COMPLAINTS)


def owner_name(conversation: Conversation) -> str:
    """Who has it, in words for the family."""
    return conversation.owner.name if conversation.owner else queue_name(conversation.queue)


def queue_name(queue: str) -> str:
    """Who staffs a queue, in words for the family."""
    return _("A school leader") if queue == Queue.COMPLAINTS else _("The school office")


def without_a_person(conversation: Conversation) -> Owner:
    """The queue that has it where no person does: a complaint never lies with the office."""
    never_office = conversation.kind == Kind.COMPLAINT or conversation.about_office
    return SCHOOL_LEADERS if never_office else OFFICE


def first_owner(*, kind: str, topic: str, pupil: Pupil | None, at: datetime) -> Owner:
    """The one who has a new conversation (UTC moment, since access is judged then)."""
    if kind in QUEUE_OF_KIND:
        return Owner(queue=QUEUE_OF_KIND[kind])
    group = pupil.tutor_group if pupil else None
    if topic in OFFICE_TOPICS or group is None or group.tutor is None:
        return OFFICE
    return present(group.tutor, at, never=colleagues_of_the_family(carer=None, pupil=pupil))


def first_owner_of(conversation: Conversation, at: datetime) -> Owner:
    """The one who has a new conversation, judged with whom it is about (UTC).

    Where it is about every leader of the school it goes above them, as nothing else does (threat
    T24). Raises NobodyElse.
    """
    kind, topic = conversation.kind, conversation.topic
    owner = first_owner(kind=kind, topic=topic, pupil=conversation.pupil, at=at)
    if not (conversation.about_member or conversation.about_office):
        return owner
    never, school = kept_from(conversation), conversation.school
    for roles in (STAFF_OF_QUEUE[Queue.COMPLAINTS], (school.settings.choices.above_head,)):
        left = [one for one in holders(school_id=school.pk, roles=roles, at=at) if one not in never]
        if left:
            inside = roles == STAFF_OF_QUEUE[Queue.COMPLAINTS]
            return SCHOOL_LEADERS if inside else Owner(member=left[0])
    raise NobodyElse


def present(
    member: TeamMember,
    at: datetime,
    *,
    never: Collection[TeamMember] = (),
    otherwise: Owner = OFFICE,
) -> Owner:
    """A team member who is here (UTC), else the one who takes over from them, else a queue.

    `never` are those from whom it is kept: they have it under no circumstances.
    """
    if member not in never and is_here(member, at):
        return Owner(member=member)
    successor = takes_over_from(member, at)
    return Owner(member=successor) if successor and successor not in never else otherwise


def kept_from(conversation: Conversation) -> frozenset[TeamMember]:
    """Whom it is about, and who is an adult of that family themselves: they never have it."""
    kept = colleagues_of_the_family(carer=conversation.carer, pupil=conversation.pupil)
    if conversation.about_member:
        kept |= {conversation.about_member}
    if conversation.about_office:
        kept |= of_the_office(conversation.school, conversation.opened_at)
    return kept


def whom_a_family_knows(children: QuerySet[Pupil], at: datetime) -> QuerySet[TeamMember]:
    """Whom a family may name in a complaint (UTC): their children's tutors, and the heads."""
    child = children.select_related("school").first()
    tutors = Q(pk__in=children.order_by().values("tutor_group__tutor"))
    if child is None:
        return TeamMember.objects.none()
    roles = child.school.settings.head_holders
    heads = holders(school_id=child.school_id, roles=roles, at=at).values("pk")
    return working_members(at).filter(tutors | Q(pk__in=heads), school=child.school_id)


def of_the_office(school: School, since: datetime) -> frozenset[TeamMember]:
    """Who is of the office, or was since a moment (UTC); never the head, who answers for it."""
    held = RoleHolding.objects.filter(Q(until=None) | Q(until__gt=since), school=school)
    heads = held.filter(role__in=school.settings.head_holders)
    office = held.filter(role=RoleHolding.Role.OFFICE).exclude(member__in=heads.values("member"))
    return frozenset(TeamMember.objects.filter(pk__in=office.values("member")))


def find_somebody_here(conversation: Conversation, at: datetime) -> None:
    """Let what waits again be with somebody who is here (UTC); the caller saves it."""
    if conversation.owner:
        owner = present(
            conversation.owner,
            at,
            never=kept_from(conversation),
            otherwise=without_a_person(conversation),
        )
        conversation.owner, conversation.queue = owner.member, owner.queue
