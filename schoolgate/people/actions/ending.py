"""Ending a team member's access: at that moment, and the work moves in the same step."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.errors import AlreadyEnded
from schoolgate.people.leaving import AccessEnded, on_access_ended
from schoolgate.people.models import Group, GroupHelper, NoSafeRoute, RoleHolding, TeamMember
from schoolgate.people.presence import takes_over_from


@transaction.atomic
def end_access(*, actor: Actor, member: TeamMember, at: datetime) -> TeamMember:
    """End a team member's access now and move their open work to cover, line leader or office.

    Takes effect at `at` (UTC), signed-in devices included (decision 3, Clause 1.1-P9).
    Raises AlreadyEnded.
    """
    member = TeamMember.objects.select_for_update().get(pk=member.pk)
    if member.access_ended_at:
        raise AlreadyEnded
    successor = takes_over_from(member, at)
    member.access_ended_at = at
    member.save(update_fields=["access_ended_at"])
    RoleHolding.objects.filter(Q(until=None) | Q(until__gt=at), member=member).update(until=at)
    GroupHelper.objects.filter(member=member).delete()
    Group.objects.filter(tutor=member).update(tutor=successor)
    if successor:
        # A standing task keeps a name on it; without a successor the office's list says so.
        NoSafeRoute.objects.filter(held_by=member, ended_at=None).update(held_by=successor)
    record(
        actor=actor,
        verb="ended access",
        school_id=member.school_id,
        about=("member", member.pk),
        at=at,
        successor=successor.pk if successor else None,
    )
    on_access_ended.tell(AccessEnded(member=member, successor=successor, actor=actor, at=at))
    return member


def end_what_has_run_out(*, school_id: int, at: datetime) -> int:
    """End the access of everybody whose last day is past; how many (Clause 1.1-P9)."""
    over = TeamMember.objects.filter(
        school_id=school_id, access_ended_at=None, ends_on__lt=at.date()
    )
    for member in over:
        end_access(actor=SYSTEM, member=member, at=at)
    return len(over)
