"""Handing over: the work moves, the clock does not; there is an owner at every moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from schoolgate.conversations.actions.moving import locked, open_promises
from schoolgate.conversations.actions.replying import OF_LEADERS
from schoolgate.conversations.actions.telling_family import tell_who_has_it
from schoolgate.conversations.errors import AboutThem, IsAway, NoAccess, WithALeader
from schoolgate.conversations.models import Conversation, HandOver
from schoolgate.conversations.news import HandedOver, on_handed_over
from schoolgate.conversations.routing import Owner, kept_from, present, without_a_person
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.absence_news import Away
from schoolgate.people.leaving import AccessEnded
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import acting_heads, is_here, not_in_before, takes_over_from
from schoolgate.people.queries import has_access
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School

Because = HandOver.Because


@dataclass(frozen=True)
class Move:
    """To whom something goes, why, and what they should know first."""

    to: Owner
    because: str = Because.CHOSEN
    summary: str = ""


@transaction.atomic
def hand_over(
    *, actor: Actor, conversation: Conversation, to: Owner, summary: str, at: datetime
) -> Conversation:
    """Give a conversation to a colleague or a queue, with a summary for them (2.2-T7).

    What a leader was asked goes on by their word alone. Raises NoAccess, IsAway and AboutThem where
    that colleague can't have it, and WithALeader.
    """
    if to.member and not has_access(to.member, at):
        raise NoAccess
    if to.member and not is_here(to.member, at):
        raise IsAway
    conversation = locked(conversation)
    if to.member and to.member in kept_from(conversation):
        raise AboutThem
    if to.member is None:
        to = without_a_person(conversation)
    if open_promises(conversation).filter(kind__in=OF_LEADERS).exists():
        raise WithALeader
    give(actor=actor, conversation=conversation, move=Move(to, summary=summary), at=at)
    return conversation


@transaction.atomic
def hand_over_all(
    *, actor: Actor, conversations: Iterable[Conversation], to: TeamMember, at: datetime
) -> int:
    """Give several conversations to one colleague (UTC); how many.

    Raises NoAccess, IsAway, AboutThem and WithALeader.
    """
    owner = Owner(member=to)
    moved = [
        hand_over(actor=actor, conversation=one, to=owner, summary="", at=at)
        for one in conversations
    ]
    return len(moved)


def move_work(news: AccessEnded) -> None:
    """Somebody's access ended: their conversations move in the same transaction (decision 3)."""
    _move_on(
        news.actor,
        news.member,
        Conversation.objects.filter(owner=news.member),
        because=Because.LEFT,
        at=news.at,
    )


def cover_work(news: Away) -> None:
    """Somebody is away: what waits for them goes to cover, and each family hears who has it (5.2).

    What waits for the family stays theirs: it finds cover when the family writes.
    """
    absence = news.absence
    waiting = Conversation.objects.filter(owner=absence.member, side="school")
    _move_on(news.actor, absence.member, waiting, because=Because.AWAY, at=news.at)


@transaction.atomic
def cover_part_time(*, school: School, at: datetime) -> int:
    """What falls due before a part-time colleague is next in goes to cover (UTC); how many."""
    moved = 0
    for member, back in not_in_before(school, at).items():
        due_first = Conversation.objects.filter(owner=member, side="school", due_at__lt=back)
        for conversation in due_first.select_for_update(of=("self",)).select_related(
            "school", "carer", "pupil", "owner", "about_member"
        ):
            owner = conversation.owner
            assert owner is not None  # asked for above
            successor = takes_over_from(owner, at)
            never = kept_from(conversation)
            stands_in = successor if successor not in never else None
            to = Owner(stands_in) if stands_in else without_a_person(conversation)
            move = Move(to, Because.AWAY, _summary(conversation))
            give(actor=SYSTEM, conversation=conversation, move=move, at=at)
            tell_who_has_it(conversation, away=owner, at=at)
            moved += 1
    return moved


def take(
    *, actor: Actor, conversation: Conversation, member: TeamMember, at: datetime
) -> Conversation:
    """Take a conversation on oneself, from a queue or a colleague."""
    return hand_over(
        actor=actor, conversation=conversation, to=Owner(member=member), summary="", at=at
    )


def give(*, actor: Actor, conversation: Conversation, move: Move, at: datetime) -> HandOver:
    """Move a locked conversation, with its hand-over and ledger entry; the clock stays."""
    to = move.to
    moved = HandOver.objects.create(
        school_id=conversation.school_id,
        conversation=conversation,
        from_member_id=conversation.owner_id,
        from_queue=conversation.queue,
        to_member=to.member,
        to_queue=to.queue,
        summary=move.summary,
        because=move.because,
        at=at,
        family_told_at=at,
    )
    conversation.owner, conversation.queue, conversation.owned_since = to.member, to.queue, at
    conversation.save(update_fields=["owner", "queue", "owned_since"])
    record(
        actor=actor,
        verb="handed over",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
        to=to.member.pk if to.member else to.queue,
    )
    on_handed_over.tell(HandedOver(conversation, at))
    return moved


def _move_on(
    actor: Actor,
    member: TeamMember,
    rows: QuerySet[Conversation],
    *,
    because: str,
    at: datetime,
) -> None:
    """Give on everything of one colleague who is away or has left."""
    for conversation in rows.select_for_update(of=("self",)).select_related(
        "school", "carer", "pupil", "about_member"
    ):
        to = _cover_of(member, conversation, at)
        move = Move(to, because, _summary(conversation))
        give(actor=actor, conversation=conversation, move=move, at=at)
        if conversation.side == "school":
            tell_who_has_it(conversation, away=member if because == Because.AWAY else None, at=at)


def _cover_of(member: TeamMember, conversation: Conversation, at: datetime) -> Owner:
    """Never whom it is about; the head's own matters may go above the school, nothing else."""
    never = kept_from(conversation)
    if open_promises(conversation).filter(kind=Promise.Kind.HEAD).exists():
        standing_in = acting_heads(conversation.school, at)
        for one in standing_in:
            if one not in never and one != member:
                return Owner(member=one)
    return present(member, at, never=never, otherwise=without_a_person(conversation))


def _summary(conversation: Conversation) -> str:
    """What cover reads first: the latest words, as the list shows them."""
    return conversation.preview
