"""All that a family and the school wrote to each other, finished matters too, latest first."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.text import Truncator

from schoolgate.conversations.access import as_the_family_knows, visible_to_carer
from schoolgate.conversations.held import as_before
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.states import State
from schoolgate.people.access import Who

PAGE = 100
TITLE = 70  # signs: a line on a telephone


@dataclass(frozen=True)
class Matter:
    """One conversation, its title, and whether it is finished."""

    conversation: Conversation
    title: str
    finished: bool


def all_messages(who: Who, start: int) -> tuple[list[Matter], bool]:
    """So many of a carer's conversations from a place on, and whether there are more."""
    family = Message.Direction.FAMILY
    first = Message.objects.filter(conversation=OuterRef("pk"), direction=family)
    rows = list(
        as_the_family_knows(visible_to_carer(who), who.at)
        .annotate(first_words=Subquery(first.order_by("at", "pk").values("body")[:1]))
        .select_related("pupil", "school")
        .order_by("-last_at", "-pk")[start : start + PAGE + 1]
    )
    more, rows = len(rows) > PAGE, rows[:PAGE]
    as_before(rows, [])
    # What waits for somebody moves none of their threads up (decision 5).
    rows.sort(key=lambda row: (row.last_at, row.pk), reverse=True)
    return [Matter(row, _title(row), row.state == State.CLOSED) for row in rows], more


def _title(row: Conversation) -> str:
    """The subject that they gave, else their first words."""
    subject: str = getattr(row, "own_subject", "") or ""
    words: str = getattr(row, "first_words", "") or ""
    return subject.strip() or Truncator(" ".join(words.split())).chars(TITLE)
