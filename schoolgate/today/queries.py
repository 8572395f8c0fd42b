"""Questions about today that pages and other rooms ask."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from schoolgate.people.access import Who
from schoolgate.people.models import Carer
from schoolgate.school.calendars import office_calendar
from schoolgate.school.models import School
from schoolgate.today import access
from schoolgate.today.models import Matter
from schoolgate.today.states import State
from schoolgate.working_time.errors import BeyondCalendarError


@dataclass(frozen=True)
class Staffed:
    """Whether somebody is in the office at a moment, and when that turns (UTC)."""

    now: bool
    turns: datetime | None


def staffed(school: School, at: datetime) -> Staffed:
    """The truth about who is there; no moment beyond the known calendar."""
    calendar = office_calendar(school)
    is_open = calendar.is_open(at)
    try:
        turns = calendar.next_closing(at) if is_open else calendar.next_opening(at)
    except BeyondCalendarError:
        return Staffed(is_open, None)
    return Staffed(is_open, turns)


@dataclass(frozen=True)
class Unseen:
    """How much nobody has seen, and of it what is past its time."""

    waiting: int
    late: int


def unseen(school: School, at: datetime) -> Unseen:
    """For the head: what is for today and nobody has seen (UTC)."""
    found = Matter.objects.filter(school=school, state=State.WAITING).aggregate(
        waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at))
    )
    return Unseen(**found)


def matters_of(who: Who) -> list[Matter]:
    """What a family told of today, for its home."""
    return list(access.own_now(who)[:10])


def needs_interpreter(carer: Carer) -> bool:
    """Whether a call needs an interpreter: the family's language is not the school's."""
    return not carer.language.startswith("en")
