"""The eve of a holiday or of an absence: who is in for the last time, and when they are back."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from schoolgate.conversations.models import Conversation
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import begins_soon, members_here, own_calendar
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School
from schoolgate.working_time.errors import BeyondCalendarError

WEEKEND = 5  # the weekday of Saturday


def eves(school: School, at: datetime) -> Iterator[tuple[TeamMember, datetime]]:
    """Everybody whose last day before a gap is today, and when they are next in (UTC).

    A gap is a closing on a day on which others work, or an absence that is recorded; an ordinary
    weekend is none.
    """
    absences = {one.member_id: one for one in begins_soon(school.pk, at, timedelta(days=4))}
    for member in members_here(school.pk, at):
        back = _back_after(school, member, at)
        absence = absences.get(member.pk)
        if absence is not None and (back is None or absence.from_at < back + timedelta(hours=1)):
            yield member, absence.until_at or absence.from_at + timedelta(days=365)
        elif back is not None and is_eve(at, back):
            yield member, back


def due_beyond(*, school: School, member: TeamMember, day: date) -> QuerySet[Conversation]:
    """What somebody has that waits and falls due after a day (school’s zone), by due time."""
    zone = reply_calendar(school).zone
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    rows = Conversation.objects.filter(owner=member, school=school, side="school")
    return rows.filter(Q(due_at__gte=end) | Q(due_at=None)).order_by("due_at")


def is_eve(at: datetime, back: datetime) -> bool:
    """Whether a weekday lies between this day and the next one in; both aware, in one zone."""
    day, last = at.date() + timedelta(days=1), back.date()
    while day < last:
        if day.weekday() < WEEKEND:
            return True
        day += timedelta(days=1)
    return False


def _back_after(school: School, member: TeamMember, at: datetime) -> datetime | None:
    """When somebody is next in after today, if they are in today (in the school's zone)."""
    calendar = own_calendar(school, member)
    local = at.astimezone(reply_calendar(school).zone)
    if not calendar.opens_on(local.date()):
        return None
    tomorrow = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    try:
        return calendar.next_opening(tomorrow)
    except BeyondCalendarError:
        return None
