"""The conversation, its messages, the team's notes, and what was done to it."""

from schoolgate.conversations.models.conversation import Conversation, Promised
from schoolgate.conversations.models.message import Aside, Attachment, Message, Suggestion
from schoolgate.conversations.models.work import Closure, HandOver, Note

__all__ = [
    "Aside",
    "Attachment",
    "Closure",
    "Conversation",
    "HandOver",
    "Message",
    "Note",
    "Promised",
    "Suggestion",
]
