"""Making, stopping and recounting a promise; the caller's transaction."""

import uuid
from datetime import datetime, timedelta
from typing import NamedTuple

from schoolgate.response_clock.climb import Climb, climb
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.reckoning import (
    DueTimes,
    act_by,
    due_times,
    known,
    latest_promised_date,
)
from schoolgate.school.calendars import office_calendar, reply_calendar
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
    is_head = kind == Promise.Kind.HEAD
    due = due or (head_times(school, times).due if is_head else times.reply_due)
    act = head_times(school, times).act_by if is_head else None
    steps = _climb(school, kind, at, due, act)
    return Promise.objects.create(
        school=school,
        kind=kind,
        subject=subject,
        started_at=at,
        due_at=due,
        first_due_at=due,
        literal_due_at=times.literal_24h,
        act_by_at=act,
        next_step_at=steps.next_after(0),
        **_moments(steps),
    )


class HeadTimes(NamedTuple):
    """By when the head answers, and by when the school is alarmed; None beyond the calendar."""

    due: datetime | None
    act_by: datetime | None


def head_times(school: School, times: DueTimes) -> HeadTimes:
    """The head's two moments by the school's reading (decision 16, reading O1).

    Until a head has adopted and published the working-day reading, 24 hours are the clock's, and
    the school acts by the last open moment before their end.
    """
    if school.settings.promises.head_reading_adopted_on is not None:
        return HeadTimes(times.head_due, times.head_act_by)
    calendar = reply_calendar(school)
    act = known(lambda: act_by(calendar, times.received, times.literal_24h))
    return HeadTimes(times.literal_24h, act)


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
    """Count every open promise anew after a change of calendar; what moved, and its old time.

    What the family was first told stays beside it in `first_due_at`, and a day that a person named
    stays named. A step that was taken is not taken again.
    """
    moved = []
    for promise in Promise.objects.filter(
        school=school, stopped_at=None, withdrawn_at=None
    ).exclude(kind=Promise.Kind.NEWS):
        due, act = _counted(school, promise)
        if (due, act) != (promise.due_at, promise.act_by_at):
            moved.append((promise, promise.due_at))
            _move(school, promise, due, act)
    return moved


def _counted(school: School, promise: Promise) -> tuple[datetime | None, datetime | None]:
    """When a promise of its kind is due, and the head's act-by moment, by the calendar now."""
    if promise.kind == Promise.Kind.TRAY:
        return tray_due(school, promise.started_at), None
    if promise.kind == Promise.Kind.UPDATE:
        return update_due(school, promise.started_at), None
    times = reckon(school, promise.started_at)
    if promise.kind == Promise.Kind.HEAD:
        return head_times(school, times)
    return times.reply_due, None


def tray_due(school: School, at: datetime) -> datetime | None:
    """By when the office looks at what lies in the tray (UTC); None beyond the calendar."""
    return known(lambda: school.settings.promises.tray.after(at, office_calendar(school)))


def update_due(school: School, at: datetime) -> datetime:
    """The end of the day by which the next news is due (UTC); a week on where no calendar is."""
    limit = school.settings.promises.update
    by = known(lambda: latest_promised_date(reply_calendar(school), at, limit))
    return by or at + timedelta(days=7)


def _move(school: School, promise: Promise, due: datetime | None, act: datetime | None) -> None:
    steps = _climb(school, promise.kind, promise.started_at, due, act)
    promise.due_at, promise.act_by_at = due, act
    promise.next_step_at = steps.next_after(promise.climbed)
    for name, at in _moments(steps).items():
        setattr(promise, name, at)
    promise.save()


def _climb(
    school: School, kind: str, start: datetime, due: datetime | None, act: datetime | None
) -> Climb:
    return climb(
        kind,
        calendar=office_calendar(school) if kind == Promise.Kind.TRAY else reply_calendar(school),
        start=start,
        due=due,
        act_by=act,
        leader_after=school.settings.promises.leader_after,
    )


def _moments(steps: Climb) -> dict[str, datetime | None]:
    return {
        "half_at": steps.half_at,
        "three_quarters_at": steps.three_quarters_at,
        "cover_at": steps.cover_at,
        "leader_at": steps.leader_at,
    }
