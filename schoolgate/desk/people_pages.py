"""What the office's pages of people show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from schoolgate.accounts.gates import decides_on_limits
from schoolgate.accounts.guarding import may_see_changes
from schoolgate.accounts.models import SignInChange, User
from schoolgate.accounts.queries import may_sign_in
from schoolgate.conversations.access import visible_to
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.states import State
from schoolgate.desk.endings import Kind, ended_today
from schoolgate.desk.people_forms import role_name
from schoolgate.people.access import (
    SEE_EVERY_CHILD,
    Who,
    carers_for_office,
    groups_for_office,
    members_for_office,
    pupils_for_office,
)
from schoolgate.people.actions.homes import household_of
from schoolgate.people.entitlement import links_at, links_with_level
from schoolgate.people.models import Carer, Group, GroupHelper, Pupil, TeamMember
from schoolgate.people.presence import takes_over_from
from schoolgate.people.queries import (
    email_of,
    has_access,
    holders,
    is_sixteen,
    roles_of,
    to_review_rights,
)
from schoolgate.people.sorting import named
from schoolgate.people.telling_apart import told_apart

MOST = 60
OF_CARERS = (Kind.LINK, Kind.NUMBER, Kind.PROTECTION, Kind.NO_ROUTE, Kind.LIMIT)
KINDS = ("pupils", "carers", "team")
Person = Pupil | Carer | TeamMember


@dataclass(frozen=True)
class Leaving:
    """What moves when somebody leaves, and to whom; nobody means the office."""

    conversations: int
    groups: int
    successor: TeamMember | None


def found(who: Who, kind: str, asked: str) -> Sequence[tuple[Person, str]]:
    """People of one kind, by name; the first sixty."""
    if kind == "carers":
        return told_apart(carers_for_office(who).filter(named(asked))[:MOST])
    if kind == "team":
        return told_apart(members_for_office(who).filter(named(asked))[:MOST])
    return told_apart(pupils_for_office(who).filter(named(asked))[:MOST])


def person(who: Who, public_id: UUID) -> Person | None:
    """Somebody of the school, by the number in the address."""
    for rows in (pupils_for_office(who), carers_for_office(who), members_for_office(who)):
        match = rows.filter(public_id=public_id).first()
        if match:
            return match
    return None


def pupil_page(who: Who, pupil: Pupil, asked: str) -> dict[str, Any]:
    """A child, its adults with what each may receive, and the carers that a search found."""
    links = (
        links_with_level(who.at)
        .filter(pupil=pupil)
        .select_related("carer")
        .order_by("carer__sorted_by")
    )
    return {
        "pupil": pupil,
        "adults": links.prefetch_related("limits"),
        "asked": asked,
        "candidates": _candidates(who, pupil, asked),
        "is_sixteen": is_sixteen(pupil, _today(who)),
        "classes": groups_for_office(who).filter(places__pupil=pupil),
        "endings": ended_today(who, Kind.LINK, Kind.CLASS, pupil=pupil),
        "other_classes": groups_for_office(who)
        .filter(kind=Group.Kind.CLASS)
        .exclude(places__pupil=pupil),
    }


def carer_page(who: Who, carer: Carer) -> dict[str, Any]:
    """A carer, their children, how they are reached and how they sign in."""
    email = email_of(carer)
    return {
        "carer": carer,
        "email": email,
        "children": links_with_level(who.at).filter(carer=carer).select_related("pupil"),
        "user": _user(carer),
        "may_sign_in": bool(email) and may_sign_in(carer=carer, address=email, at=who.at),
        "routes": carer.routes.filter(ended_at=None),
        "has_key": _has_key(carer),
        "no_route": carer.no_safe_routes.filter(ended_at=None).select_related("held_by").first(),
        "decides": decides_on_limits(who),
        "endings": ended_today(who, *OF_CARERS, carer=carer),
        "has_home": household_of(carer) is not None and not carer.protected_address,
    }


def to_review(who: Who) -> QuerySet[Pupil]:
    """Young people of 16 or over with whom somebody has to review who receives what."""
    assert who.school is not None  # the gate admits people of a school only
    rows = to_review_rights(school_id=who.school.pk, on=_today(who))
    return rows.select_related("tutor_group")


def _today(who: Who) -> date:
    return timezone.localtime(who.at).date()


def member_page(who: Who, member: TeamMember) -> dict[str, Any]:
    """A team member, their roles and groups, and how they sign in."""
    held = roles_of(member, who.at)
    return {
        "member": member,
        "roles": [role_name(role) for role in sorted(held)],
        "works": has_access(member, who.at),
        "user": _user(member),
        "has_key": _has_key(member),
        "tutors": groups_for_office(who).filter(tutor=member),
        "helps": groups_for_office(who).filter(helpers__member=member),
        "every_group": groups_for_office(who),
        "left_behind": left_behind(who, member),
        "endings": ended_today(who, Kind.HELPING, member=member),
    }


@dataclass(frozen=True)
class LeftBehind:
    """Open conversations of a group that somebody has who works with it no more."""

    group: Group
    owner: TeamMember
    conversations: int


def left_behind(who: Who, tutor: TeamMember) -> list[LeftBehind]:
    """What of a tutor's groups still lies with a former tutor, by group and person."""
    groups = {group.pk: group for group in groups_for_office(who).filter(tutor=tutor)}
    rows = open_with_others(who, tutor).values_list("pupil__tutor_group", "owner")
    counted = Counter(rows.order_by())
    owners = TeamMember.objects.in_bulk({owner for _, owner in counted})
    return [
        LeftBehind(group=groups[group], owner=owners[owner], conversations=n)
        for (group, owner), n in sorted(counted.items())
    ]


def open_with_others(who: Who, tutor: TeamMember) -> QuerySet[Conversation]:
    """Open conversations of a tutor's groups that lie with somebody who lost sight of the group.

    What was handed to a helper, or to somebody who sees every child, was given there on purpose.
    """
    everywhere = holders(school_id=tutor.school_id, roles=SEE_EVERY_CHILD, at=who.at)
    helping = GroupHelper.objects.filter(
        group=OuterRef("pupil__tutor_group"), member=OuterRef("owner")
    )
    return (
        visible_to(who)
        .filter(pupil__tutor_group__tutor=tutor, owner__isnull=False)
        .exclude(state=State.CLOSED)
        .exclude(owner=tutor)
        .exclude(owner__in=everywhere.values("pk"))
        .exclude(Exists(helping))
    )


def leaving(who: Who, member: TeamMember) -> Leaving:
    """How much moves when a team member's access ends now, and to whom (decision 3)."""
    return Leaving(
        conversations=Conversation.objects.filter(owner=member).count(),
        groups=member.groups.count(),
        successor=takes_over_from(member, who.at),
    )


def open_resets(who: Who) -> QuerySet[SignInChange]:
    """Changes to how somebody signs in that wait for another person."""
    rows = SignInChange.objects.filter(school=who.school, outcome="").order_by("asked_at")
    rows = rows.select_related("member", "carer", "asked_by", "seen_by")
    return rows if may_see_changes(who) else rows.none()


def not_invited(who: Who) -> QuerySet[Carer]:
    """Carers who have no way to sign in yet."""
    return carers_for_office(who).filter(user_id=None, ended_at=None)


def _candidates(who: Who, pupil: Pupil, asked: str) -> list[tuple[Carer, str]]:
    if not asked:
        return []
    linked = links_at(who.at).filter(pupil=pupil).values("carer")
    rows = carers_for_office(who).filter(ended_at=None).exclude(pk__in=linked)
    return told_apart(rows.filter(named(asked))[:10])


def _user(one: Carer | TeamMember) -> User | None:
    return User.objects.filter(pk=one.user_id).first() if one.user_id else None


def _has_key(one: Carer | TeamMember) -> bool:
    return bool(one.user_id) and Authenticator.objects.filter(user_id=one.user_id).exists()
