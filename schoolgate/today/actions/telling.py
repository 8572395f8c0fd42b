"""Telling colleagues: by an email that names no child; each person once for a minute of the worker.

Tutor and desk hear of what came once somebody is in; who is next, and the head, when nobody has
seen it. What is told is written in the same transaction as that it was told.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.models import TeamMember
from schoolgate.school.models import School
from schoolgate.today import people
from schoolgate.today.calendars import day_of_school
from schoolgate.today.kinds import Kind
from schoolgate.today.models import Matter
from schoolgate.today.states import State
from schoolgate.today.times import ALARMED, HEAD, NEXT, TUTOR, Day, Times, opening, who_is_told

AT_ONCE = 500  # matters in one minute of the worker
STEPS = {NEXT: 1, HEAD: 2}  # how far the alarm has come, as a matter keeps it


def alert(
    school: School, members: Iterable[TeamMember], at: datetime, *, subject: str, page: str
) -> None:
    """An email that says where to look and nothing about anybody; it leaves now (UTC)."""
    found = list({member.pk: member for member in members}.values())
    if not found:
        return
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.ALERT,
        subject=subject,
        text=_("Please look here:\n{page}\n").format(
            page=f"{settings.PUBLIC_ADDRESS}/{school.slug}/{page}/"
        ),
        written_at=at,
    )
    post_alert(content=content, members=found, at=at)


@transaction.atomic
def tell_of_what_came(*, school: School, at: datetime) -> int:
    """Tell tutors and desks of what is for today, once somebody is in (UTC); how many matters.

    Who and from when says the table of decision 1 (`times.who_is_told`).
    """
    on = day_of_school(school, None)  # of which the opening of the office alone is asked
    rows = _locked(Matter.objects.filter(school=school, told_at=None).order_by("pk"))
    ripe = [matter for matter in rows if opening(matter.came_at, on) <= at]
    hear = [
        (matter, _turned(matter, on, at) - ALARMED)
        for matter in ripe
        if matter.state in {State.WAITING, State.SEEN}
    ]
    alert(
        school,
        _people(school, hear, at),
        at,
        subject=_("Something for today at {school}").format(school=school.name),
        page="for-today",
    )
    Matter.objects.filter(pk__in=[one.pk for one in ripe]).update(told_at=at)
    return len(ripe)


@transaction.atomic
def alarm_what_nobody_saw(*, school: School, at: datetime) -> int:
    """Alarm the next person, then the head, of what nobody has seen (UTC); each once for a matter.

    Of what waited over a standstill of the worker both are told at once.
    """
    on = day_of_school(school, None)  # of which the opening of the office alone is asked
    waiting = Matter.objects.filter(school=school, state=State.WAITING, next_alarm_at__lte=at)
    due = _locked(waiting.order_by("next_alarm_at", "pk"))
    hear = [(matter, _turned(matter, on, at) & ALARMED) for matter in due]
    for matter, roles in hear:
        matter.alarmed = STEPS[HEAD] if HEAD in roles else STEPS[NEXT]
        matter.next_alarm_at = None if HEAD in roles else matter.head_at
        record(
            actor=SYSTEM,
            verb="alarmed of what nobody has seen",
            school_id=school.pk,
            about=("for today", matter.public_id),
            at=at,
            step=matter.alarmed,
        )
    Matter.objects.bulk_update(due, ["alarmed", "next_alarm_at"])
    alert(
        school,
        _people(school, hear, at),
        at,
        subject=_("Nobody has seen something for today at {school}").format(school=school.name),
        page="for-today",
    )
    return len(due)


def _locked(rows: QuerySet[Matter]) -> list[Matter]:
    rows = rows.select_for_update(skip_locked=True, of=("self",))
    return list(rows.select_related("pupil__tutor_group__tutor")[:AT_ONCE])


def _turned(matter: Matter, on: Day, at: datetime) -> frozenset[str]:
    """Whose moment has come (UTC), by decision 1's table; its times stand as they were reckoned."""
    table = who_is_told(
        Kind(matter.kind),
        Times(matter.day, matter.due_at, matter.head_at),
        somebody_in=opening(matter.came_at, on),
        came_at=matter.came_at,
    )
    return frozenset(role for role, moment in table if moment <= at)


def _people(
    school: School, hear: list[tuple[Matter, frozenset[str]]], at: datetime
) -> list[TeamMember]:
    """Who they are at a moment (UTC): a tutor child by child, each other role once."""
    roles = frozenset[str]().union(*[roles for _matter, roles in hear])
    tutors = [people.tutor_of(matter.pupil, at) for matter, roles in hear if TUTOR in roles]
    others = [one for role in sorted(roles) for one in people.of_role(school, role, at)]
    return [*filter(None, tutors), *others]
