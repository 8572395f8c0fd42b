"""Who answers first for a group, who helps in it, its phase, and who has a place in a class."""

from datetime import datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import NoAccessNow
from schoolgate.people.models import ClassPlace, Group, GroupHelper, Pupil, TeamMember
from schoolgate.people.queries import has_access


@transaction.atomic
def change_tutor(*, actor: Actor, group: Group, tutor: TeamMember, at: datetime) -> Group:
    """Make a team member a group's tutor: new messages go to them, open ones stay (UTC).

    Raises NoAccessNow.
    """
    if not has_access(tutor, at):
        raise NoAccessNow
    group = Group.objects.select_for_update().get(pk=group.pk)
    before = group.tutor_id
    if before == tutor.pk:
        return group
    group.tutor = tutor
    group.save(update_fields=["tutor"])
    _record(actor, "changed a tutor", group, at, before=before, tutor=tutor.pk)
    return group


@transaction.atomic
def begin_helping(*, actor: Actor, member: TeamMember, group: Group, at: datetime) -> None:
    """Let a team member see one group's conversations (UTC). Raises NoAccessNow."""
    if not has_access(member, at):
        raise NoAccessNow
    _, is_new = GroupHelper.objects.get_or_create(
        school_id=group.school_id, group=group, member=member
    )
    if is_new:
        _record(actor, "began helping", group, at, member=member.pk)


@transaction.atomic
def end_helping(*, actor: Actor, member: TeamMember, group: Group, at: datetime) -> None:
    """End what a team member sees of a group as its helper, from now (UTC)."""
    gone, _ = GroupHelper.objects.filter(group=group, member=member).delete()
    if gone:
        _record(actor, "ended helping", group, at, member=member.pk)


@transaction.atomic
def set_phase(*, actor: Actor, group: Group, phase: str, at: datetime) -> None:
    """Say to which phase of the school a group belongs, or to none (UTC)."""
    held = Group.objects.select_for_update().get(pk=group.pk)
    if held.phase != phase:
        held.phase = phase
        held.save(update_fields=["phase"])
        _record(actor, "changed a phase", held, at, phase=phase)


@transaction.atomic
def join_class(*, actor: Actor, pupil: Pupil, group: Group, at: datetime) -> None:
    """Give a child a place in a class, besides the tutor group (UTC)."""
    _, is_new = ClassPlace.objects.get_or_create(
        school_id=pupil.school_id, group=group, pupil=pupil
    )
    if is_new:
        _record(actor, "put a child into a class", group, at, pupil=pupil.pk)


@transaction.atomic
def leave_class(*, actor: Actor, pupil: Pupil, group: Group, at: datetime) -> None:
    """End a child's place in a class: what goes to the class reaches the family no more (UTC)."""
    gone, _ = ClassPlace.objects.filter(group=group, pupil=pupil).delete()
    if gone:
        _record(actor, "took a child out of a class", group, at, pupil=pupil.pk)


def _record(actor: Actor, verb: str, group: Group, at: datetime, **facts: object) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=group.school_id,
        about=("group", group.pk),
        at=at,
        **facts,
    )
