"""A message that a concern was raised from: its text sealed, its answer in approved words.

The thread keeps its look, owner and promise; what a leader takes for a complaint or a legal matter
looks the same (decision 8). The concern has its own copy of the words.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions import keeping
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.models import Message
from schoolgate.safeguarding import access, asked
from schoolgate.safeguarding.actions.recording import Hand, write_note
from schoolgate.safeguarding.errors import NotNow
from schoolgate.safeguarding.models import Concern, Step


@transaction.atomic
def seal_text(*, hand: Hand) -> Step:
    """Take the message's text out of its thread; whatever the concern lacks of it stays here.

    Raises NotNow: also where a leader has it already, or no family wrote it.
    """
    asked.take_turns(hand.concern.pk)
    message = access.raised_from(hand.concern)
    if message is None or not may_be_sealed(message):
        raise NotNow
    assert hand.who.user_id is not None  # sealed pages are for members
    words = _what_it_said(hand.concern, message)
    step = write_note(hand=hand, kind=Step.Kind.TEXT_SEALED, words=words)
    keeping.keep(keeper_user=hand.who.user_id, message=message, at=hand.at)
    return step


@transaction.atomic
def give_words(*, hand: Hand, words: str) -> Step:
    """Give the owner of the thread the words to send (decision 8).

    Raises NothingWritten, NotNow.
    """
    step = write_note(hand=hand, kind=Step.Kind.WORDS_GIVEN, words=words)
    message = access.raised_from(hand.concern)
    if message is None:
        raise NotNow
    assert hand.who.user_id is not None  # sealed pages are for members
    try:
        keeping.give_words(
            given_by_user=hand.who.user_id,
            conversation=message.conversation,
            words=words,
            at=hand.at,
            approved=True,
        )
    except ConversationError as refusal:
        raise NotNow from refusal
    return step


def may_be_sealed(message: Message) -> bool:
    """Whether a family wrote it and nobody has taken its text yet."""
    is_familys = message.direction == Message.Direction.FAMILY and message.carer_id is not None
    return is_familys and message.kept_at is None


def _what_it_said(concern: Concern, message: Message) -> str:
    """What of the message would be lost to the concern's readers: words, files by name."""
    held = " ".join(concern.words.split())
    parts = [message.conversation.subject, message.body, message.folded]
    lines = [_("The text is out of its thread now.")]
    lines += [part for part in parts if part.strip() and " ".join(part.split()) not in held]
    names = list(message.attachments.order_by("pk").values_list("name", flat=True))
    if names:
        lines.append(_("Files that came with it: {names}").format(names=", ".join(names)))
    return "\n\n".join(lines)
