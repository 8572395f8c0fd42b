"""Another child's name stops what the team says to a family, until a reason is given (17, T7)."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import OtherNamed, Pupil, TeamMember
from schoolgate.people.naming import other_children_in

MOST = 300


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What somebody of the team says: to readers whose own children these are, and in what.

    `kind` and `said_in` are as the ledger has them; `adults` are names that the words may hold.
    """

    words: str
    own: Collection[int]
    kind: str
    said_in: uuid.UUID
    adults: Iterable[str] = ()


@transaction.atomic
def check_names(
    *, actor: Actor, member: TeamMember, saying: Saying, because: str = "", at: datetime
) -> None:
    """Let words go that name no other child, or for whom a reason is or was given (UTC).

    The one check of every door. A reason holds for those children in that thing, and is kept; the
    ledger has their number, never the words. Raises OtherChildNamed.
    """
    named = still_unsaid(member.school_id, saying)
    if not named:
        return
    if not because.replace("\0", "").strip():
        names = ", ".join(child.called for child in named)
        raise OtherChildNamed(OtherChildNamed.__doc__, names)
    keep_reason(
        actor=actor,
        member=member,
        kind=saying.kind,
        said_in=saying.said_in,
        named=named,
        because=because,
        at=at,
    )


def keep_reason(
    *,
    actor: Actor,
    member: TeamMember,
    kind: str,
    said_in: uuid.UUID,
    named: Sequence[Pupil],
    because: str,
    at: datetime,
) -> None:
    """Keep why something goes that names other children, or may (UTC)."""
    kept = OtherNamed.objects.create(
        school=member.school,
        kind=kind,
        said_in=said_in,
        children=[child.pk for child in named],
        because=because.replace("\0", "").strip()[:MOST],
        by=member,
        at=at,
    )
    record(
        actor=actor,
        verb="named another child",
        school_id=member.school_id,
        about=(kind, said_in),
        at=at,
        reason=str(kept.public_id),
        names=len(named),
    )


def still_unsaid(school_id: int, saying: Saying) -> list[Pupil]:
    """The other children named for whom nobody has given a reason in this thing."""
    named = other_children_in(
        saying.words, school_id=school_id, own=saying.own, adults=saying.adults
    )
    if not named:
        return []
    reasons = OtherNamed.objects.filter(said_in=saying.said_in).values_list("children", flat=True)
    said = {child for children in reasons for child in children}
    return [child for child in named if child.pk not in said]
