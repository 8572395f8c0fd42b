"""Recovering: what a sorting that died had claimed, read from its journal and set right."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection

from schoolgate.delivery import journal
from schoolgate.delivery.actions.claiming import give_back
from schoolgate.delivery.actions.settling import Outcome, settle
from schoolgate.delivery.channels import lines_of
from schoolgate.delivery.models import Attempt, Parcel
from schoolgate.school.tenancy import one_school

# The last resort, for a claimant that holds its lock and does nothing any more. It is longer than
# any one hand-over takes (the channel's own limit is 60 s).
STUCK_AFTER = timedelta(minutes=3)
# So long another machine has to read the journal that lies there.
OTHER_MACHINE = timedelta(minutes=2)
WORKER_ENDED = "the worker ended before the answer"


def recover_claims(*, school_id: int, at: datetime) -> int:
    """Settle or give back the claims of sortings that died (UTC; threat T15); how many.

    What its journal calls answered is settled so, what was begun is in doubt, and the rest waits as
    if nobody had claimed it. Without a journal all of it is in doubt.
    """
    return sum(
        _recover(school_id, claimant, at)
        for claimant, since in _claimants(school_id)
        if _is_lost(claimant, since, at)
    )


def _claimants(school_id: int) -> list[tuple[int, datetime]]:
    with one_school(school_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT claimed_by, max(claimed_at) FROM delivery_parcel"
            " WHERE school_id = %s AND state = 'claimed' GROUP BY claimed_by",
            [school_id],
        )
        return list(cursor.fetchall())


def _is_lost(claimant: int, since: datetime, at: datetime) -> bool:
    if since < at - STUCK_AFTER:
        return True
    if claimant is None or not _is_gone(claimant):
        return claimant is None
    return journal.is_of_this_machine(claimant) or since < at - OTHER_MACHINE


def _is_gone(number: int) -> bool:
    """Whether nobody holds the claimant's lock; taken and let go at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        free = bool(cursor.fetchone()[0])
        if free:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
        return free


def _recover(school_id: int, claimant: int, at: datetime) -> int:
    with one_school(school_id):
        channels = dict(
            Parcel.objects.select_for_update(skip_locked=True)
            .filter(school_id=school_id, state=Parcel.State.CLAIMED, claimed_by=claimant)
            .values_list("pk", "channel")
        )
        held = list(channels)
        entries = journal.read(claimant) if claimant is not None else None
        outcomes = _outcomes(held, entries, at)
        settle(
            school_id=school_id,
            outcomes=outcomes,
            claimant=claimant,
            at=at,
            # A sorting serves one channel; where that is not to be asked twice, it is not.
            repeats_in_doubt=all(map(_repeats, set(channels.values()))),
        )
        give_back(
            school_id=school_id,
            parcels=[one for one in held if one not in outcomes],
            claimant=claimant,
        )
    if entries is not None:
        journal.forget(claimant)
    return len(held)


def _repeats(channel: str) -> bool:
    return lines_of(channel).channel.repeats_in_doubt


def _outcomes(
    held: Sequence[int], entries: Mapping[int, journal.Entry] | None, at: datetime
) -> dict[int, Outcome]:
    if entries is None:
        return {one: _doubt(at.timestamp(), at) for one in held}
    return {one: _outcome(entries[one], at) for one in _within(held, entries)}


def _within(held: Iterable[int], entries: Mapping[int, journal.Entry]) -> list[int]:
    return [one for one in held if one in entries]


def _outcome(entry: journal.Entry, at: datetime) -> Outcome:
    if entry.ended_at is None or entry.outcome not in Attempt.Outcome.values:
        return _doubt(entry.begun_at, at)
    return Outcome(
        begun_at=entry.begun_at, ended_at=entry.ended_at, how=entry.outcome, said=entry.said
    )


def _doubt(begun: float, at: datetime) -> Outcome:
    return Outcome(
        begun_at=begun, ended_at=at.timestamp(), how=Attempt.Outcome.IN_DOUBT, said=WORKER_ENDED
    )
