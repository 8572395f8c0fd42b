"""Threads and messages; calls; the team's work; texts that a leader took; who has opened one."""

from schoolgate.conversations.models.answered import FamilyWord
from schoolgate.conversations.models.calls import Call, CallTask, Urgent
from schoolgate.conversations.models.conversation import Conversation, Promised
from schoolgate.conversations.models.kept import GivenWords, Kept, ReadBefore, Seen
from schoolgate.conversations.models.message import Aside, Attachment, Message, Suggestion
from schoolgate.conversations.models.saved import SavedReply
from schoolgate.conversations.models.work import Closure, HandOver, Note

__all__ = [
    "Aside",
    "Attachment",
    "Call",
    "CallTask",
    "Closure",
    "Conversation",
    "FamilyWord",
    "GivenWords",
    "HandOver",
    "Kept",
    "Message",
    "Note",
    "Promised",
    "ReadBefore",
    "SavedReply",
    "Seen",
    "Suggestion",
    "Urgent",
]
