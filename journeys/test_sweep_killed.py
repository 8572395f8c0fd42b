"""Sweeps of ten thousand open promises, killed twenty times: each step once, nobody told twice."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import os
import random
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journeys.books import Books
from journeys.clock import Clock
from journeys.house import SCHOOL, House, Outside, ground, wait_until
from journeys.killing import end_part
from journeys.sweep_rows import fill
from journeys.test_prove import tell

pytestmark = [
    pytest.mark.slow,
    pytest.mark.kills,
    pytest.mark.xdist_group("prove"),
    pytest.mark.timeout(1800),
]
THREADS, KILLS = 10_000, 20
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
# The statement's lock tells that it runs; what another role is asking, nobody else may see.
SWEEPING = """
SELECT l.pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE c.relname = 'escalation_step' AND l.mode = 'RowExclusiveLock'
"""
# What each minute brings, now.
SWEEP_NOW = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status)
VALUES ('default', 'config.every_minute', 50, '{"timestamp": 0}', 'todo') RETURNING id
"""
DUE = """
SELECT count(*) AS n FROM response_clock_promise
WHERE stopped_at IS NULL AND withdrawn_at IS NULL AND next_step_at <= %s
"""
TOLD_TWICE = """
SELECT content_id, member_id FROM delivery_parcel p JOIN delivery_content c ON c.id = p.content_id
WHERE c.purpose = 'alert' AND member_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
"""
TOLD_NOBODY = """
SELECT s.id FROM escalation_step s WHERE NOT EXISTS (
    SELECT 1 FROM delivery_parcel p WHERE p.content_id = s.told_id)
"""
STEP_MISSING = """
SELECT p.id FROM response_clock_promise p
LEFT JOIN (SELECT promise_id, max(step) AS last FROM escalation_step GROUP BY 1) s
    ON s.promise_id = p.id
WHERE p.stopped_at IS NULL AND p.climbed <> coalesce(s.last, 0) AND p.kind <> 'leader'
"""
MOVES = """
SELECT (SELECT count(*) FROM conversations_handover WHERE because = 'late') AS handed_over,
    (SELECT count(*) FROM escalation_step WHERE to_id IS NOT NULL) AS moved,
    (SELECT count(*) FROM ledger_entry WHERE actor_kind = 'system'
        AND verb IN ('handed over', 'taken further')) AS written,
    (SELECT count(*) FROM escalation_step) AS steps,
    (SELECT count(*) FROM conversations_conversation
        WHERE (owner_id IS NULL) = (queue = '')) AS without_one_owner,
    (SELECT count(*) FROM delivery_attempt WHERE outcome = 'in doubt') AS in_doubt
"""


@pytest.fixture
def far() -> Iterator[Outside]:
    """The mail server of the outside world."""
    server = Outside()
    yield server
    server.stop()


def test_killed_twenty_times_each_step_is_taken_once_and_nobody_is_told_twice(
    far: Outside,
) -> None:
    seed = os.environ.get("SCHOOLGATE_PROVE_SEED") or str(secrets.randbelow(1_000_000))
    tell(f"SCHOOLGATE_PROVE_SEED={seed}")
    chance = random.Random(seed)
    with ground() as data:
        clock = Clock(data, MONDAY)
        house = House(data, far.url, **clock.setting)
        try:
            books = Books(house, far)
            with books.opened() as connection:
                fill(connection, slug=SCHOOL, threads=THREADS, at=MONDAY)
            kills = _twenty_sweeps(house, books, clock, chance)
            _let_the_last_one_end(books, clock)
            _check(books, kills)
        finally:
            house.kill()


def _twenty_sweeps(
    house: House, books: Books, clock: Clock, chance: random.Random
) -> dict[str, int]:
    """Hour by hour: a sweep begins, and in its middle its worker, or the database, is killed."""
    kills = {"in the middle": 0, "before or after": 0}
    at = MONDAY
    for number in range(KILLS):
        at += timedelta(minutes=90)
        clock.set(at)
        wait_until(lambda: house.processes("gate-worker"), 60, "There is no worker.")
        books.rows(SWEEP_NOW)
        hit = _wait_for_the_sweep(books)
        time.sleep(chance.uniform(0, 0.25))
        kills["in the middle" if hit else "before or after"] += 1
        end_part(house, "database" if number % 4 == 3 else "worker")
    tell(f"Killed {KILLS} times: {kills}.")
    return kills


def _wait_for_the_sweep(books: Books) -> bool:
    """Until the statement runs; not for ever, since it may be over between two looks."""
    until = time.monotonic() + 45
    with books.opened() as connection:
        while time.monotonic() < until:
            if connection.execute(SWEEPING).fetchall():
                return True
            time.sleep(0.005)
    return False


def _let_the_last_one_end(books: Books, clock: Clock) -> None:
    moved = float(Path(clock.file).read_text())
    now = datetime.now(UTC) + timedelta(seconds=moved)
    wait_until(lambda: books.rows(DUE, now)[0]["n"] == 0, 180, "Something stays due.")


def _check(books: Books, kills: dict[str, int]) -> None:
    assert books.rows(TOLD_TWICE) == []
    assert books.rows(TOLD_NOBODY) == []
    assert books.rows(STEP_MISSING) == []
    (figures,) = books.rows(MOVES)
    tell(f"{figures}")
    assert figures["handed_over"] == figures["written"]
    assert figures["handed_over"] >= figures["moved"]
    assert figures["without_one_owner"] == 0
    assert figures["steps"] > THREADS
    assert kills["in the middle"] >= KILLS // 2
