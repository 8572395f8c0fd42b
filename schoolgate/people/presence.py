"""Who is here, who is away, and who has the work of somebody who is not.

Absence moves work and never a clock; the reason for it is nobody's business and is not kept.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from schoolgate.people.models import Absence, RoleHolding, TeamMember
from schoolgate.people.queries import has_access, holders, roles_of, working_members
from schoolgate.school.calendars import entries_of, reply_calendar
from schoolgate.school.hours_reading import read_blocks
from schoolgate.school.models import School
from schoolgate.working_time.calendar import Week, WorkingCalendar
from schoolgate.working_time.errors import BeyondCalendarError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def absences_at(school_id: int, at: datetime) -> QuerySet[Absence]:
    """Who is away at a moment (UTC)."""
    return Absence.objects.filter(
        Q(until_at=None) | Q(until_at__gt=at),
        school_id=school_id,
        from_at__lte=at,
        ended_at=None,
    ).select_related("member", "cover")


def absence_of(member: TeamMember, at: datetime) -> Absence | None:
    """The absence of one team member at a moment (UTC), if they are away."""
    return absences_at(member.school_id, at).filter(member=member).first()


def is_here(member: TeamMember, at: datetime) -> bool:
    """Whether somebody has access and is not away at a moment (UTC); hours of the day aside."""
    return has_access(member, at) and absence_of(member, at) is None


def members_here(school_id: int, at: datetime) -> QuerySet[TeamMember]:
    """Everybody of a school with access who is not away at a moment (UTC)."""
    away = absences_at(school_id, at).values("member")
    return working_members(at).filter(school_id=school_id).exclude(pk__in=away)


def takes_over_from(member: TeamMember, at: datetime) -> TeamMember | None:
    """Who holds the work next: named cover, then the line leader; none means the office queue.

    The cover named for this absence comes before the usual one; who is away too is passed over.
    Never those above the school: they hold only what was taken to the head (threat T24), by
    `acting_heads`.
    """
    absence = absence_of(member, at)
    named = absence.cover if absence else None
    for candidate in (named, member.cover, member.line_leader):
        if candidate is None or candidate.pk == member.pk or not is_here(candidate, at):
            continue
        if not is_above_the_school(candidate, at):
            return candidate
    return None


def is_above_the_school(member: TeamMember, at: datetime) -> bool:
    """Whether somebody is here for the group alone: they see numbers, and no names (T24)."""
    return roles_of(member, at) == {member.school.settings.choices.above_head}


def own_calendar(school: School, member: TeamMember) -> WorkingCalendar:
    """When somebody answers: the school's reply hours, or their own week where they have one."""
    if not member.works:
        return reply_calendar(school)
    return school.settings.personal_calendar(_week(member), entries_of(school))


def as_written(week: Week) -> dict[str, list[str]]:
    """A week as a team member's row holds it: hours by weekday, days off left out."""
    return {
        day: [f"{_hour(one.start)}-{_hour(one.end)}" for one in blocks]
        for day, blocks in zip(DAYS, week, strict=True)
        if blocks
    }


def next_in(school: School, member: TeamMember, at: datetime) -> datetime | None:
    """When somebody is next at work at or after a moment (UTC); nothing beyond the calendar."""
    try:
        return own_calendar(school, member).next_opening(at)
    except BeyondCalendarError:
        return None


def not_in_before(school: School, at: datetime) -> dict[int, datetime]:
    """Part-time people who are off now and, for each, when they are next in (UTC moment).

    Only while the school itself is open: at night everybody is off, and nothing moves for that.
    """
    if not reply_calendar(school).is_open(at):
        return {}
    part_time = members_here(school.pk, at).exclude(works={})
    found = {}
    for member in part_time:
        back = next_in(school, member, at)
        today = own_calendar(school, member).opens_on(at.astimezone(_zone(school)).date())
        if not today and back is not None:
            found[member.pk] = back
    return found


def acting_heads(school: School, at: datetime) -> list[TeamMember]:
    """Who acts as head at a moment (UTC): who holds the role and is here, else who stands in.

    Stand-ins are the cover recorded for an absent head, and, where nobody is, those above the
    head, from that moment (Clause 2.2-H3, decision 13). With them away too it is the step below;
    where no leader is here at all it stays the head's.
    """
    rules = school.settings
    here = members_here(school.pk, at)
    for role in rules.head_holders:
        held = holders(school_id=school.pk, roles=(role,), at=at)
        found = list(here.filter(pk__in=held.values("pk")))
        if found:
            return found
    away = absences_at(school.pk, at).filter(
        member__in=holders(school_id=school.pk, roles=rules.head_holders, at=at).values("pk")
    )
    covers = [one.cover for one in away if one.cover and is_here(one.cover, at)]
    if covers:
        return covers
    ladder = rules.ladder
    lowest = min(n for n, role in enumerate(ladder) if role in rules.head_holders)
    for role in (rules.choices.above_head, *ladder[max(1, lowest - 1) : lowest]):
        held = holders(school_id=school.pk, roles=(role,), at=at)
        found = list(here.filter(pk__in=held.values("pk")))
        if found:
            return found
    return list(holders(school_id=school.pk, roles=rules.head_holders, at=at))


def acts_as_head(school: School, member: TeamMember, at: datetime) -> bool:
    """Whether somebody answers as head now: the head, wherever they are, or who stands in."""
    held = RoleHolding.objects.filter(
        Q(until=None) | Q(until__gt=at),
        member=member,
        role__in=school.settings.head_holders,
        since__lte=at,
    )
    return held.exists() or member in acting_heads(school, at)


def begins_soon(school_id: int, at: datetime, within: timedelta) -> QuerySet[Absence]:
    """Absences that are recorded and begin within some time from a moment (UTC)."""
    return Absence.objects.filter(
        school_id=school_id, ended_at=None, from_at__gt=at, from_at__lte=at + within
    ).select_related("member", "cover")


def _week(member: TeamMember) -> Week:
    mon, tue, wed, thu, fri, sat, sun = (read_blocks(member.works.get(day, ())) for day in DAYS)
    return (mon, tue, wed, thu, fri, sat, sun)


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _zone(school: School) -> ZoneInfo:
    return reply_calendar(school).zone
