"""Reminding: the office hears of a tray item before its hour has run out, so none dies there."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.inbound.access import STAFF
from schoolgate.people.queries import holders
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.nudging import due_for_a_nudge
from schoolgate.school.calendars import office_calendar
from schoolgate.school.models import School


@transaction.atomic
def remind(*, school: School, at: datetime) -> int:
    """Tell the office once of all tray items that are half or three quarters due; how many."""
    due = due_for_a_nudge(
        school=school, kinds=[Promise.Kind.TRAY], calendar=office_calendar(school), at=at
    )
    if due:
        content = Content.objects.create(
            school=school,
            purpose=Content.Purpose.ALERT,
            subject=_("The tray has mail that waits"),
            text=_("Mail waits to be filed. You can see it here:\n{page}\n").format(
                page=f"{settings.PUBLIC_ADDRESS}/{school.slug}/tray/"
            ),
            written_at=at,
        )
        office = holders(school_id=school.pk, roles=(STAFF[0],), at=at)
        post_alert(content=content, members=office, at=at)
    return len(due)
