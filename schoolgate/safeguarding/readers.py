"""Who is told of a concern, at once and later, and who never is (decision 6).

It always stands with exactly one person, who is here if anybody is: nobody who is away is waited
for. Who that is comes out of absences and roles at that moment, and is stored nowhere.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from django.db.models import Q, QuerySet

from schoolgate.people.access import Role
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import absences_at, is_here, members_here
from schoolgate.people.queries import holders
from schoolgate.safeguarding.asked import Circle, Unread, circle_of
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
    is about is never told of it (reading O7). In the order in which it stands with them; UTC.
    """
    roles = case_manager(school, about, at) if about_adult else TOLD_AT_ONCE
    found: dict[int, TeamMember] = {}
    for role in roles:
        people = holders(school_id=school.pk, roles=(role,), at=at).exclude(pk=about or 0)
        found |= {one.pk: one for one in people.order_by("pk") if one.pk not in found}
    return list(found.values())


def case_manager(school: School, about: int | None, at: datetime) -> tuple[str, ...]:
    """The role that holds a concern about an adult who works here."""
    heads = holders(school_id=school.pk, roles=(Role.HEAD.value,), at=at)
    is_about_head = about is not None and heads.filter(pk=about).exists()
    return (Role.GROUP_LEAD.value,) if is_about_head else (Role.HEAD.value,)


def stands_with(school: School, concern: Circle, at: datetime) -> TeamMember | None:
    """The one person who is waited for at a moment (UTC); none where nobody holds any role.

    Who is on call out of hours, the DSL, the deputies, the head, the group's lead, in this order:
    the first who is here and did not raise it. With all of them away it is the first of them.
    """
    people = _in_order(school, concern, at)
    numbers = _here(school, [one.pk for one in people], at)
    here = [one for one in people if one.pk in numbers]
    others = [one for one in here if one.user_id != concern.author]
    return next(iter([*others, *here, *people]), None)


def first_called(school: School, concern: Circle, at: datetime) -> Mapping[str, list[int]]:
    """Who is called at once, by step; whoever is on call out of hours learns that as well (UTC).

    Who is away is told as well, if the school's settings say so, and not waited for. Where nobody
    who is told is here, the group's lead is called at once: somebody must look.
    """
    people = _circle(school, concern, at)
    leads = group_leads(school, concern.about, at)
    watching = on_call(school, at)
    called = _called(school, people, leads, at)
    return {
        Step.ON_CALL: [pk for pk in called if pk in watching],
        Step.AT_ONCE: [pk for pk in called if pk not in watching],
        Step.GROUP_LEAD: [] if _here(school, people, at) else leads,
    }


def next_called(school: School, unread: Unread, at: datetime) -> Mapping[str, list[int]]:
    """Who is called because it is still unread: further deputies, then the group's lead (UTC).

    Those not told yet come first; where there are none, the same people are called once more. A
    concern about an adult here never reaches the lead or deputies: the case manager is called once
    more, then the group's lead, so that an absent head does not leave it with nobody (decision 6).
    Whoever it stands with only now, because somebody has come to be away, is called at once.
    """
    concern = circle_of(unread)
    if not unread.steps:
        return first_called(school, concern, at)
    due = dict(_moved_on(school, concern, unread, at))
    waited = time_unread(school, unread.called_at, at)
    leads = group_leads(school, concern.about, at)
    if waited >= UNREAD_FOR and Step.FURTHER not in unread.steps:
        people = _circle(school, concern, at)
        people = _here(school, people, at) or _here(school, leads, at) or people
        due[Step.FURTHER] = [pk for pk in people if pk not in unread.told] or people
    if waited >= 2 * UNREAD_FOR and Step.GROUP_LEAD not in unread.steps:
        due[Step.GROUP_LEAD] = leads
    return due


def _moved_on(
    school: School, concern: Circle, unread: Unread, at: datetime
) -> Mapping[str, list[int]]:
    """Whoever it stands with now, where whom it stood with before them has come to be away."""
    now = stands_with(school, concern, at)
    if now is None or not is_here(now, at):
        return {}
    if now.pk not in _circle(school, concern, at):
        return {Step.GROUP_LEAD: group_leads(school, concern.about, at)}
    before = stands_with(school, concern, unread.called_at)
    is_new = now.pk not in unread.told or (before is not None and not is_here(before, at))
    ahead = takewhile(lambda one: one != now, _in_order(school, concern, at))
    went = absences_at(school.pk, at).filter(
        Q(from_at__gt=unread.called_at) | Q(recorded_at__gt=unread.called_at),
        member__in=list(ahead),
    )
    return {Step.MOVED: [now.pk]} if is_new or went.exists() else {}


def _called(
    school: School, people: Sequence[int], leads: Sequence[int], at: datetime
) -> Sequence[int]:
    """Those who are here; who is away as well, by the settings or where nobody at all is here."""
    here = _here(school, people, at)
    if school.settings.choices.safeguarding_tells_who_is_away:
        return people
    return here if here or _here(school, leads, at) else people


def _in_order(school: School, concern: Circle, at: datetime) -> list[TeamMember]:
    """Everybody with whom it may stand: on call first, then by role, the group's lead last."""
    watching = on_call(school, at)
    people = sorted(_circle(school, concern, at), key=lambda pk: pk not in watching)
    leads = sorted(group_leads(school, concern.about, at))
    members = TeamMember.objects.in_bulk([*people, *leads])
    return [members[pk] for pk in dict.fromkeys([*people, *leads]) if pk not in concern.never]


def _circle(school: School, concern: Circle, at: datetime) -> list[int]:
    """Who is told, without those who never are, in their order."""
    people = told(school=school, about=concern.about, about_adult=concern.about_adult, at=at)
    return [one.pk for one in people if one.pk not in concern.never]


def _here(school: School, people: Sequence[int], at: datetime) -> list[int]:
    """Those of some people who are here, in their order."""
    here = set(members_here(school.pk, at).filter(pk__in=people).values_list("pk", flat=True))
    return [pk for pk in people if pk in here]


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
