"""Whose sign-in is guarded, and who may decide on a change to it (decision 23).

Who runs the office, leads or reads sealed things can be impersonated only by two people who were
there before: one asks, and one decides who has held a deciding role for a week and who neither made
the other's account nor printed a card for it nor reset it, nor had it done by them.

Deciding are the head and the lead for safeguarding; for the head the group's lead. In a small
school one of the office asks and the head decides; where the office itself once made the head's
account, the lead or the group's lead does. Of others any of the office or leaders decides.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from schoolgate.accounts.errors import NotTheirs, SamePerson, TiedToTheAsker, TooNew
from schoolgate.accounts.models import SignInChange
from schoolgate.ledger.models import Entry
from schoolgate.people.access import Role, Who
from schoolgate.people.models import Carer, RoleHolding, TeamMember
from schoolgate.people.queries import roles_of
from schoolgate.school.models import School

A_WEEK = timedelta(days=7)
GUARDED = frozenset(
    str(role)
    for role in (
        Role.OFFICE, Role.HEAD, Role.ASSISTANT_HEAD, Role.DSL, Role.DEPUTY_DSL, Role.GROUP_LEAD,
    )
)  # fmt: skip
DECIDE = (Role.HEAD, Role.DSL, Role.GROUP_LEAD)
DECIDE_ON_THE_HEAD = (Role.GROUP_LEAD,)
DECIDE_ON_OTHERS = (*DECIDE, Role.OFFICE, Role.ASSISTANT_HEAD)
TIES = ("added a team member", "issued a card", "approved a reset", "approved a card")


def begun_today(school: School, at: datetime) -> list[RoleHolding]:
    """The roles that guard much which somebody got on this day of the school's (UTC)."""
    today = at.astimezone(ZoneInfo(school.settings.timezone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    rows = RoleHolding.objects.filter(
        school=school, role__in=GUARDED, since__gte=today, since__lte=at
    )
    return list(rows.select_related("member").order_by("since", "pk"))


def roles_behind(person: TeamMember | Carer, at: datetime) -> frozenset[str]:
    """The roles of whoever signs in as somebody (UTC): a carer may be a colleague as well."""
    found = set(roles_of(person, at)) if isinstance(person, TeamMember) else set[str]()
    if person.user_id is not None:
        same = TeamMember.objects.filter(school_id=person.school_id, user_id=person.user_id)
        for member in same:
            found |= roles_of(member, at)
    return frozenset(found)


def is_guarded(person: TeamMember | Carer, at: datetime) -> bool:
    """Whether a change to somebody's sign-in needs two people (UTC)."""
    return bool(roles_behind(person, at) & GUARDED)


def deciders_on(person: TeamMember | Carer, at: datetime) -> tuple[str, ...]:
    """The roles of which one decides on a change to somebody's sign-in (UTC)."""
    roles = roles_behind(person, at)
    if Role.HEAD in roles and _there_is(person.school_id, Role.GROUP_LEAD, at):
        return DECIDE_ON_THE_HEAD
    return DECIDE if roles & GUARDED else DECIDE_ON_OTHERS


def may_see_changes(who: Who) -> bool:
    """Who asks for, or may decide on, changes to how people sign in."""
    return who.member is not None and who.holds(*DECIDE_ON_OTHERS)


def may_change_address(who: Who, person: TeamMember | Carer) -> bool:
    """Whether somebody may change the address that signs in another; nobody a guarded own one."""
    if not is_guarded(person, who.at):
        return True
    own = who.user_id is not None and who.user_id == person.user_id
    return not own and who.holds(*deciders_on(person, who.at))


def refuse_unfit(change: SignInChange, by: TeamMember, at: datetime) -> None:
    """See that somebody may decide on a change (UTC).

    Raises SamePerson, NotTheirs, TooNew and TiedToTheAsker.
    """
    if by.pk in {change.asked_by_id, change.member_id} or _is_their_own(change, by):
        raise SamePerson
    roles = deciders_on(change.person, at)
    held = RoleHolding.objects.filter(member=by, role__in=roles, since__lte=at).exclude(
        until__lte=at
    )
    if not held.exists():
        raise NotTheirs
    if not held.filter(since__lte=at - A_WEEK).exists():
        raise TooNew
    if _tied(change.asked_by, by) or _tied(by, change.asked_by):
        raise TiedToTheAsker


def _is_their_own(change: SignInChange, by: TeamMember) -> bool:
    return by.user_id is not None and by.user_id == change.person.user_id


def _tied(one: TeamMember, other: TeamMember) -> bool:
    """Whether one of the team made the other's account, printed a card for it or reset it."""
    return Entry.objects.filter(
        school_id=one.school_id, verb__in=TIES, actor_kind="team", actor_id=one.pk,
        object_kind="member", object_id=str(other.pk),
    ).exists()  # fmt: skip


def _there_is(school_id: int, role: str, at: datetime) -> bool:
    held = RoleHolding.objects.filter(school_id=school_id, role=role, since__lte=at)
    return held.exclude(until__lte=at).exists()
