"""News of this room: answers, a family's words and what they may be about, another owner."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.conversations.models import Conversation, Message, Suggestion
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
class NotAnswered:
    """A family has said that an answer did not answer them: it waits again (UTC); it is saved."""

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


@dataclass(frozen=True)
class Suggested:
    """The wording of a family's message may be about these kinds of thing (UTC)."""

    message: Message
    kinds: frozenset[str]
    at: datetime


@dataclass(frozen=True)
class Decided:
    """A colleague said what they made of a suggestion (UTC)."""

    suggestion: Suggestion
    member: TeamMember
    accepted: bool
    at: datetime


on_suggested: Hook[[Suggested]] = Hook("conversations.news.on_suggested")
on_decided: Hook[[Decided]] = Hook("conversations.news.on_decided")
on_closed: Hook[[Closed]] = Hook("conversations.news.on_closed")
on_handed_over: Hook[[HandedOver]] = Hook("conversations.news.on_handed_over")
on_answered: Hook[[Answered]] = Hook("conversations.news.on_answered")
on_family_wrote: Hook[[FamilyWrote]] = Hook("conversations.news.on_family_wrote")
on_not_arrived: Hook[[NotArrived]] = Hook("conversations.news.on_not_arrived")
on_not_answered: Hook[[NotAnswered]] = Hook("conversations.news.on_not_answered")
