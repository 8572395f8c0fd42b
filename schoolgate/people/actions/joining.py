"""Joining: a pupil, carer or team member is added; a carer is linked; a child moves group."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.carrying import carry_over
from schoolgate.people.errors import LinkedAlready
from schoolgate.people.judging import narrow
from schoolgate.people.models import (
    Carer,
    ContactRoute,
    Group,
    GroupHelper,
    Link,
    Pupil,
    Receives,
    RoleHolding,
    TeamMember,
)
from schoolgate.people.same_person import Sameness, least_of, links_of_the_same_child
from schoolgate.school.models import School


@dataclass(frozen=True)
class NewPupil:
    """What the office knows of a child on its first day."""

    first_name: str
    last_name: str
    known_as: str = ""
    born_on: date | None = None
    tutor_group: Group | None = None
    authority: str = ""


@dataclass(frozen=True)
class NewCarer:
    """What the office knows of an adult in a child's life; an address to live at is never kept."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "en"
    capacity: str = Carer.Capacity.FAMILY


@dataclass(frozen=True)
class NewMember:
    """Somebody who begins to work with the children; `ends_on` is the last day (Clause 1.1-P9)."""

    name: str
    job_title: str = ""
    email: str = ""
    employment: str = TeamMember.Employment.EMPLOYED
    roles: tuple[str, ...] = ()
    line_leader: TeamMember | None = None
    cover: TeamMember | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class NewLink:
    """Who an adult is to a child, what they may receive (none: what is usual), the ground seen."""

    relationship: str
    receives: Receives | None = None
    ground: str = ""


@transaction.atomic
def add_pupil(*, actor: Actor, school: School, new: NewPupil, at: datetime) -> Pupil:
    """Put a child on the roll (UTC)."""
    pupil = Pupil.objects.create(
        school=school,
        first_name=new.first_name,
        last_name=new.last_name,
        known_as=new.known_as,
        born_on=new.born_on,
        tutor_group=new.tutor_group,
        authority=new.authority,
    )
    _record(actor, "added a pupil", pupil, at)
    return pupil


@transaction.atomic
def add_carer(*, actor: Actor, school: School, new: NewCarer, at: datetime) -> Carer:
    """Add an adult of a child's life; they see nothing until they are linked (UTC)."""
    carer = Carer.objects.create(
        school=school, name=new.name, language=new.language or "en", capacity=new.capacity
    )
    for kind, value in (("email", new.email.lower()), ("phone", new.phone)):
        if value:
            ContactRoute.objects.create(school=school, carer=carer, kind=kind, value=value)
    _record(actor, "added a carer", carer, at)
    return carer


@transaction.atomic
def add_member(*, actor: Actor, school: School, new: NewMember, at: datetime) -> TeamMember:
    """Add a team member with their roles (UTC, Clause 1.1-P9)."""
    member = TeamMember.objects.create(
        school=school,
        name=new.name,
        job_title=new.job_title,
        email=new.email.lower(),
        employment=new.employment,
        line_leader=new.line_leader,
        cover=new.cover,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )
    RoleHolding.objects.bulk_create(
        RoleHolding(school=school, member=member, role=role, since=at) for role in new.roles
    )
    _record(actor, "added a team member", member, at)
    return member


@transaction.atomic
def lend_group(*, actor: Actor, member: TeamMember, group: Group, at: datetime) -> None:
    """Let a team member see one group's conversations, until their access ends (decision 18)."""
    GroupHelper.objects.get_or_create(school=group.school, group=group, member=member)
    _record(actor, "lent a group", member, at, group=group.pk)


@transaction.atomic
def link_carer(*, actor: Actor, carer: Carer, pupil: Pupil, new: NewLink, at: datetime) -> Link:
    """Link a carer to a child (UTC). Raises LinkedAlready.

    What lies on the two, under whatever row of either, lies on this link too; unless it is said,
    nobody receives more than they did (decision 26).
    """
    if Link.objects.filter(carer=carer, pupil=pupil, ended_at=None).exists():
        raise LinkedAlready
    link = Link(
        school=pupil.school,
        pupil=pupil,
        carer=carer,
        relationship=new.relationship,
        ground=new.ground,
    )
    known = Sameness(links_of_the_same_child(pupil))
    before, usual = least_of(known.twins(link)), usual_for(carer)
    unsaid = usual if before is None else min(usual, before)
    link.receives = unsaid if new.receives is None else new.receives
    link.save()
    known.add(link)
    _record(actor, "linked a carer", pupil, at, carer=carer.pk, receives=link.receives)
    carry_over(actor=actor, school_id=pupil.school_id, links=[link], known=known, at=at)
    return link


def usual_for(carer: Carer) -> Receives:
    """What a carer receives unless it is said: the placing authority general news (decision 19)."""
    return Receives.GENERAL if carer.is_professional else Receives.PROGRESS


@transaction.atomic
def end_link(*, actor: Actor, link: Link, at: datetime) -> None:
    """End what a carer may receive for one child, from this moment (UTC); its limits stay."""
    narrow(link.school_id)
    if link.ended_at is None:
        link.ended_at, link.ended_by_file = at, False
        link.save(update_fields=["ended_at", "ended_by_file"])
        _record(actor, "ended a link", link.pupil, at, carer=link.carer_id)


@transaction.atomic
def move_pupil(*, actor: Actor, pupil: Pupil, group: Group, at: datetime) -> None:
    """Move a child to another tutor group; new conversations go to that tutor (UTC)."""
    before, pupil.tutor_group = pupil.tutor_group_id, group
    pupil.save(update_fields=["tutor_group"])
    _record(actor, "moved a pupil", pupil, at, before=before, group=group.pk)


@transaction.atomic
def leave_pupil(*, actor: Actor, pupil: Pupil, last_day: date, at: datetime) -> None:
    """Take a child off the roll after a last day; nobody receives anything of it from then on."""
    narrow(pupil.school_id)
    pupil.left_on, pupil.left_by_file = last_day, False
    pupil.save(update_fields=["left_on", "left_by_file"])
    _record(actor, "took off the roll", pupil, at, last_day=last_day.isoformat())


@transaction.atomic
def stay_on_roll(*, actor: Actor, pupil: Pupil, at: datetime) -> None:
    """Put a child who left, or was to leave, back on the roll (UTC); links stay as they are."""
    if pupil.left_on is None:
        return
    before = pupil.left_on.isoformat()
    pupil.left_on, pupil.left_by_file = None, False
    pupil.save(update_fields=["left_on", "left_by_file"])
    _record(actor, "put back on the roll", pupil, at, last_day=before)


def _record(
    actor: Actor, verb: str, about: Pupil | Carer | TeamMember, at: datetime, **facts: object
) -> None:
    kinds = {Pupil: "pupil", Carer: "carer", TeamMember: "member"}
    record(
        actor=actor,
        verb=verb,
        school_id=about.school_id,
        about=(kinds[type(about)], about.pk),
        at=at,
        **facts,
    )
