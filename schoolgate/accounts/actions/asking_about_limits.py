"""Before an order ends the head and the DSL are asked what holds then; nothing widens by itself."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM
from schoolgate.ledger.models import Entry
from schoolgate.people.access import Role
from schoolgate.people.models import Limit
from schoolgate.people.queries import holders
from schoolgate.school.models import School

DAYS_BEFORE = (3, 14, 30)
ASKED = "asked about a limit"


@transaction.atomic
def ask_about_limits(*, school: School, at: datetime) -> int:
    """Ask 30, 14 and 3 days before a limit ends, each once; how many were asked (decision 4)."""
    asked = 0
    for limit in Limit.objects.filter(school=school, lifted_at=None, ends_on__isnull=False):
        step = _step(limit, at)
        if step is None or _asked_already(limit, step):
            continue
        _ask(school, limit, step, at)
        asked += 1
    return asked


def _step(limit: Limit, at: datetime) -> int | None:
    """The narrowest step that has come."""
    assert limit.ends_on is not None  # the query takes only those with an end
    left = (limit.ends_on - at.date()).days
    return next((days for days in DAYS_BEFORE if left <= days), None)


def _asked_already(limit: Limit, step: int) -> bool:
    return Entry.objects.filter(
        school_id=limit.school_id, verb=ASKED, object_kind="limit", object_id=str(limit.pk),
        facts__days_before__lte=step,
    ).exists()  # fmt: skip


def _ask(school: School, limit: Limit, step: int, at: datetime) -> None:
    record(
        actor=SYSTEM, verb=ASKED, school_id=school.pk, about=("limit", limit.pk), at=at,
        days_before=step,
    )  # fmt: skip
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.ALERT,
        subject=_("Please decide what holds after an end date"),
        text=_(
            "An end date is near. Nothing widens by itself: what was limited stays limited until "
            "you have decided, with reasons:\n{page}\n"
        ).format(page=f"{settings.PUBLIC_ADDRESS}/{school.slug}/limits/"),
        written_at=at,
    )
    deciders = holders(school_id=school.pk, roles=(Role.HEAD.value, Role.DSL.value), at=at)
    post_alert(content=content, members=deciders, at=at)
