"""Telling colleagues: by an email that names no child; each person once for a minute of the worker.

Tutor and desk hear of what came once somebody is in; who is next, and the head, when nobody has
seen it. What is told is written in the same transaction as that it was told.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.models import TeamMember
from schoolgate.school.calendars import office_calendar
from schoolgate.school.models import School
from schoolgate.today import people
from schoolgate.today.models import Matter
from schoolgate.today.states import State

AT_ONCE = 500  # matters in one minute of the worker
NEXT, HEAD = 1, 2


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
    """Tell tutors and desks of what is for today, once the office is open (UTC); how many matters.

    The office itself has its queue on the screen.
    """
    if not office_calendar(school).is_open(at):
        return 0
    waiting = list(
        Matter.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(school=school, told_at=None)
        .select_related("pupil__tutor_group__tutor")
        .order_by("pk")[:AT_ONCE]
    )
    told: list[TeamMember] = []
    for matter in waiting:
        if matter.state not in {State.WAITING, State.SEEN}:
            continue
        told += filter(None, [people.tutor_of(matter.pupil, at)])
        told += people.desks_of(school, matter.kind, at)
    alert(
        school,
        told,
        at,
        subject=_("Something for today at {school}").format(school=school.name),
        page="for-today",
    )
    Matter.objects.filter(pk__in=[one.pk for one in waiting]).update(told_at=at)
    return len(waiting)


@transaction.atomic
def alarm_what_nobody_saw(*, school: School, at: datetime) -> int:
    """Alarm the next person, then the head, of what nobody has seen (UTC); each once for a matter.

    Of what waited over a standstill of the worker both are told at once.
    """
    due = list(
        Matter.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(school=school, state=State.WAITING, next_alarm_at__lte=at)
        .order_by("next_alarm_at", "pk")[:AT_ONCE]
    )
    if not due:
        return 0
    for matter in due:
        matter.alarmed = HEAD if matter.alarmed == NEXT or matter.head_at <= at else NEXT
        matter.next_alarm_at = matter.head_at if matter.alarmed == NEXT else None
        record(
            actor=SYSTEM,
            verb="alarmed of what nobody has seen",
            school_id=school.pk,
            about=("for today", matter.public_id),
            at=at,
            step=matter.alarmed,
        )
    Matter.objects.bulk_update(due, ["alarmed", "next_alarm_at"])
    told = [*people.next_people(school, at)]
    if any(matter.alarmed == HEAD for matter in due):
        told += people.heads(school, at)
    alert(
        school,
        told,
        at,
        subject=_("Nobody has seen something for today at {school}").format(school=school.name),
        page="for-today",
    )
    return len(due)
