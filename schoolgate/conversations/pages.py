"""What the two pages of a conversation show: the same gate, seen by the family and by the team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolgate.conversations import access, access_saved, held
from schoolgate.conversations.actions.keeping import has_a_text_of, waiting_words
from schoolgate.conversations.after_answers import ask_whether_answered
from schoolgate.conversations.forms import (
    Closing,
    GivingWords,
    Holding,
    Noting,
    Replying,
    Writing,
)
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.plates import plate
from schoolgate.conversations.routing import STAFF_OF_QUEUE, owner_name
from schoolgate.conversations.slots import filled
from schoolgate.people.access import TAKE_TEXTS, Who
from schoolgate.people.entitlement import limits_of_a_link, links_with_level
from schoolgate.people.models import Link, Receives
from schoolgate.response_clock.models import Promise


@dataclass(frozen=True)
class Day:
    """The messages of one day, in the school's zone."""

    messages: list[Message]

    @property
    def first(self) -> Message:
        """The message that gives the day its heading."""
        return self.messages[0]


def days_of(messages: Iterable[Message]) -> list[Day]:
    """Messages by day, oldest first."""
    by_day = groupby(messages, key=lambda message: timezone.localtime(message.at).date())
    return [Day(list(of_day)) for _, of_day in by_day]


def family_page(
    who: Who, conversation: Conversation, form: Writing | None = None
) -> dict[str, Any]:
    """What a carer sees of their own conversation; what waits for them is not there yet."""
    messages = list(held.said(conversation, access.messages_of(conversation)))
    ask_whether_answered(conversation, messages, who.at)
    promises = list(Promise.objects.filter(subject=conversation.public_id))
    held.as_before([conversation], promises)
    gate = _gate(who, conversation, messages, promises)
    return {**gate, "form": form or Writing()}


def team_page(who: Who, conversation: Conversation, **forms: Any) -> dict[str, Any]:
    """What a team member sees: the same gate, the family's card, and what is the team's alone."""
    family = list(adults_of(conversation, who.at))
    return {
        **_gate(
            who,
            conversation,
            access.messages_for_team(conversation, who.member),
            list(Promise.objects.filter(subject=conversation.public_id)),
        ),
        "reply_form": Replying(),
        "hold_form": Holding(),
        "note_form": Noting(),
        "close_form": Closing(),
        "give_form": GivingWords(),
        "given": waiting_words(conversation) if conversation.guided else None,
        "gives_words": conversation.guided and has_a_text_of(who.user_id, conversation),
        "takes_texts": who.holds(*TAKE_TEXTS),
        "notes": conversation.notes.select_related("member"),
        "asides": conversation.asides.select_related("carer")
        if getattr(conversation, "has_asides", True)
        else (),
        "hand_overs": conversation.hand_overs.select_related("to_member")
        if getattr(conversation, "has_hand_overs", True)
        else (),
        "family": family,
        "receiver": receiver(conversation, family, who.at),
        "saved": None,
        "mine": conversation.owner_id == (who.member.pk if who.member else None),
        **forms,
    }


def saved_words(who: Who, conversation: Conversation, asked: str) -> dict[str, Any]:
    """The saved replies to choose from, or one of them in the reply's field; nothing unasked.

    Raises Http404.
    """
    if not asked or conversation.guided:
        return {}
    if asked == "choose":
        return {"saved": list(access_saved.saved_for(who))}
    words = filled(
        access_saved.one_to_use(who, asked).words,
        name=conversation.carer.greeting,
        child=conversation.pupil.called if conversation.pupil else _("your child"),
    )
    return {"reply_form": Replying(initial={"body": words})}


def adults_of(conversation: Conversation, at: datetime) -> QuerySet[Link]:
    """The adults of the conversation's child, what each may receive, and why not more."""
    limits = limits_of_a_link(at)
    return (
        links_with_level(at)
        .filter(pupil=conversation.pupil_id or 0)
        .select_related("carer")
        .annotate(says=ArraySubquery(limits.values("says")))
        .order_by("carer__sorted_by")
    )


def receiver(conversation: Conversation, family: list[Link], at: datetime) -> dict[str, Any]:
    """Who will read a reply, by which way, and whether they may at this moment."""
    carer = conversation.carer
    link = next((link for link in family if link.carer_id == carer.pk), None)
    level = getattr(link, "level", Receives.NOTHING)
    return {
        "carer": carer,
        "relationship": link.relationship if link else "",
        "by_email": getattr(conversation, "by_email", False),
        "entitled": conversation.pupil_id is None or level >= Receives.PROGRESS,
    }


def _gate(
    who: Who, conversation: Conversation, messages: Iterable[Message], promises: list[Promise]
) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "days": days_of(messages),
        "plate": plate(conversation, promises, who.at),
        "owner_name": owner_name(conversation),
        "staffed_by": STAFF_OF_QUEUE.get(conversation.queue, ()),
    }
