"""What the pages of this room show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from schoolgate.conversations.models import Conversation, HandOver
from schoolgate.escalation import access
from schoolgate.escalation.beyond import due_beyond
from schoolgate.escalation.ladder import Rung
from schoolgate.escalation.models import Escalation, Eve
from schoolgate.escalation.words import role_in_words
from schoolgate.people.access import Who
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import acts_as_head
from schoolgate.response_clock.models import Promise


@dataclass(frozen=True)
class Row:
    """One line of the list: what, who has it, by when to act, the literal end, the next news."""

    escalation: Escalation
    act_by: datetime | None
    literal: datetime | None
    due: datetime | None
    late: bool
    news_by: datetime | None


def list_of(who: Who) -> list[Row]:
    """What is open and they may see, soonest first."""
    found = list(access.open_for(who))
    promises = _promises(one.conversation for one in found)
    rows = [_row(one, promises.get(str(one.conversation.public_id), []), who.at) for one in found]
    far = who.at + timedelta(days=999)
    return sorted(rows, key=lambda row: (row.due is None, row.act_by or row.due or far))


def one_page(who: Who, escalation: Escalation) -> dict[str, Any]:
    """One of them: its line, its way, and what this person may do with it."""
    promises = _promises([escalation.conversation])
    thread = str(escalation.conversation.public_id)
    return {
        "escalation": escalation,
        "conversation": escalation.conversation,
        "row": _row(escalation, promises.get(thread, []), who.at),
        "happenings": escalation.happenings.select_related("to"),
        "role": role_in_words(escalation.school, escalation.role),
        "may_lead": escalation.ended_at is None and _may_lead(who, escalation),
    }


def steps_to_offer(above: Iterable[Rung]) -> list[tuple[str, str]]:
    """The steps of the ladder with who stands on them, each once; above the school last of all.

    Those above the school see no names (threat T24): only the head goes on to them.
    """
    rungs = list(above)
    inside = [one for one in rungs if one.role != one.member.school.settings.choices.above_head]
    offered: dict[str, str] = {}
    for rung in inside or rungs:
        words = f"{role_in_words(rung.member.school, rung.role)}: {rung.member.name}"
        offered.setdefault(rung.role, words)
    return list(offered.items())


def falls_due(who: Who) -> dict[str, Any]:
    """What of theirs falls due before they, or the school, are in again, and when that is."""
    eves = Eve.objects.filter(member=who.member).select_related("member", "school")
    eve = eves.order_by("-day").first()
    if eve is None or eve.back < who.at:
        return {"back": None, "conversations": []}
    mine = due_beyond(school=eve.school, member=eve.member, day=eve.day)
    return {"back": eve.back, "conversations": mine.select_related("carer", "pupil")}


def to_take_back(member: TeamMember) -> list[HandOver]:
    """What cover has of theirs and still waits: they may take it back, or leave it."""
    found = (
        HandOver.objects.filter(
            from_member=member,
            because=HandOver.Because.AWAY,
            conversation__side="school",
        )
        .exclude(conversation__owner=member)
        .filter(Q(conversation__about_member=None) | ~Q(conversation__about_member=member))
        .select_related("conversation__carer", "conversation__pupil", "conversation__owner")
        .order_by("conversation__due_at", "-at")
    )
    latest: dict[int, HandOver] = {}
    for one in found:
        latest.setdefault(one.conversation_id, one)
    return list(latest.values())


def _may_lead(who: Who, escalation: Escalation) -> bool:
    if who.member is None:
        return False
    return escalation.holder == who.member or acts_as_head(escalation.school, who.member, who.at)


def _promises(conversations: Iterable[Conversation]) -> dict[str, list[Promise]]:
    found: dict[str, list[Promise]] = {}
    rows = Promise.objects.filter(
        subject__in=[one.public_id for one in conversations], stopped_at=None, withdrawn_at=None
    )
    for promise in rows:
        found.setdefault(str(promise.subject), []).append(promise)
    return found


def _row(escalation: Escalation, promises: list[Promise], at: datetime) -> Row:
    of_leader = next((one for one in promises if one.kind in {"head", "leader"}), None)
    news = [one.due_at for one in promises if one.kind in {"update", "news"} and one.due_at]
    due = of_leader.due_at if of_leader else None
    return Row(
        escalation=escalation,
        act_by=of_leader.act_by_at if of_leader else None,
        literal=of_leader.literal_due_at if of_leader and of_leader.kind == "head" else None,
        due=due,
        late=due is not None and due < at,
        news_by=min(news, default=None),
    )
