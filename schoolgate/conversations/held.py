"""What somebody sees of their own threads while what the school says waits for them (decision 5).

Their own words and our automatic receipts stand there as ever. What a person of the school said or
did since they are held back is not there yet: no gap, no note.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from schoolgate.conversations.models import Closure, Conversation, FamilyWord, Message
from schoolgate.conversations.models.calls import without_tries
from schoolgate.conversations.states import SIDE, Event, State, after
from schoolgate.response_clock.models import Promise


def said(conversation: Conversation, messages: QuerySet[Message]) -> QuerySet[Message]:
    """The messages of a conversation without those that wait."""
    since = _since(conversation)
    if since is None:
        return messages
    return messages.exclude(direction=Message.Direction.SCHOOL, at__gte=since)


def closed_behind_their_back() -> Exists:
    """Of a row with `held_since`: it was closed since then, and so is open to its carer."""
    closures = Closure.objects.filter(conversation=OuterRef("pk"), reopened_at=None)
    return Exists(closures.filter(at__gte=OuterRef("held_since")))


def as_before(conversations: Iterable[Conversation], promises: list[Promise]) -> None:
    """Show threads and their promises as they stood but for what waits; nothing is saved.

    A promise that something unseen has answered is open, one that it made is not there.
    """
    for conversation in conversations:
        since = _since(conversation)
        if since is not None and _hides(conversation, since):
            _turn_back(conversation, since)
            _run_on(conversation, promises, since)


def _since(conversation: Conversation) -> datetime | None:
    found: datetime | None = getattr(conversation, "held_since", None)
    return found


def _unseen(conversation: Conversation, since: datetime) -> QuerySet[Message]:
    by_school = conversation.messages.filter(direction=Message.Direction.SCHOOL)
    return by_school.filter(at__gte=since)


def _hides(conversation: Conversation, since: datetime) -> bool:
    closed = Closure.objects.filter(conversation=conversation, reopened_at=None, at__gte=since)
    return closed.exists() or _unseen(conversation, since).exists()


def _turn_back(conversation: Conversation, since: datetime) -> None:
    """The state as it follows from what they have seen, and when that was."""
    seen = conversation.messages.exclude(pk__in=_unseen(conversation, since).values("pk"))
    told = seen.exclude(direction=Message.Direction.AUTOMATIC).order_by("-at", "-id")
    latest = without_tries(told).first()
    state = State.WITH_SCHOOL
    if latest and latest.direction == Message.Direction.SCHOOL:
        event = Event.SCHOOL_HELD if latest.holding_until else Event.SCHOOL_REPLIED
        state = after(state, event)
    if latest and _said_since(conversation, latest.at):
        state = after(state, Event.DID_NOT_ANSWER)
    conversation.state, conversation.side = state, SIDE[state]
    conversation.last_at = latest.at if latest else conversation.opened_at
    conversation.closed_because = None  # type: ignore[attr-defined]  # an annotation of the page


def _said_since(conversation: Conversation, at: datetime) -> bool:
    """Whether they have said since then that an answer was none."""
    words = FamilyWord.objects.filter(message__conversation=conversation, said_at__gte=at)
    return words.filter(verdict=FamilyWord.Verdict.DID_NOT_ANSWER, withdrawn_at=None).exists()


def _run_on(conversation: Conversation, promises: list[Promise], since: datetime) -> None:
    for promise in list(promises):
        if promise.subject != conversation.public_id:
            continue
        if promise.kind == Promise.Kind.NEWS and promise.started_at >= since:
            promises.remove(promise)
        if promise.stopped_at and promise.stopped_at >= since:
            promise.stopped_at = promise.stopped_by = None
        if promise.withdrawn_at and promise.withdrawn_at >= since:
            promise.withdrawn_at = None
