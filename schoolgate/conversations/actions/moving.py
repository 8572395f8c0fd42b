"""What every verb does to a conversation: move its state, keep its soonest due moment."""

from datetime import datetime

from django.db.models import QuerySet

from schoolgate.conversations.models import Closure, Conversation, Message, Promised
from schoolgate.conversations.states import SIDE, Event, State, after
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise

# What stands in the place of a subject or a preview that nobody gave, or that a leader has taken.
NO_SUBJECT = "A message from home"
LONGEST_PREVIEW = 160


def locked(conversation: Conversation) -> Conversation:
    """The row, held until the transaction ends, so that two verbs come one after the other."""
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("school", "carer", "pupil", "owner")
        .get(pk=conversation.pk)
    )


def move(conversation: Conversation, event: Event) -> None:
    """Follow the state machine. Raises NotFromHere; saves nothing yet."""
    conversation.state = after(conversation.state, event)
    conversation.side = SIDE[conversation.state]


def wait_for_school(conversation: Conversation, at: datetime) -> None:
    """Somebody owes an answer to what a leader has: also where it had been finished (UTC)."""
    Closure.objects.filter(conversation=conversation, reopened_at=None).update(reopened_at=at)
    if conversation.state not in {State.WITH_SCHOOL, State.PROMISED}:
        move(conversation, Event.TAKEN_FURTHER)


def save(conversation: Conversation, message: Message | None = None) -> None:
    """Save the conversation with its soonest open promise and its latest words."""
    conversation.due_at = (
        open_promises(conversation).order_by("due_at").values_list("due_at", flat=True).first()
        if conversation.side == "school"
        else None
    )
    if message is not None:
        conversation.last_at = max(conversation.last_at, message.at)
        conversation.last_channel = message.channel
        said = NO_SUBJECT if message.kept_at else preview_of(message.body)
        conversation.preview = said or conversation.preview  # a call that nobody took says nothing
    conversation.save()


def preview_of(words: str) -> str:
    """What lists show of a message's words."""
    return " ".join(words.split())[:LONGEST_PREVIEW]


def open_promises(conversation: Conversation) -> QuerySet[Promise]:
    """The promises of a conversation that still wait for an answer."""
    return Promise.objects.filter(
        subject=conversation.public_id, stopped_at=None, withdrawn_at=None
    )


def promise(
    conversation: Conversation, kind: Promise.Kind, at: datetime, due: datetime | None = None
) -> Promise:
    """Make a promise to the family, unless one of that kind is open: the oldest time counts."""
    known = open_promises(conversation).filter(kind=kind).first()
    if known:
        return known
    made = clock.make(
        school=conversation.school, subject=conversation.public_id, kind=kind, at=at, due=due
    )
    Promised.objects.create(school=conversation.school, conversation=conversation, promise=made)
    return made


def restart(conversation: Conversation, waiting: Promise, since: datetime, at: datetime) -> Promise:
    """Replace an open promise by one from another moment (UTC), when what it was for has moved."""
    clock.withdraw(promise=waiting, at=at)
    return promise(conversation, Promise.Kind(waiting.kind), since)
