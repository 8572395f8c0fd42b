"""News of this room: a leader has taken a message's text."""

from schoolgate.conversations.models import Message
from schoolgate.school.hooks import Hook

# Rooms above that hold a copy of the words let go of it, in the same transaction.
on_kept: Hook[[Message]] = Hook("conversations.keeping_news.on_kept")
