"""A family with no safe route: a standing task with a name on it (decision 19, threat T4)."""

from datetime import datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import NoAccessNow
from schoolgate.people.judging import narrow
from schoolgate.people.models import Carer, NoSafeRoute, TeamMember
from schoolgate.people.queries import has_access
from schoolgate.people.same_person import rows_of_the_same_adult


@transaction.atomic
def begin_no_safe_route(
    *, actor: Actor, carer: Carer, held_by: TeamMember, words: str, at: datetime
) -> NoSafeRoute:
    """Say that nothing can safely be sent to a carer, and who sees to them (UTC).

    No email leaves from this moment, what waits included. Where it stands already, the name and the
    words change; and so for every row of the adult (decision 26). Raises NoAccessNow.
    """
    if not has_access(held_by, at):
        raise NoAccessNow
    narrow(carer.school_id)
    for other in rows_of_the_same_adult(carer):
        _begin(actor, other, held_by, words, at)
    return _begin(actor, carer, held_by, words, at)


def _begin(
    actor: Actor, carer: Carer, held_by: TeamMember, words: str, at: datetime
) -> NoSafeRoute:
    task, is_new = NoSafeRoute.objects.update_or_create(
        carer=carer,
        ended_at=None,
        defaults={"held_by": held_by, "words": words},
        create_defaults={
            "school_id": carer.school_id,
            "held_by": held_by,
            "words": words,
            "begun_at": at,
        },
    )
    verb = "began no safe route" if is_new else "changed no safe route"
    _record(actor, verb, task, at, held_by=held_by.pk)
    return task


@transaction.atomic
def end_no_safe_route(*, actor: Actor, carer: Carer, at: datetime) -> None:
    """Say that a carer can be written to again (UTC); email leaves from this moment."""
    task = NoSafeRoute.objects.select_for_update().filter(carer=carer, ended_at=None).first()
    if task:
        task.ended_at = at
        task.save(update_fields=["ended_at"])
        _record(actor, "ended no safe route", task, at)


def _record(actor: Actor, verb: str, task: NoSafeRoute, at: datetime, **facts: object) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=task.school_id,
        about=("carer", task.carer_id),
        at=at,
        **facts,
    )
