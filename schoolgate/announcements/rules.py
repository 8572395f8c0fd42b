"""Who may send what, and by which channels: pure, for the page, the verb and the job alike."""

from dataclasses import dataclass

from schoolgate.announcements.errors import (
    AnnouncementError,
    NotUrgentByYou,
    NotYourChildren,
    OnlyTheOffice,
    SafetyByOthers,
)
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.reach import EVERY

Channel = Parcel.Channel
# By portal and email a team member writes to their own children's families; a push says no more
# than that something stands in the portal.
EVERYBODYS = frozenset({Channel.EMAIL, Channel.PUSH})


@dataclass(frozen=True, slots=True)
class Sender:
    """What somebody may do by the roles that they hold now."""

    is_central: bool = False
    may_be_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to send: how, and whether all children in it are theirs."""

    is_urgent: bool = False
    by_text: bool = False
    by_letter: bool = False
    to_own_children: bool = True
    is_safety: bool = False


def refusal(sender: Sender, wish: Wish) -> type[AnnouncementError] | None:
    """Why this sender may not send that; nothing when they may (Clauses 2.1-M1 to M3)."""
    if wish.is_urgent:
        return None if sender.may_be_urgent else NotUrgentByYou
    if sender.is_central:
        return None
    if wish.by_text or wish.by_letter:
        return OnlyTheOffice
    if wish.is_safety and not sender.may_be_urgent:
        return SafetyByOthers  # decision 5: it reaches people whom the DSL holds back
    return None if wish.to_own_children else NotYourChildren


def channels(wish: Wish) -> frozenset[str]:
    """The channels that a message may take: something urgent takes every one at once."""
    if wish.is_urgent:
        return frozenset(EVERY)
    texts = {Channel.SMS} if wish.by_text else set()
    letters = {Channel.LETTER} if wish.by_letter else set()
    return EVERYBODYS | texts | letters
