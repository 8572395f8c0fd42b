"""All that a family and the school wrote to each other, finished matters too, latest first."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.text import Truncator

from schoolgate.conversations.access import as_the_family_knows, visible_to_carer
from schoolgate.conversations.actions.moving import NO_SUBJECT
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
    rows = list(
        with_first_words(as_the_family_knows(visible_to_carer(who), who.at))
        .select_related("pupil", "school")
        .order_by("-last_at", "-pk")[start : start + PAGE + 1]
    )
    more, rows = len(rows) > PAGE, rows[:PAGE]
    as_before(rows, [])
    # What waits for somebody moves none of their threads up (decision 5).
    rows.sort(key=lambda row: (row.last_at, row.pk), reverse=True)
    return [Matter(row, title_of(row), row.state == State.CLOSED) for row in rows], more


def with_first_words(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Conversations with the first words of the family, for `title_of`."""
    family = Message.Direction.FAMILY
    first = Message.objects.filter(conversation=OuterRef("pk"), direction=family)
    return rows.annotate(first_words=Subquery(first.order_by("at", "pk").values("body")[:1]))


def title_of(row: Conversation) -> str:
    """The subject that they gave, else their first words."""
    subject: str = getattr(row, "own_subject", "") or ""
    words: str = getattr(row, "first_words", "") or ""
    if subject.strip() and subject != NO_SUBJECT:
        return subject
    return Truncator(" ".join(words.split())).chars(TITLE) or subject
