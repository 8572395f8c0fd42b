"""Holding back: set by the DSL for one person, or for an hour by itself until the DSL has looked.

It never stands in the ledger: safeguarding keeps its own log (decision 8). The held person sees
nothing unusual; what waited goes as soon as nothing holds it (decision 5).
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from schoolgate.people.errors import HoldReasonMissing, NotOnePersonsChild, ReviewTooLate
from schoolgate.people.judging import narrow
from schoolgate.people.models import Carer, HoldBack, Link, Pupil
from schoolgate.school.calendars import reply_calendar, safeguarding_calendar
from schoolgate.school.models import School
from schoolgate.working_time.errors import BeyondCalendarError

THE_HOUR = timedelta(hours=1)


@transaction.atomic
def hold_back(
    *,
    user_id: int,
    pupil: Pupil,
    carer: Carer,
    reason: str,
    at: datetime,
    review_by: datetime | None = None,
) -> HoldBack:
    """Let what concerns a child wait for one of its adults from now on (UTC, decision 5).

    It is looked at again within one working day, and ends only when somebody ends it (decision 4).
    The database refuses whoever is not the DSL, a deputy or the head. Raises HoldReasonMissing,
    ReviewTooLate, NotOnePersonsChild.
    """
    if not reason.strip():
        raise HoldReasonMissing
    if not Link.objects.filter(pupil=pupil, carer=carer).exists():
        raise NotOnePersonsChild
    review_by = _review(pupil.school, review_by, at)
    narrow(pupil.school_id)
    return HoldBack.objects.create(
        school=pupil.school,
        pupil=pupil,
        carer=carer,
        from_at=at,
        review_by=review_by,
        reason=reason.strip(),
        set_by_user=user_id,
    )


@transaction.atomic
def confirm(*, hold: HoldBack, at: datetime, review_by: datetime | None = None) -> HoldBack:
    """Say after another look that it goes on; within one working day it is looked at once more.

    Raises ReviewTooLate.
    """
    hold.review_by = _review(hold.school, review_by, at)
    hold.save(update_fields=["review_by"])
    return hold


@transaction.atomic
def also_what_is_about_safety(*, hold: HoldBack, wait: bool) -> HoldBack:
    """Whether messages about immediate safety wait too: a list that the DSL has confirmed."""
    narrow(hold.school_id)
    hold.safety_too = wait
    hold.save(update_fields=["safety_too"])
    return hold


@transaction.atomic
def end(*, user_id: int, hold: HoldBack, at: datetime) -> HoldBack:
    """Let what waited go, from now on (UTC); a second time changes nothing."""
    HoldBack.objects.filter(pk=hold.pk, ended_at=None).update(ended_at=at, ended_by_user=user_id)
    hold.refresh_from_db()
    return hold


@transaction.atomic
def begin_the_hour(*, pupil: Pupil, at: datetime) -> datetime:
    """Let what concerns a child wait for everybody until the DSL has looked; until when (UTC).

    At most one staffed hour of safeguarding hours (decision 9), and one at a time. Anybody may
    raise a concern: whoever it is can't read what began by it.
    """
    until = the_hour_ends(pupil.school, at)
    narrow(pupil.school_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_begin_hour(%s, %s, %s)", [pupil.pk, at, until])
    return until


@transaction.atomic
def end_the_hour(*, pupil: Pupil, at: datetime) -> None:
    """The DSL or another reader has looked: what waited for the hour goes (UTC)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_end_hour(%s, %s)", [pupil.pk, at])


def the_hour_ends(school: School, at: datetime) -> datetime:
    """One hour of safeguarding hours after a moment; beyond the known calendar a plain hour."""
    calendar = safeguarding_calendar(school)
    try:
        return calendar.add(at, THE_HOUR)
    except BeyondCalendarError:
        return at + THE_HOUR


def _review(school: School, review_by: datetime | None, at: datetime) -> datetime:
    try:
        latest = reply_calendar(school).end_of_working_day(at, 1)
    except BeyondCalendarError:
        latest = at + timedelta(days=1)
    if review_by is not None and not at < review_by <= latest:
        raise ReviewTooLate
    return review_by or latest
