"""The one verb of the ledger."""

from datetime import datetime

from schoolgate.ledger.actors import Actor
from schoolgate.ledger.models import Entry


def record(
    *,
    actor: Actor,
    verb: str,
    school_id: int,
    about: tuple[str, object],
    at: datetime,
    **facts: object,
) -> Entry:
    """Write down what was done, in the caller's transaction; `about` is (kind, id). UTC.

    Facts are ids, states and times, never words that a family or a colleague wrote.
    """
    return Entry.objects.create(
        school_id=school_id,
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        verb=verb,
        object_kind=about[0],
        object_id=str(about[1]),
        facts=facts,
    )
