"""Which promises are half, or three quarters, through and have not been spoken of yet."""

from collections.abc import Sequence
from datetime import datetime

from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School
from schoolgate.working_time.calendar import WorkingCalendar

STEPS = (
    ("three_quarters_at", "nudged_three_quarters_at"),
    ("half_at", "nudged_half_at"),
)


def due_for_a_nudge(
    *, school: School, kinds: Sequence[Promise.Kind], calendar: WorkingCalendar, at: datetime
) -> list[Promise]:
    """The open promises whose next step has come, marked as spoken of (Clause 2.2-T1).

    Each step once, whatever is restarted, and never outside the calendar's hours: what fell due at
    night waits for the opening. `at` in UTC.
    """
    if not calendar.is_open(at):
        return []
    return [promise for step in STEPS for promise in _take(school, kinds, at, *step)]


def _take(
    school: School, kinds: Sequence[Promise.Kind], at: datetime, due: str, done: str
) -> list[Promise]:
    found = list(
        Promise.objects.select_for_update(skip_locked=True).filter(
            school=school,
            kind__in=kinds,
            stopped_at=None,
            withdrawn_at=None,
            **{f"{due}__lte": at, f"{done}__isnull": True},
        )
    )
    for promise in found:
        # A later step takes the earlier one with it: nobody is reminded twice of one moment.
        promise.nudged_half_at = promise.nudged_half_at or at
        setattr(promise, done, at)
        promise.save(update_fields=["nudged_half_at", done])
    return found
