"""A child's own home times: kept by the office, and taken off again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import (
    EndsBeforeItBegins,
    LaterThanTheSchool,
    NoSchoolOnThatDay,
    WeekdayMissing,
)
from schoolgate.people.home_times import forget_home_times
from schoolgate.people.models import OwnHomeTime, Pupil, TeamMember


@dataclass(frozen=True, kw_only=True)
class HomeTimes:
    """What the office says: on which weekdays (0 is Monday), when, from which day to which."""

    weekdays: Sequence[int]
    at: time
    begins_on: date
    until: date | None = None
    after_school: bool = False  # a club: later than the school's own home time
    reason: str = ""


@transaction.atomic
def keep_home_times(
    *, actor: Actor, member: TeamMember, pupil: Pupil, times: HomeTimes, at: datetime
) -> list[OwnHomeTime]:
    """Keep when a child goes home on some weekdays, from a day to a day (written at `at`, UTC).

    Raises WeekdayMissing, EndsBeforeItBegins, NoSchoolOnThatDay, LaterThanTheSchool.
    """
    _check(pupil, times)
    rows = [
        OwnHomeTime.objects.create(
            school_id=pupil.school_id,
            pupil=pupil,
            weekday=weekday,
            at=times.at,
            begins_on=times.begins_on,
            until=times.until,
            after_school=times.after_school,
            reason=" ".join(times.reason.split())[:200],
            written_by=member,
            written_at=at,
        )
        for weekday in sorted(set(times.weekdays))
    ]
    forget_home_times(pupil)
    _record(actor, "kept own home times", pupil, at)
    return rows


@transaction.atomic
def end_home_time(*, actor: Actor, member: TeamMember, own: OwnHomeTime, at: datetime) -> None:
    """Take one off: the school's own holds again, or one written before it (UTC)."""
    own = OwnHomeTime.objects.select_for_update(of=("self",)).get(pk=own.pk)
    if own.ended_at is None:
        own.ended_by, own.ended_at = member, at
        own.save(update_fields=["ended_by", "ended_at"])
        _record(actor, "took off an own home time", own.pupil, at)


def _check(pupil: Pupil, times: HomeTimes) -> None:
    if not times.weekdays:
        raise WeekdayMissing
    if times.until and times.until < times.begins_on:
        raise EndsBeforeItBegins
    week = pupil.school.settings.home_time.week
    for weekday in times.weekdays:
        school_ends = week[weekday]
        if school_ends is None:
            raise NoSchoolOnThatDay
        if times.at > school_ends and not times.after_school:
            raise LaterThanTheSchool


def _record(actor: Actor, verb: str, pupil: Pupil, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=pupil.school_id,
        about=("pupil", pupil.public_id),
        at=at,
    )
