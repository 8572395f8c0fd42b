"""Claiming: a parcel belongs to one sorting at a time, and a sorting that died loses its claims.

Each sorting has a number of its own and holds an advisory lock on it by its database session. A
worker that dies takes its session with it, so that a claim whose lock nobody holds is free at once.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection

from schoolgate.delivery.journal import new_claimant
from schoolgate.delivery.models import Parcel, Priority
from schoolgate.school.tenancy import one_school

MOST = 250
# Minutes until the next try; after the last one it has failed and somebody is told.
BACKOFF = (1, 2, 5, 15, 30, 60, 120, 240, 480, 960)

_CLAIM = """
WITH due AS (
    SELECT id FROM delivery_parcel
    WHERE school_id = %(school)s AND channel = %(channel)s AND state = 'waiting'
        AND next_try_at <= %(at)s AND priority <= %(up_to)s
        -- Who is held back is asked once for a claim; only their rows are looked at closer.
        AND (carer_id IS NULL OR carer_id <> ALL (ARRAY(SELECT people_held_carers(%(at)s)))
            OR NOT delivery_waits(id, %(at)s))
    ORDER BY priority, next_try_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
UPDATE delivery_parcel p SET state = 'claimed', claimed_at = %(at)s, claimed_by = %(claimant)s,
    tries = tries + 1
FROM due WHERE p.id = due.id
RETURNING p.id, p.public_id, p.content_id, p.carer_id, p.member_id, p.address, p.children,
    p.priority
"""


@dataclass(slots=True)
class InHand:
    """A claimed parcel, as much of it as a sorting needs."""

    id: int
    public_id: uuid.UUID
    content: int
    carer: int | None
    member: int | None
    address: str
    children: Sequence[int]
    priority: int

    @classmethod
    def of(cls, parcel: Parcel) -> "InHand":
        """A parcel that was read as a row."""
        return cls(
            id=parcel.pk,
            public_id=parcel.public_id,
            content=parcel.content_id,
            carer=parcel.carer_id,
            member=parcel.member_id,
            address=parcel.address,
            children=parcel.children,
            priority=parcel.priority,
        )


@contextmanager
def claimant() -> Iterator[int]:
    """A number to claim by, good for as long as this database session lives."""
    number = new_claimant()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield number
    finally:
        _let_go(number)


def claim(
    *,
    school_id: int,
    at: datetime,
    claimant: int,
    channel: str = Parcel.Channel.EMAIL,
    most: int = MOST,
    up_to: int = Priority.NEWS,
) -> list[InHand]:
    """Claim due parcels by one UPDATE, most pressing first; two sortings never claim the same.

    `up_to` leaves what presses less where it is.
    """
    with one_school(school_id), connection.cursor() as cursor:
        cursor.execute(
            _CLAIM,
            {
                "school": school_id,
                "channel": channel,
                "at": at,
                "most": most,
                "up_to": up_to,
                "claimant": claimant,
            },
        )
        found = [InHand(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: (one.priority, one.id))


def give_back(*, school_id: int, parcels: Sequence[int], claimant: int) -> None:
    """Let claimed parcels wait again as if nobody had claimed them."""
    if not parcels:
        return
    with one_school(school_id), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE delivery_parcel SET state = 'waiting', claimed_by = NULL, tries = tries - 1"
            " WHERE id = ANY(%s) AND state = 'claimed' AND claimed_by = %s",
            [list(parcels), claimant],
        )


def _let_go(number: int) -> None:
    """A lost connection is closed, so that this thread finds the database again."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
    except (OperationalError, InterfaceError):
        connection.close()
