"""Who may not come onto the site: decided by the head, and lifted by the head alone."""

from datetime import date, datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import BarNeedsName, BarReasonMissing
from schoolgate.people.models import Carer, SiteBar, TeamMember


@transaction.atomic
def bar_from_site(
    *,
    actor: Actor,
    member: TeamMember,
    name: str,
    carer: Carer | None = None,
    review_on: date | None = None,
    at: datetime,
) -> SiteBar:
    """Say that an adult may not come onto the site, from now (UTC; Clause 4.0-R5).

    Messages go on as ever. Nothing lifts it by itself (decision 4). Raises BarNeedsName.
    """
    called = " ".join((name or (carer.name if carer else "")).split())[:120]
    if not called:
        raise BarNeedsName
    bar = SiteBar.objects.create(
        school_id=member.school_id,
        name=called,
        carer=carer,
        begins_at=at,
        review_on=review_on,
        decided_by=member,
    )
    _record(actor, "barred somebody from the site", bar, at)
    return bar


@transaction.atomic
def lift_bar(
    *, actor: Actor, member: TeamMember, bar: SiteBar, because: str, at: datetime
) -> SiteBar:
    """Let somebody come onto the site again, with a reason (UTC). Raises BarReasonMissing."""
    if not because.strip():
        raise BarReasonMissing
    bar = SiteBar.objects.select_for_update(of=("self",)).get(pk=bar.pk)
    if bar.lifted_at is None:
        bar.lifted_at, bar.lifted_by = at, member
        bar.lifted_because = because.strip()[:300]
        bar.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
        _record(actor, "lifted a bar from the site", bar, at)
    return bar


def _record(actor: Actor, verb: str, bar: SiteBar, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=bar.school_id,
        about=("site bar", bar.public_id),
        at=at,
    )
