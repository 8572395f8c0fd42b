"""Call-backs: somebody is to be rung by a moment; there is always one who does it."""

from datetime import datetime, timedelta

from django.db import transaction

from schoolgate.conversations.actions.alarming import alert
from schoolgate.conversations.errors import EndedAlready, NothingWritten, NumberNotKept
from schoolgate.conversations.models import CallTask, Conversation, Urgent
from schoolgate.conversations.routing import (
    STAFF_OF_QUEUE,
    Owner,
    kept_from,
    present,
    without_a_person,
)
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.absence_news import Away
from schoolgate.people.leaving import AccessEnded
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import holders
from schoolgate.people.ringing import numbers_of
from schoolgate.people.telephone import other_mobile_in
from schoolgate.response_clock.actions import reckon
from schoolgate.response_clock.reckoning import known
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School

Why, Queue = CallTask.Why, Conversation.Queue


def ask_to_ring(
    conversation: Conversation,
    *,
    why: str,
    member: TeamMember | None,
    by: datetime | None,
    at: datetime,
) -> CallTask:
    """Put a call-back on the list (UTC): who promised it rings; what was asked, the thread's owner.

    One that stands there already keeps the sooner time. In the caller's transaction.
    """
    due = by or reckon(conversation.school, at).reply_due or at + timedelta(days=1)
    known_already = conversation.call_tasks.filter(why=why, done_at=None).first()
    if known_already:
        known_already.due_at = min(known_already.due_at, due)
        known_already.save(update_fields=["due_at"])
        return known_already
    owner = Owner(member=member) if member and why != Why.ASKED else _owner(conversation)
    return CallTask.objects.create(
        school=conversation.school,
        conversation=conversation,
        member=owner.member,
        queue=owner.queue,
        why=why,
        made_at=at,
        due_at=due,
    )


def note_attempt(conversation: Conversation, *, began_at: datetime, spoke: bool) -> None:
    """A call was tried (UTC): the first try counts; who was spoken to is off the list."""
    waiting = conversation.call_tasks.filter(done_at=None, made_at__lte=began_at)
    waiting.filter(first_attempt_at=None).update(first_attempt_at=began_at)
    Urgent.objects.filter(
        message__conversation=conversation, first_attempt_at=None, at__lte=began_at
    ).exclude(because=Urgent.Because.NOT_TO_BE_RUNG).update(first_attempt_at=began_at)
    if spoke:
        waiting.update(done_at=began_at, ended_because="spoke")


@transaction.atomic
def end_without_ringing(*, actor: Actor, task: CallTask, because: str, at: datetime) -> CallTask:
    """Take a call-back off the list with a reason (UTC).

    Raises NothingWritten, NumberNotKept, EndedAlready.
    """
    words = " ".join(because.replace("\0", "").split())[:300]
    if not words:
        raise NothingWritten
    held = CallTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if held.done_at:
        raise EndedAlready
    if other_mobile_in(words, numbers_of(held.conversation.carer)):
        raise NumberNotKept
    held.done_at, held.ended_because = at, words
    held.save(update_fields=["done_at", "ended_because"])
    record(
        actor=actor,
        verb="ended a call-back",
        school_id=held.school_id,
        about=("conversation", held.conversation.public_id),
        at=at,
    )
    return held


def move_calls(news: AccessEnded | Away) -> None:
    """Somebody left or is away: their call-backs go to whoever takes over, in the same step."""
    member = news.absence.member if isinstance(news, Away) else news.member
    for task in CallTask.objects.filter(member=member, done_at=None).select_related(
        "conversation__about_member",
        "conversation__carer",
        "conversation__pupil",
        "conversation__school",
    ):
        owner = present(member, news.at, never=kept_from(task.conversation))
        task.member, task.queue = owner.member, "" if owner.member else queue_of(task.conversation)
        task.reminded_at = None
        task.save(update_fields=["member", "queue", "reminded_at"])


@transaction.atomic
def remind_of_calls(*, school: School, at: datetime) -> int:
    """Tell whoever has a call-back that is overdue, once, and later the office, once (UTC).

    Nobody is woken for it: an alert waits for the opening. How many call-backs were told of.
    """
    overdue = CallTask.objects.select_for_update(of=("self",), skip_locked=True).filter(
        school=school, done_at=None, due_at__lt=at
    )
    first = list(overdue.filter(reminded_at=None).select_related("member", "conversation"))
    for task in first:
        alert(school, _who_rings(task, at), at, page="call-backs")
    CallTask.objects.filter(pk__in=[task.pk for task in first]).update(reminded_at=at)
    late = [
        task
        for task in overdue.filter(reminded_at__lt=at, office_told_at=None)
        if _office_hears_at(school, task.due_at) < at
    ]
    if late:
        alert(school, _staff(school, Queue.OFFICE, at), at, page="call-backs")
    CallTask.objects.filter(pk__in=[task.pk for task in late]).update(office_told_at=at)
    return len(first) + len(late)


def queue_of(conversation: Conversation) -> str:
    """Which queue rings where no person does: who may read a complaint, else the office."""
    return without_a_person(conversation).queue


def _office_hears_at(school: School, due: datetime) -> datetime:
    """As long after it was due as a leader hears of a late answer."""
    after = school.settings.promises.leader_after
    return known(lambda: after.after(due, reply_calendar(school))) or due + timedelta(hours=2)


def _owner(conversation: Conversation) -> Owner:
    return Owner(member=conversation.owner, queue=conversation.queue)


def _who_rings(task: CallTask, at: datetime) -> list[TeamMember]:
    return [task.member] if task.member else _staff(task.school, task.queue, at)


def _staff(school: School, queue: str, at: datetime) -> list[TeamMember]:
    return list(holders(school_id=school.pk, roles=STAFF_OF_QUEUE[queue], at=at))
