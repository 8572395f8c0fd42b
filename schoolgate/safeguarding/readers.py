"""Who is told of a concern, at once and later, and who never is (decision 6)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet

from schoolgate.people.access import Role
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import holders
from schoolgate.safeguarding.asked import Standing, Unread
from schoolgate.safeguarding.models import Alert, OnCall
from schoolgate.school.calendars import safeguarding_calendar
from schoolgate.school.models import School
from schoolgate.working_time.errors import BeyondCalendarError

TOLD_AT_ONCE = (Role.DSL.value, Role.DEPUTY_DSL.value, Role.HEAD.value)
# Open safeguarding time for which something may stay unread, before each of the two steps.
UNREAD_FOR = timedelta(minutes=15)
Step = Alert.Step


def told(*, school: School, about: int | None, about_adult: bool, at: datetime) -> list[TeamMember]:
    """The DSL, deputies and head; about an adult here the case manager alone (Clause 2.2-T8c).

    The case manager is the head; about the head it is the group's lead. The person whom a concern
    is about is never told of it (reading O7). `at` in UTC.
    """
    roles = case_manager(school, about, at) if about_adult else TOLD_AT_ONCE
    return list(holders(school_id=school.pk, roles=roles, at=at).exclude(pk=about or 0))


def case_manager(school: School, about: int | None, at: datetime) -> tuple[str, ...]:
    """The role that holds a concern about an adult who works here."""
    heads = holders(school_id=school.pk, roles=(Role.HEAD.value,), at=at)
    is_about_head = about is not None and heads.filter(pk=about).exists()
    return (Role.GROUP_LEAD.value,) if is_about_head else (Role.HEAD.value,)


def first_called(school: School, standing: Standing, at: datetime) -> Mapping[str, list[int]]:
    """Who is called at once, by step; whoever is on call out of hours learns that as well (UTC).

    Where nobody holds a role, the group's lead is called at once: somebody must look.
    """
    people = [
        one.pk
        for one in told(
            school=school, about=standing.about, about_adult=standing.about_adult, at=at
        )
    ]
    if not people:
        return {Step.GROUP_LEAD: group_leads(school, standing.about, at)}
    watching = on_call(school, at)
    return {
        Step.ON_CALL: [pk for pk in people if pk in watching],
        Step.AT_ONCE: [pk for pk in people if pk not in watching],
    }


def next_called(school: School, unread: Unread, at: datetime) -> Mapping[str, list[int]]:
    """Who is called because it is still unread: further deputies, then the group's lead (UTC).

    Those not told yet come first; where there are none, the same people are called once more. A
    concern about an adult here never reaches the lead or deputies: the case manager is called once
    more, then the group's lead, so that an absent head does not leave it with nobody (decision 6).
    """
    standing = Standing(unread.about_adult, unread.about)
    if not unread.steps:
        return first_called(school, standing, at)
    waited = time_unread(school, unread.called_at, at)
    due: dict[str, list[int]] = {}
    if waited >= UNREAD_FOR and Step.FURTHER not in unread.steps:
        people = [
            one.pk
            for one in told(
                school=school, about=unread.about, about_adult=unread.about_adult, at=at
            )
        ]
        due[Step.FURTHER] = [pk for pk in people if pk not in unread.told] or people
    if waited >= 2 * UNREAD_FOR and Step.GROUP_LEAD not in unread.steps:
        due[Step.GROUP_LEAD] = group_leads(school, unread.about, at)
    return due


def time_unread(school: School, since: datetime, at: datetime) -> timedelta:
    """Open safeguarding time since a moment; where the calendar knows nothing, all time (UTC)."""
    try:
        return safeguarding_calendar(school).between(since, at)
    except BeyondCalendarError:
        return at - since


def group_leads(school: School, about: int | None, at: datetime) -> list[int]:
    """The group's leads, but never one whom it is about (UTC)."""
    found = holders(school_id=school.pk, roles=(Role.GROUP_LEAD.value,), at=at)
    return [member.pk for member in found.exclude(pk=about or 0)]


def on_call(school: School, at: datetime) -> frozenset[int]:
    """Who is on call at a moment out of safeguarding hours; nobody where no rota says so (UTC)."""
    if safeguarding_calendar(school).is_open(at):
        return frozenset()
    return frozenset(rota(school, at, at).values_list("member_id", flat=True))


def rota(school: School, first: datetime, last: datetime) -> QuerySet[OnCall]:
    """The turns on call that touch a stretch of time, in their order (UTC)."""
    return OnCall.objects.filter(
        school=school, until_at__gt=first, from_at__lte=last, withdrawn_at=None
    ).select_related("member")
