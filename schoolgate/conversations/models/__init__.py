"""Threads and their messages; texts that a leader took; who of the team has opened a thread."""

from schoolgate.conversations.models.kept import GivenWords, Kept, ReadBefore, Seen
from schoolgate.conversations.models.threads import (
    Aside,
    Attachment,
    Closure,
    Conversation,
    HandOver,
    Message,
    Note,
    Promised,
    Suggestion,
)

__all__ = [
    "Aside",
    "Attachment",
    "Closure",
    "Conversation",
    "GivenWords",
    "HandOver",
    "Kept",
    "Message",
    "Note",
    "Promised",
    "ReadBefore",
    "Seen",
    "Suggestion",
]
