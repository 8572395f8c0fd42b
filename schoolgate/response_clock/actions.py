"""Making, stopping and recounting a promise; the caller's transaction."""

import uuid
from datetime import datetime

from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.reckoning import DueTimes, due_times, known, nudges
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School


def make(
    *,
    school: School,
    subject: uuid.UUID,
    kind: Promise.Kind,
    at: datetime,
    due: datetime | None = None,
) -> Promise:
    """Make a promise from a moment (UTC): the school's reply promise, or a named `due` moment.

    Reasoned in the school's zone, stored in UTC (Clause 2.2-T1). Beyond the known calendar the due
    moment is null, and staff are told so.
    """
    times = reckon(school, at)
    due = due or times.reply_due
    half, three_quarters = _nudges(school, at, due)
    return Promise.objects.create(
        school=school,
        kind=kind,
        subject=subject,
        started_at=at,
        due_at=due,
        first_due_at=due,
        literal_due_at=times.literal_24h,
        half_at=half,
        three_quarters_at=three_quarters,
    )


def reckon(school: School, at: datetime) -> DueTimes:
    """Every due moment of something received at `at`, by the school's settings and calendar."""
    return due_times(reply_calendar(school), school.settings.promises, at)


def stop(*, promise: Promise, by: uuid.UUID, at: datetime) -> None:
    """A person answered at `at` (UTC) with the message `by`; a receipt never does (2.2-T1)."""
    promise.stopped_at, promise.stopped_by = max(at, promise.started_at), by
    promise.save(update_fields=["stopped_at", "stopped_by"])


def unstop(*, promise: Promise) -> None:
    """The answer did not arrive: the clock was never stopped."""
    promise.stopped_at = promise.stopped_by = None
    promise.save(update_fields=["stopped_at", "stopped_by"])


def withdraw(*, promise: Promise, at: datetime) -> None:
    """Nothing more is due (UTC): closed with a reason."""
    promise.withdrawn_at = at
    promise.save(update_fields=["withdrawn_at"])


def recount(*, school: School) -> list[tuple[Promise, datetime | None]]:
    """Count every open reply promise anew after a change of calendar; what moved, and its old time.

    What the family was first told stays beside it in `first_due_at`.
    """
    moved = []
    for promise in Promise.objects.filter(
        school=school, kind=Promise.Kind.REPLY, stopped_at=None, withdrawn_at=None
    ):
        due = reckon(school, promise.started_at).reply_due
        if due != promise.due_at:
            moved.append((promise, promise.due_at))
            promise.due_at = due
            promise.half_at, promise.three_quarters_at = _nudges(school, promise.started_at, due)
            promise.save(update_fields=["due_at", "half_at", "three_quarters_at"])
    return moved


def _nudges(
    school: School, start: datetime, due: datetime | None
) -> tuple[datetime | None, datetime | None]:
    if due is None:
        return None, None
    return known(lambda: nudges(reply_calendar(school), start, due)) or (None, None)
