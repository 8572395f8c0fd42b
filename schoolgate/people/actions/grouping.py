"""Who answers first for a group, and who helps in it."""

from datetime import datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import NoAccessNow
from schoolgate.people.models import Group, GroupHelper, TeamMember
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


def _record(actor: Actor, verb: str, group: Group, at: datetime, **facts: object) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=group.school_id,
        about=("group", group.pk),
        at=at,
        **facts,
    )
