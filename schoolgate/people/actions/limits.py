"""Limits on what a carer may receive: beginning one, and deciding that it ends."""

from datetime import date, datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.carrying import carry_over
from schoolgate.people.judging import narrow
from schoolgate.people.models import Limit, Link, Receives, TeamMember
from schoolgate.people.same_person import Sameness, links_of_the_same_child


@transaction.atomic
def begin_limit(
    *,
    actor: Actor,
    link: Link,
    at_most: Receives,
    says: str,
    at: datetime,
    ends_on: date | None = None,
) -> Limit:
    """Limit what one carer may receive for one child, from now (UTC), on every row of the two."""
    narrow(link.school_id)
    limit = Limit.objects.create(
        school_id=link.school_id,
        link=link,
        receives_at_most=at_most,
        says=says,
        begins_at=at,
        ends_on=ends_on,
        seen_by=actor.name,
    )
    record(
        actor=actor,
        verb="began a limit",
        school_id=link.school_id,
        about=("link", link.pk),
        at=at,
        limit=limit.pk,
    )
    known = Sameness(links_of_the_same_child(link.pupil))
    carry_over(actor=actor, school_id=link.school_id, links=known.twins(link), known=known, at=at)
    return limit


@transaction.atomic
def lift_limit(
    *, decided_by: TeamMember, actor: Actor, limit: Limit, because: str, at: datetime
) -> Limit:
    """Lift a limit by the head's or DSL's decision, with reasons; nothing else does."""
    limit.lifted_at, limit.lifted_by, limit.lifted_because = at, decided_by, because
    limit.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    record(
        actor=actor,
        verb="lifted a limit",
        school_id=limit.school_id,
        about=("link", limit.link_id),
        at=at,
        limit=limit.pk,
    )
    return limit
