"""Keeping: a leader takes a message's text to themselves, and gives the words for its answer.

For a complaint about somebody, a medical or legal matter, or a concern: nobody can tell which, so
what happens here is the same every time, and the ledger says no more than "a leader" (decision 8).
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.forgetting import forget_preview, forget_subject
from schoolgate.conversations.actions.moving import locked
from schoolgate.conversations.actions.seeing import remember_readers
from schoolgate.conversations.errors import (
    NotAFamilysText,
    NotGuided,
    NothingWritten,
    NotTheKeeper,
    WordsFromLeader,
)
from schoolgate.conversations.keeping_news import on_kept
from schoolgate.conversations.models import Conversation, GivenWords, Kept, Message, Suggestion
from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor

# No id: who it was would tell a keeping for a concern from any other.
A_LEADER = Actor(kind="team", name="A leader")


@transaction.atomic
def keep(*, keeper_user: int, message: Message, at: datetime, reason: str = "") -> Message:
    """Take a message's text away from everybody but its keeper and its author (UTC, T6, T11).

    Owner, promise, state and order in lists stay; from now on a leader gives the words. What was
    kept already stays with its first keeper. Raises NotAFamilysText.
    """
    conversation = locked(message.conversation)
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.direction != Message.Direction.FAMILY or message.carer is None:
        raise NotAFamilysText
    if message.kept_at:
        return message
    remember_readers(message)
    Kept.objects.create(
        school=message.school,
        message=message,
        author=message.carer,
        keeper_user=keeper_user,
        words=message.body,
        folded=message.folded,
        subject=forget_subject(message),
        reason=" ".join(reason.split())[:300],
        at=at,
    )
    forget_preview(message)
    _empty(message, at)
    Conversation.objects.filter(pk__in={conversation.pk, message.conversation_id}).update(
        guided=True
    )
    on_kept.tell(message)
    _tell_ledger("kept a text", conversation, at)
    return message


@transaction.atomic
def give_words(
    *,
    given_by_user: int,
    conversation: Conversation,
    words: str,
    at: datetime,
    approved: bool = False,
) -> GivenWords:
    """Give the owner words to send; they take the place of any not sent yet (UTC, decision 8).

    Only by who has a text of the thread, unless the caller knows that they are `approved`; whoever
    answers is told that they are there. Raises NothingWritten, NotGuided, NotTheKeeper.
    """
    words = _plain(words)
    if not words:
        raise NothingWritten
    conversation = locked(conversation)
    if not conversation.guided:
        raise NotGuided
    if not approved and not has_a_text_of(given_by_user, conversation):
        raise NotTheKeeper
    given = GivenWords.objects.create(
        school=conversation.school,
        conversation=conversation,
        words=words,
        given_by_user=given_by_user,
        at=at,
    )
    _tell_ledger("gave words", conversation, at)
    _tell_owner(conversation, at)
    return given


def has_a_text_of(user_id: int | None, conversation: Conversation) -> bool:
    """Whether somebody has a text of the thread; the database gives the row to nobody else."""
    return Kept.objects.filter(
        message__conversation=conversation, keeper_user=user_id or 0
    ).exists()


def waiting_words(conversation: Conversation) -> GivenWords | None:
    """The words that a leader gave and that nobody has sent."""
    latest = conversation.given_words.order_by("-pk").first()
    return latest if latest and latest.used_at is None else None


def text_given(conversation: Conversation, public_id: uuid.UUID | None) -> str:
    """The text of words that were given for a thread, by their id; nothing for any other."""
    if public_id is None:
        return ""
    given = conversation.given_words.filter(public_id=public_id).first()
    return given.words if given else ""


def use_given(conversation: Conversation, body: str, at: datetime) -> None:
    """See that a guided thread's answer is what a leader gave, once (UTC); the row is locked.

    Raises WordsFromLeader.
    """
    if not conversation.guided:
        return
    given = waiting_words(conversation)
    if given is None or given.words != _plain(body):
        raise WordsFromLeader
    given.used_at = at
    given.save(update_fields=["used_at"])


def _tell_owner(conversation: Conversation, at: datetime) -> None:
    if conversation.owner is None:
        return
    content = Content.objects.create(
        school=conversation.school,
        purpose=Content.Purpose.ALERT,
        subject=_("Words for an answer are there"),
        text=_("A leader has given you words for an answer:\n{page}\n").format(
            page=f"{settings.PUBLIC_ADDRESS}{conversation.page}"
        ),
        written_at=at,
    )
    post_alert(content=content, members=[conversation.owner], at=at)


def _plain(words: str) -> str:
    """As it is compared: a browser sends other ends of lines than it was given."""
    return "\n".join(words.replace("\0", "").splitlines()).strip()


def _empty(message: Message, at: datetime) -> None:
    """Nothing is found by its words any more, nor suggested by them."""
    waiting = Suggestion.State.WAITING
    message.suggestions.filter(state=waiting).delete()
    message.suggestions.update(words="")
    message.body, message.folded, message.kept_at = "", "", at
    message.save(update_fields=["body", "folded", "kept_at"])


def _tell_ledger(verb: str, conversation: Conversation, at: datetime) -> None:
    record(
        actor=A_LEADER,
        verb=verb,
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
