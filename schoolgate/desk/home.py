"""What a family's home shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from schoolgate.announcements.access import visible_to_carer as announced_to
from schoolgate.announcements.slips import slips_of
from schoolgate.conversations.access import as_the_family_knows, visible_to_carer
from schoolgate.conversations.held import as_before, closed_behind_their_back
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.plates import Plate, plate
from schoolgate.conversations.routing import owner_name
from schoolgate.conversations.states import State
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


def home_page(who: Who) -> dict[str, Any]:
    """Their children, what the school is doing, what it answered, and who is who."""
    children = list(pupils_of(who).select_related("tutor_group__tutor"))
    rows = list(
        as_the_family_knows(visible_to_carer(who), who.at)
        .exclude(Q(state=State.CLOSED) & ~closed_behind_their_back())
        .select_related("owner", "pupil", "school")
        .order_by("-last_at")[:MOST]
    )
    threads = _threads(who, rows)
    announced = list(announced_to(who).order_by("-published_at", "-pk")[:MOST])
    return {
        "children": children,
        "doing": [one for one in threads if one.conversation.side == "school"],
        "answered": [one for one in threads if one.conversation.side == "parent"],
        "today": matters_of(who),
        "slips": slips_of(who, announced),
        "announced": announced[:LATEST],
        "tutors": _tutors([child.tutor_group.tutor for child in children if child.tutor_group]),
        "settings": who.school.settings if who.school else None,
    }


def _threads(who: Who, rows: list[Conversation]) -> list[Thread]:
    promises: dict[object, list[Promise]] = {}
    found = list(Promise.objects.filter(subject__in=[row.public_id for row in rows]))
    as_before(rows, found)
    for promise in found:
        promises.setdefault(promise.subject, []).append(promise)
    return [
        Thread(row, plate(row, promises.get(row.public_id, []), who.at), owner_name(row))
        for row in rows
    ]


def _tutors(tutors: list[TeamMember | None]) -> list[TeamMember]:
    return list({tutor.pk: tutor for tutor in tutors if tutor}.values())
