"""What the two pages of a conversation show: the same gate, seen by the family and by the team."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone

from schoolgate.conversations import access
from schoolgate.conversations.forms import Closing, HandingOver, Holding, Noting, Replying, Writing
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.plates import owner_name, plate
from schoolgate.conversations.routing import STAFF_OF_QUEUE
from schoolgate.people.access import Who, family_of
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Receives
from schoolgate.people.queries import email_of, working_members
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
    """What a carer sees of their own conversation."""
    return {
        **_gate(who, conversation),
        "form": form or Writing(),
        "closure": conversation.closures.filter(reopened_at=None).first(),
    }


def team_page(who: Who, conversation: Conversation, **forms: Any) -> dict[str, Any]:
    """What a team member sees: the same gate, the family's card, and what is the team's alone."""
    notes = conversation.notes.select_related("member")
    family = family_of(who, conversation.pupil) if conversation.pupil else []
    hand_over = HandingOver()
    hand_over.fields["to"].queryset = working_members(who.at).filter(  # type: ignore[attr-defined]
        school=who.school
    )
    return {
        **_gate(who, conversation),
        "reply_form": Replying(),
        "hold_form": Holding(),
        "note_form": Noting(),
        "close_form": Closing(),
        "hand_over_form": hand_over,
        "notes": notes,
        "family": family,
        "receiver": receiver(who, conversation),
        "closure": conversation.closures.filter(reopened_at=None).first(),
        "mine": conversation.owner_id == (who.member.pk if who.member else None),
        **forms,
    }


def receiver(who: Who, conversation: Conversation) -> dict[str, Any]:
    """Who will read a reply, by which way, and whether they may at this moment."""
    carer = conversation.carer
    link = (
        conversation.pupil.links.filter(carer=carer, ended_at=None).first()
        if conversation.pupil
        else None
    )
    return {
        "carer": carer,
        "relationship": link.relationship if link else "",
        "by_email": bool(email_of(carer)),
        "entitled": may_receive(
            carer=carer, pupil=conversation.pupil, level=Receives.PROGRESS, at=who.at
        ),
    }


def _gate(who: Who, conversation: Conversation) -> dict[str, Any]:
    promises = list(Promise.objects.filter(subject=conversation.public_id))
    return {
        "conversation": conversation,
        "days": days_of(access.messages_of(conversation)),
        "plate": plate(conversation, promises, who.at),
        "owner_name": owner_name(conversation),
        "staffed_by": STAFF_OF_QUEUE.get(conversation.queue, ()),
    }
