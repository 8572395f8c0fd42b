"""What a family's home shows."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from schoolgate.announcements.access import visible_to_carer as announced_to
from schoolgate.announcements.slips import slips_of
from schoolgate.conversations.access import as_the_family_knows, visible_to_carer
from schoolgate.conversations.actions.opening_today import TODAY
from schoolgate.conversations.held import as_before, closed_behind_their_back
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.plates import Plate, plate
from schoolgate.conversations.routing import owner_name
from schoolgate.conversations.states import State
from schoolgate.desk.all_messages import title_of, with_first_words
from schoolgate.good_news.models import TOPIC as GOOD_NEWS
from schoolgate.good_news.queries import latest_for
from schoolgate.people.access import Who, pupils_of
from schoolgate.people.models import TeamMember
from schoolgate.response_clock.models import Promise
from schoolgate.today.queries import matters_of

MOST = 30
LATEST = 3


@dataclass(frozen=True)
class Thread:
    """One conversation on the home page, with its plate."""

    conversation: Conversation
    plate: Plate | None
    owner_name: str
    title: str


def home_page(who: Who) -> dict[str, Any]:
    """Their children: what is good, what the school is doing and answered, and who is who."""
    children = list(pupils_of(who).select_related("tutor_group__tutor"))
    rows = list(
        with_first_words(as_the_family_knows(visible_to_carer(who), who.at))
        .exclude(Q(state=State.CLOSED) & ~closed_behind_their_back())
        .exclude(_told_of_today_alone())
        .exclude(_good_news_alone())
        .select_related("owner", "pupil", "school")
        .order_by("-last_at", "-pk")[:MOST]
    )
    threads = _threads(who, rows)
    announced = list(announced_to(who).order_by("-published_at", "-pk")[:MOST])
    return {
        "children": children,
        "good": latest_for(who),
        "doing": [one for one in threads if one.conversation.side == "school"],
        "answered": [one for one in threads if one.conversation.side == "parent"],
        "today": matters_of(who),
        "slips": slips_of(who, announced),
        "announced": announced[:LATEST],
        "tutors": _tutors([child.tutor_group.tutor for child in children if child.tutor_group]),
        "settings": who.school.settings if who.school else None,
    }


def _told_of_today_alone() -> Combinable | Q:
    """A press about today that nobody has answered or waits on: it stands with today's."""
    never = Value(datetime(9999, 1, 1, tzinfo=UTC), output_field=DateTimeField())
    answered = Message.objects.filter(
        conversation=OuterRef("pk"),
        direction=Message.Direction.SCHOOL,
        at__lt=Coalesce(OuterRef("held_since"), never),
    )
    return Q(topic=TODAY, side="parent") & ~Exists(answered)


def _good_news_alone() -> Combinable | Q:
    """Good news to which they said nothing: it stands first by itself."""
    wrote = Message.objects.filter(conversation=OuterRef("pk"), direction=Message.Direction.FAMILY)
    return Q(topic=GOOD_NEWS) & ~Exists(wrote)


def _threads(who: Who, rows: list[Conversation]) -> list[Thread]:
    promises: dict[object, list[Promise]] = {}
    found = list(Promise.objects.filter(subject__in=[row.public_id for row in rows]))
    as_before(rows, found)
    # What waits for somebody moves none of their threads up either (decision 5).
    rows.sort(key=lambda row: (row.last_at, row.pk), reverse=True)
    for promise in found:
        promises.setdefault(promise.subject, []).append(promise)
    return [
        Thread(
            row, plate(row, promises.get(row.public_id, []), who.at), owner_name(row), title_of(row)
        )
        for row in rows
    ]


def _tutors(tutors: list[TeamMember | None]) -> list[TeamMember]:
    return list({tutor.pk: tutor for tutor in tutors if tutor}.values())
