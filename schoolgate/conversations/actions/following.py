"""Following: an open issue always has a moment by which the family hears more (Clause 2.2-H4)."""

from datetime import datetime

from schoolgate.conversations.actions.moving import open_promises, promise
from schoolgate.conversations.models import Conversation
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise


def follow(conversation: Conversation, at: datetime) -> Promise:
    """Name the next moment by which the family hears more, five working days on if not set (UTC).

    One that stands already stays. The caller saves the conversation.
    """
    conversation.followed_since = conversation.followed_since or at
    return promise(conversation, Promise.Kind.UPDATE, at, clock.update_due(conversation.school, at))


def renew(conversation: Conversation, at: datetime) -> None:
    """The family has just heard: the next news is due from now, where the issue is still open."""
    if conversation.followed_since is None:
        return
    if not open_promises(conversation).filter(kind=Promise.Kind.NEWS).exists():
        promise(conversation, Promise.Kind.UPDATE, at, clock.update_due(conversation.school, at))


def stop_following(conversation: Conversation, at: datetime) -> None:
    """The issue is over: no more news is due (UTC). The caller saves the conversation."""
    conversation.followed_since = None
    for waiting in open_promises(conversation).filter(kind=Promise.Kind.UPDATE):
        clock.withdraw(promise=waiting, at=at)
