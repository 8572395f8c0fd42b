"""Reading a concern: who was called to look has looked; and every opening is logged."""

from datetime import datetime

from django.db import transaction

from schoolgate.people.access import Who
from schoolgate.people.actions.holding_back import end_the_hour
from schoolgate.people.models import Pupil
from schoolgate.safeguarding import access, asked
from schoolgate.safeguarding.models import Concern, Reading, View
from schoolgate.safeguarding.standing import Record


@transaction.atomic
def note_reading(*, who: Who, record: Record, at: datetime) -> None:
    """Stamp a reading, once for each person and call (5.4 READ), and log the opening; UTC."""
    assert who.member is not None and who.user_id is not None  # sealed pages are for members
    concern = record.concern
    log_view(who=who, what=View.What.CONCERN, concern=concern, at=at)
    already = Reading.objects.filter(
        concern=concern, member=who.member, at__gte=record.called_at
    ).exists()
    if not already:
        record.readings.append(_stamp(who, concern, at))
    _let_it_go(who, concern, at)


def _stamp(who: Who, concern: Concern, at: datetime) -> Reading:
    assert who.member is not None  # sealed pages are for members
    return Reading.objects.create(
        school=concern.school, concern=concern, member=who.member, role=_role(who.roles), at=at
    )


def _let_it_go(who: Who, concern: Concern, at: datetime) -> None:
    """The lead, a deputy or the head has looked: what waited for the hour goes (decision 5)."""
    if concern.pupil is None or not access.may_hold_back(who, concern.pupil):
        return
    unread = {one.concern for one in asked.unread()} - {concern.pk}
    if not Concern.objects.filter(pk__in=unread, pupil=concern.pupil).exists():
        end_the_hour(pupil=concern.pupil, at=at)


def log_view(
    *,
    who: Who,
    what: str,
    at: datetime,
    concern: Concern | None = None,
    pupil: Pupil | None = None,
) -> View:
    """Log that somebody opened a concern, a chronology or a file: never in the ledger (UTC)."""
    assert who.school and who.member and who.user_id  # sealed pages are for members
    return View.objects.create(
        school=who.school,
        concern=concern,
        pupil=pupil,
        what=what,
        member=who.member,
        by_user_id=who.user_id,
        at=at,
    )


def _role(roles: frozenset[str]) -> str:
    return next(
        (role for role in ("dsl", "deputy_dsl", "head", "group_lead") if role in roles), "member"
    )
