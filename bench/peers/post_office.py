"""django-post_office sending prepared personal emails to a sink, as fast as its settings allow.

Its queue is filled by `send_many` and its worker stands ready before the clock starts. It keeps no
log of attempts, fetches large batches, and each thread keeps its SMTP connection for a batch. These
were the best of 1 to 4 processes, 1 to 4 threads and batches of 100 to 10,000 on two cores;
`--sweep` tries more.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench import cpu, database
from config import env
from config.machine import databases, kinds, postmaster
from config.machine.postgres import OWNER, Postgres
from journeys.smtp_sink import smtp_sink

NAME = "peer_post_office"
LONGEST = 300.0  # seconds for one run


@dataclass(frozen=True)
class Best:
    """The settings that can be chosen."""

    processes: int = 2
    threads: int = 4
    batch: int = 2_500


def measure(
    *,
    mails: int,
    port: int,
    server: Postgres,
    count: Callable[[], int] | None = None,
    best: Best = Best(),  # noqa: B008 - frozen
) -> dict[str, float]:
    """Emails a second, and CPU seconds of worker and database per thousand.

    With `count` (of a sink, so far) the clock stops when the sink has them all; without it, when
    the worker says so.
    """
    worker = _worker(mails, port, server, best)
    try:
        size = int(_heard(worker, "ready"))
        before = count() if count else 0
        began, used = time.perf_counter(), _used(worker.pid, server)
        _say(worker)
        _heard(worker, "done")
        while count and count() - before < mails:
            assert time.perf_counter() - began < LONGEST, f"the sink has {count() - before}"
            time.sleep(0.005)
        seconds, spent = time.perf_counter() - began, _used(worker.pid, server) - used
    finally:
        worker.communicate("\n", timeout=30)
    print(f"post_office: {mails} of {size} bytes in {seconds:.2f} s, {spent:.2f} s of CPU ({best})")
    return {
        "rate_per_s": round(mails / seconds, 1),
        "cpu_s_per_1k": round(spent / mails * 1_000, 3),
    }


def _worker(mails: int, port: int, server: Postgres, best: Best) -> "subprocess.Popen[str]":
    databases.drop_database(server, NAME)
    databases.make_database(server, NAME, mark=kinds.DEMO)
    return subprocess.Popen(
        [sys.executable, "-m", "bench.peers.post_office_worker", str(mails), str(best.processes)],
        cwd=env.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            "PATH": os.environ["PATH"],
            "BENCH_LETTERS": os.environ["BENCH_LETTERS"],
            "PEER_DATABASE_URL": server.url(OWNER, NAME),
            "PEER_PORT": str(port),
            "PEER_THREADS": str(best.threads),
            "PEER_BATCH": str(best.batch),
        },
    )


def _heard(worker: "subprocess.Popen[str]", word: str) -> str:
    """What follows a word that the worker says."""
    assert worker.stdout
    said = worker.stdout.readline().strip()
    assert said.startswith(word), f"the worker said {said!r}"
    return said.removeprefix(word).strip()


def _say(worker: "subprocess.Popen[str]") -> None:
    assert worker.stdin
    worker.stdin.write("\n")
    worker.stdin.flush()


def _used(worker: int, server: Postgres) -> float:
    """CPU seconds of the worker and of the database so far."""
    found = postmaster.read(server.pgdata)
    assert found is not None
    return cpu.used(worker) + cpu.used(found.pid)


def main(arguments: list[str]) -> None:
    """One run, or (`--sweep`) one for each of many settings, against a sink of its own."""
    mails = int(next((word for word in arguments if word.isdecimal()), "10000"))
    tried = [Best()]
    if "--sweep" in arguments:
        tried = [
            Best(processes, threads, batch)
            for processes in (1, 2, 3, 4)
            for threads in (1, 2, 4, 8)
            for batch in (100, 1_000, 5_000, 10_000)
        ]
    server = database.server()
    with smtp_sink() as sink:
        for best in tried:
            found = measure(mails=mails, port=sink.port, server=server, count=sink.count, best=best)
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
