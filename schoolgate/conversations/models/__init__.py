"""Threads and messages; the team's work; texts that a leader took; who has opened a thread."""

from schoolgate.conversations.models.conversation import Conversation, Promised
from schoolgate.conversations.models.kept import GivenWords, Kept, ReadBefore, Seen
from schoolgate.conversations.models.message import Aside, Attachment, Message, Suggestion
from schoolgate.conversations.models.work import Closure, HandOver, Note

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
