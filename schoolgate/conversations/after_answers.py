"""What stands under an answer on its family's page: whether it was one, and what comes then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolgate.conversations.actions.saying import as_told
from schoolgate.conversations.answered import answers_in, may_be_said_until
from schoolgate.conversations.models import Conversation, FamilyWord, Message
from schoolgate.conversations.models.calls import TRIED
from schoolgate.conversations.states import State
from schoolgate.school.calendars import reply_calendar


@dataclass(frozen=True, slots=True)
class After:
    """Under one answer: ask whether it was one; that it is too late; what is missing; back."""

    asks: bool = False
    too_late: bool = False
    more: bool = False
    back: bool = False


def ask_whether_answered(
    conversation: Conversation, messages: Sequence[Message], at: datetime
) -> None:
    """Put `after` on each answer among the messages that its family sees (UTC; decision 20)."""
    told = [as_told(one) for one in messages if _reached_somebody(one)]
    answers = {one.number for one in answers_in(told)}
    latest = max(
        (one for one in told if one.number in answers), default=None, key=lambda one: one.at
    )
    for message in messages:
        if message.pk not in answers:
            continue
        word = word_of(message)
        if word is None:
            is_latest = latest is not None and message.pk == latest.number
            after = _after(conversation, message, at, is_latest=is_latest)
        else:
            wrote_since = any(not one.by_school and one.at > word.said_at for one in told)
            again = word.verdict == FamilyWord.Verdict.DID_NOT_ANSWER
            waits = not wrote_since and conversation.side == "school"
            after = After(more=again and waits, back=waits or not again)
        message.after = after  # type: ignore[attr-defined]  # for the page alone


def word_of(message: Message) -> FamilyWord | None:
    """What its family said of an answer and has not taken back."""
    word: FamilyWord | None = getattr(message, "family_word", None)
    return word if word and word.stands else None


def _after(conversation: Conversation, message: Message, at: datetime, *, is_latest: bool) -> After:
    school = conversation.school
    window = school.settings.promises.did_not_answer_for
    if at <= may_be_said_until(reply_calendar(school), message.at, window):
        return After(asks=True)
    return After(too_late=is_latest and conversation.state == State.WITH_PARENT)


def _reached_somebody(message: Message) -> bool:
    """Whether a person told it, and not to a telephone that nobody took."""
    call = getattr(message, "call", None)
    tried = call is not None and call.outcome in TRIED
    return message.direction != Message.Direction.AUTOMATIC and not tried
