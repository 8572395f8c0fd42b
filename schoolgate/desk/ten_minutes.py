"""What somebody with ten minutes can finish; the rule, pure but for its two lists.

A conversation can be finished in ten minutes where one thing was asked, in few words and without
files, and nothing about it needs somebody else: no leader was asked, no leader's words are waited
for, it is no complaint and nothing open over weeks. A call-back can, where the family may be rung.
What is due first stands first; it is an offer, and nobody counts what was taken of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from schoolgate.conversations.access_calls import tasks_for
from schoolgate.conversations.access_saved import saved_for
from schoolgate.conversations.models import CallTask, Conversation, Message
from schoolgate.conversations.states import State
from schoolgate.desk.inbox import row_of
from schoolgate.desk.lists import PAGE, Narrowing, waiting_for_school
from schoolgate.good_news.access import own_children_of
from schoolgate.good_news.queries import quiet_among
from schoolgate.people.access import Who
from schoolgate.people.models import Pupil
from schoolgate.people.ringing import ringing_of

SHORT = 400  # characters that were asked: read and answered in ten minutes
SHOWN = 10
QUIET = 5  # children of whom nothing good was told lately


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What a family wrote since the school last spoke: how many messages, how long, any files."""

    messages: int = 0
    characters: int = 0
    files: bool = False

    @property
    def short(self) -> bool:
        """Whether it can be read and answered in ten minutes."""
        return self.messages == 1 and self.characters <= SHORT and not self.files


def ten_minutes_page(who: Who) -> dict[str, Any]:
    """The conversations, calls and good news that take ten minutes, soonest due first."""
    zone = who.school.settings.timezone if who.school else "UTC"
    rows = waiting_for_school(who, Narrowing()).filter(state=State.WITH_SCHOOL)[:PAGE]
    found = short_ones(rows)
    calls = [task for task in tasks_for(who)[:PAGE] if _may_be_rung(who, task)]
    return {
        "rows": [row_of(one, who.at, zone) for one in found[:SHOWN]],
        "calls": calls[:SHOWN],
        "quiet": _quiet(who),
        "saved": saved_for(who)[:SHOWN],
    }


def short_ones(rows: Iterable[Conversation]) -> list[Conversation]:
    """Those of some waiting conversations that can be finished in ten minutes, in their order."""
    simple = [one for one in rows if _needs_nobody_else(one)]
    asked = unanswered([one.pk for one in simple])
    return [one for one in simple if asked.get(one.pk, Unanswered()).short]


def unanswered(conversations: Collection[int]) -> dict[int, Unanswered]:
    """What each of some conversations waits with; in one query."""
    found: dict[int, Unanswered] = {}
    told = (
        Message.objects.filter(conversation__in=conversations)
        .exclude(direction=Message.Direction.AUTOMATIC)
        .prefetch_related("attachments")
        .order_by("at", "id")
    )
    for message in told:
        before = found.get(message.conversation_id, Unanswered())
        if message.direction == Message.Direction.SCHOOL:
            found[message.conversation_id] = Unanswered()
            continue
        found[message.conversation_id] = Unanswered(
            before.messages + 1,
            before.characters + len(message.body),
            before.files or bool(message.attachments.all()) or bool(message.kept_at),
        )
    return found


def _quiet(who: Who) -> list[Pupil]:
    """A few of the children whom they work with, of whom nothing good was told lately."""
    if who.school is None:
        return []
    return list(quiet_among(own_children_of(who), who.school, who.at)[:QUIET])


def _needs_nobody_else(conversation: Conversation) -> bool:
    return (
        conversation.kind == Conversation.Kind.ORDINARY
        and not conversation.guided
        and not conversation.sensitive
        and conversation.followed_since is None
    )


def _may_be_rung(who: Who, task: CallTask) -> bool:
    ringing = ringing_of(task.conversation.carer, who.at)
    return bool(ringing.routes) and not ringing.after_a_press
