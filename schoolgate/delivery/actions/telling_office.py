"""Once a working day the office hears that somebody was not reached: figures, no names (T15)."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.daily import day_if_due
from schoolgate.delivery.models import Content
from schoolgate.delivery.unreached import (
    failed_since,
    late_hand_offs,
    waiting_too_long,
    without_working_route,
)
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM
from schoolgate.ledger.models import Entry
from schoolgate.people.models import RoleHolding
from schoolgate.people.queries import holders
from schoolgate.school.calendars import office_calendar
from schoolgate.school.models import School

COUNTED = "counted who was not reached"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many messages failed and wait too long, families no way reaches, hand-offs are late."""

    failed: int
    waiting: int
    families: int
    hand_offs: int

    def __bool__(self) -> bool:
        return any(asdict(self).values())


@transaction.atomic
def tell_of_unreached(*, school: School, at: datetime) -> bool:
    """At the school's set time, count and tell the office if there is anything (UTC, 3.0-P4).

    Once a day, however often it is asked; the ledger has every day's figures. Whether it counted.
    """
    set_time = school.settings.sending.not_reached_at
    day = day_if_due(at=at, set_time=set_time, calendar=office_calendar(school))
    if not day or _counted(school).filter(facts__day=day).exists():
        return False
    # Of two workers the second waits here, and then finds the entry of the first.
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    before = _counted(school).order_by("-at").first()
    if before and before.facts.get("day") == day:
        return False
    figures = figures_of(school, since=before.at if before else at - timedelta(days=1), at=at)
    record(
        actor=SYSTEM, verb=COUNTED, school_id=school.pk, about=("school", school.pk), at=at,
        day=day, **asdict(figures),
    )  # fmt: skip
    if figures:
        _tell(school, figures, at)
    return True


def figures_of(school: School, *, since: datetime, at: datetime) -> Figures:
    """The figures of the time since the last list (UTC)."""
    return Figures(
        failed=failed_since(school.pk, since).order_by().count(),
        waiting=waiting_too_long(school.pk, at).order_by().count(),
        families=without_working_route(school.pk, at).count(),
        hand_offs=late_hand_offs(school, at),
    )


def _counted(school: School) -> QuerySet[Entry]:
    return Entry.objects.filter(
        school_id=school.pk, object_kind="school", object_id=str(school.pk), verb=COUNTED
    )


def _tell(school: School, figures: Figures, at: datetime) -> None:
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.ALERT,
        subject=_("Not everybody was reached"),
        text=_(
            "Messages that did not arrive: {failed}\n"
            "Messages that wait for more than two hours: {waiting}\n"
            "Adults whom no way reaches: {families}\n"
            "Hand-offs to iSAMS that are late: {hand_offs}\n\n"
            "Who it is, and what to do, stands here:\n{page}\n"
        ).format(page=f"{settings.PUBLIC_ADDRESS}/{school.slug}/not-reached/", **asdict(figures)),
        written_at=at,
    )
    office = holders(school_id=school.pk, roles=(RoleHolding.Role.OFFICE.value,), at=at)
    post_alert(content=content, members=office, at=at)
