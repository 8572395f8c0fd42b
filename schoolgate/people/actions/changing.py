"""Changing a team member: name, work, address, who covers and leads, and the roles they hold."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import SEE_MOST, Role
from schoolgate.people.errors import ByTheHead, LastHead, NoAccessNow, NotThemselves
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.people.queries import has_access, holders, roles_of
from schoolgate.people.route_news import SchoolAddressChanged, on_school_address_changed


@dataclass(frozen=True)
class Details:
    """A team member as the office knows them."""

    name: str
    job_title: str = ""
    email: str = ""
    line_leader: TeamMember | None = None
    cover: TeamMember | None = None
    works: dict[str, list[str]] = field(default_factory=dict)  # a week of their own, part-time


@transaction.atomic
def change_member(
    *, actor: Actor, member: TeamMember, to: Details, may_give: frozenset[str], at: datetime
) -> TeamMember:
    """Change a team member's details (UTC); sign-in follows a changed school address.

    The address of somebody who sees most is changed only by one who may give such roles. Raises
    NotThemselves, NoAccessNow and ByTheHead.
    """
    member = TeamMember.objects.select_for_update().get(pk=member.pk)
    for other in (to.line_leader, to.cover):
        _refuse_who_cannot(member, other, at)
    old, new = member.email, to.email.strip().lower()
    if old.lower() != new and (roles_of(member, at) & SEE_MOST) - may_give:
        raise ByTheHead
    values = {
        "name": to.name,
        "job_title": to.job_title,
        "line_leader": to.line_leader,
        "cover": to.cover,
        "works": to.works,
    }
    changed = [name for name, value in values.items() if getattr(member, name) != value]
    for name in changed:
        setattr(member, name, values[name])
    if changed:
        member.save(update_fields=changed)
        _record(actor, "changed a team member", member, at, changed=changed)
    change_school_address(actor=actor, member=member, address=new, at=at)
    return member


@transaction.atomic
def change_school_address(*, actor: Actor, member: TeamMember, address: str, at: datetime) -> None:
    """Change the address that signs a team member in (UTC); the old one hears of it.

    The one way, from a page and a file alike; who may change whose is for the caller to judge.
    """
    old, new = member.email, address.strip().lower()
    if old.lower() == new:
        return
    member.email = new
    member.save(update_fields=["email"])
    _record(actor, "changed a school address", member, at)
    on_school_address_changed.tell(SchoolAddressChanged(member=member, old=old, actor=actor, at=at))


@transaction.atomic
def change_roles(
    *,
    actor: Actor,
    member: TeamMember,
    roles: frozenset[str],
    may_give: frozenset[str],
    at: datetime,
) -> None:
    """Let a team member hold exactly these roles from now (UTC).

    Raises ByTheHead where a role changes that the actor may not give, NoAccessNow where one begins
    for somebody without access, and LastHead where the school would have no head.
    """
    member = TeamMember.objects.select_for_update().get(pk=member.pk)
    held = roles_of(member, at)
    if (roles ^ held) - may_give:
        raise ByTheHead
    begun, ended = sorted(roles - held), sorted(held - roles)
    if begun and not has_access(member, at):
        raise NoAccessNow
    if Role.HEAD in ended and not _another_head(member, at):
        raise LastHead
    RoleHolding.objects.filter(member=member, until=None, role__in=ended).update(until=at)
    RoleHolding.objects.bulk_create(
        RoleHolding(school_id=member.school_id, member=member, role=role, since=at)
        for role in begun
    )
    if begun or ended:
        _record(actor, "changed roles", member, at, begun=begun, ended=ended)


def _refuse_who_cannot(member: TeamMember, other: TeamMember | None, at: datetime) -> None:
    if other is None:
        return
    if other.pk == member.pk:
        raise NotThemselves
    if not has_access(other, at):
        raise NoAccessNow


def _another_head(member: TeamMember, at: datetime) -> bool:
    heads = holders(school_id=member.school_id, roles=(Role.HEAD,), at=at)
    return heads.exclude(pk=member.pk).exists()


def _record(actor: Actor, verb: str, member: TeamMember, at: datetime, **facts: object) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=member.school_id,
        about=("member", member.pk),
        at=at,
        **facts,
    )
