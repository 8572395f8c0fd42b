"""Claiming: a parcel belongs to one sorting at a time, and a sorting that died loses its claims.

Each sorting has a number of its own and holds an advisory lock on it by its database session. A
worker that dies takes its session with it, so that a claim whose lock nobody holds is free at once.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F, Q

from schoolgate.delivery.actions.settling import settle_failure
from schoolgate.delivery.models import Attempt, Parcel
from schoolgate.school.tenancy import one_school

BATCH = 50
# Minutes until the next try; after the last one it has failed and somebody is told.
BACKOFF = (1, 2, 5, 15, 30, 60, 120, 240, 480, 960)
# The last resort, for a claimant that holds its lock and does nothing any more. It is longer than
# any one hand-over takes (the channel's own limit is 60 s), and each hand-over renews its claim.
STUCK_AFTER = timedelta(minutes=3)
WORKER_ENDED = "the worker ended before the answer"


@contextmanager
def claimant() -> Iterator[int]:
    """A number to claim by, good for as long as this database session lives."""
    number = secrets.randbits(62)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield number
    finally:
        _let_go(number)


def claim(*, school_id: int, at: datetime, claimant: int) -> list[int]:
    """Claim up to a batch of due parcels by one UPDATE; two sortings never claim the same one."""
    with one_school(school_id):
        due = (
            Parcel.objects.select_for_update(skip_locked=True)
            .filter(
                school_id=school_id,
                state=Parcel.State.WAITING,
                channel=Parcel.Channel.EMAIL,
                next_try_at__lte=at,
            )
            .order_by("next_try_at")
        )
        ids = list(due.values_list("pk", flat=True)[:BATCH])
        Parcel.objects.filter(pk__in=ids).update(
            state=Parcel.State.CLAIMED, claimed_at=at, claimed_by=claimant, tries=F("tries") + 1
        )
    return ids


def claimed_parcel(parcel_id: int, *, claimant: int, at: datetime) -> Parcel | None:
    """A parcel that is still this sorting's, its claim renewed; the caller's transaction."""
    parcel = (
        Parcel.objects.select_for_update(of=("self",))
        .select_related("content", "content__about", "carer", "member", "school")
        .get(pk=parcel_id)
    )
    if not is_held(parcel, claimant):
        return None
    parcel.claimed_at = at
    parcel.save(update_fields=["claimed_at"])
    return parcel


def is_held(parcel: Parcel, claimant: int) -> bool:
    """Whether the parcel is claimed by this sorting."""
    return parcel.state == Parcel.State.CLAIMED and parcel.claimed_by == claimant


def recover_claims(*, school_id: int, at: datetime) -> int:
    """Give back the claims of sortings that died (threat T15); how many.

    A try without an answer is written down as in doubt and repeated, the first time at once. What
    was claimed and never tried waits as if nobody had claimed it.
    """
    with one_school(school_id):
        stuck = list(
            Parcel.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("content", "school")
            .filter(_lost(at), school_id=school_id, state=Parcel.State.CLAIMED)
        )
        for parcel in stuck:
            _give_back(parcel, at)
    return len(stuck)


def _let_go(number: int) -> None:
    """A lost connection is closed, so that this thread finds the database again."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
    except (OperationalError, InterfaceError):
        connection.close()


def _lost(at: datetime) -> Q:
    """Claims whose claimant is gone, or that are older than any hand-over takes."""
    claimants = (
        Parcel.objects.filter(state=Parcel.State.CLAIMED, claimed_by__isnull=False)
        .order_by()
        .values_list("claimed_by", flat=True)
        .distinct()
    )
    gone = [number for number in claimants if number is not None and _is_gone(number)]
    return Q(claimed_by__in=gone) | Q(claimed_at__lt=at - STUCK_AFTER)


def _is_gone(number: int) -> bool:
    """Whether nobody holds the claimant's lock; taken and let go with this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _give_back(parcel: Parcel, at: datetime) -> None:
    tried = Attempt.objects.filter(parcel=parcel, outcome="").update(
        outcome=Attempt.Outcome.IN_DOUBT, ended_at=at, said=WORKER_ENDED
    )
    if tried and parcel.tries > len(BACKOFF):
        settle_failure(parcel=parcel, at=at, state=Parcel.State.FAILED)
        return
    if not tried:
        parcel.tries -= 1
    pause = BACKOFF[parcel.tries - 2] if tried and parcel.tries > 1 else 0
    parcel.state, parcel.next_try_at = Parcel.State.WAITING, at + timedelta(minutes=pause)
    parcel.claimed_by = None
    parcel.save(update_fields=["state", "tries", "next_try_at", "claimed_by"])
