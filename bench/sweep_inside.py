"""The inside of bench `sweep`; see there. Prints one JSON object."""

import json
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after Django is set up

from bench.sweep_rows import fill  # noqa: E402 - as above, and so below
from schoolgate.escalation.actions.climbing import climb_due  # noqa: E402
from schoolgate.rehearsal.cast import Cast, assemble  # noqa: E402
from schoolgate.response_clock.models import Promise  # noqa: E402
from schoolgate.school.models import School  # noqa: E402
from schoolgate.school.tenancy import one_school  # noqa: E402

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROUNDS, SHARE = 5, 100


class Undone(Exception):  # noqa: N818 - no error: the end of a round
    """The round is over; its rows go back."""


def touched() -> dict[str, int]:
    """Rows changed and written in this transaction, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins, n_tup_upd FROM pg_stat_xact_user_tables "
            "WHERE n_tup_ins + n_tup_upd > 0"
        )
        return {f"{name} +{new} ~{old}": new + old for name, new, old in cursor.fetchall()}


def one_sweep(cast: Cast) -> tuple[float, int, dict[str, int]]:
    """Seconds of one whole sweep, foreign keys included, the steps taken, and what it touched."""
    try:
        with one_school(cast.school.pk), transaction.atomic():
            school = School.objects.get(pk=cast.school.pk)
            begun = time.perf_counter()
            steps = climb_due(school=school, at=AT)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            took = time.perf_counter() - begun
            rows = touched()
            raise Undone
    except Undone:
        return took, steps, rows


def one_by_one(cast: Cast, number: int) -> float:
    """Seconds in which a loop only reads and marks so many promises, one at a time."""
    try:
        with one_school(cast.school.pk), transaction.atomic():
            begun = time.perf_counter()
            for promise in Promise.objects.filter(next_step_at__lte=AT)[:number]:
                promise.climbed += 1
                promise.save(update_fields=["climbed"])
            took = time.perf_counter() - begun
            raise Undone
    except Undone:
        return took


def main(open_: int, due: int) -> dict[str, Any]:
    """Fill, sweep five times, and the loop once."""
    with transaction.atomic():
        cast = assemble("medway-green", AT)
        fill(cast, open_=open_, due=due, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rounds = [one_sweep(cast) for _ in range(ROUNDS)]
    loop = one_by_one(cast, due // SHARE) * SHARE
    sweep_s = statistics.median(took for took, _, _ in rounds)
    return {
        "sweep_s": round(sweep_s, 3),
        "slowest_s": round(max(took for took, _, _ in rounds), 3),
        "steps": rounds[0][1],
        "marking_one_by_one_s": round(loop, 3),
        "touched": sorted(rounds[0][2]),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
