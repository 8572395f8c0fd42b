"""News of this room: an answer, one that did not arrive, a family's words, another owner."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.conversations.models import Conversation, Message
from schoolgate.people.models import TeamMember
from schoolgate.school.hooks import Hook


@dataclass(frozen=True)
class Answered:
    """A person of the school wrote or spoke to the family (UTC); `holding` where a day was named.

    `conversation` is locked, and saved afterwards by who tells of it.
    """

    conversation: Conversation
    member: TeamMember
    at: datetime
    holding: bool = False


@dataclass(frozen=True)
class FamilyWrote:
    """A family's message has come into a conversation that was there already (UTC)."""

    conversation: Conversation
    message: Message


@dataclass(frozen=True)
class NotArrived:
    """An answer did not arrive: what it had stopped runs again (UTC)."""

    conversation: Conversation
    at: datetime


@dataclass(frozen=True)
class HandedOver:
    """A conversation has another owner now (UTC); it is saved."""

    conversation: Conversation
    at: datetime


@dataclass(frozen=True)
class Closed:
    """A colleague has finished a conversation, with a reason that the family reads (UTC)."""

    conversation: Conversation
    member: TeamMember
    reason: str
    at: datetime


on_closed: Hook[[Closed]] = Hook("conversations.news.on_closed")
on_handed_over: Hook[[HandedOver]] = Hook("conversations.news.on_handed_over")
on_answered: Hook[[Answered]] = Hook("conversations.news.on_answered")
on_family_wrote: Hook[[FamilyWrote]] = Hook("conversations.news.on_family_wrote")
on_not_arrived: Hook[[NotArrived]] = Hook("conversations.news.on_not_arrived")
