"""Fifty schools and a million messages against one of them alone, cut to half.

Two visitors ask for the same pages in turn, each in its own database on the same server.
"""

import json
import os
import subprocess
import sys
import time
from statistics import median, quantiles
from typing import Any

from bench import database
from bench.size_rows import fill
from config.machine.postgres import PLAIN, Postgres

PAGES = ("inbox", "inbox_tutor", "conversation", "search_common", "search_rare", "home")
SCHOOLS, MESSAGES, PEER_MESSAGES = 50, 20_000, 10_000
ROUNDS, WARM_UP = 200, 20


def measure() -> dict[str, Any]:
    """The ratios of the 95th centiles, big to small, of the whole answer and the database time."""
    postgres = database.server()
    try:
        for name, schools, messages in (("big", SCHOOLS, MESSAGES), ("small", 1, PEER_MESSAGES)):
            start = time.monotonic()
            fill(database.fresh(postgres, name), schools=schools, messages=messages)
            print(
                f"{name}: {schools * messages} messages in {time.monotonic() - start:.0f} s",
                flush=True,
            )
        big, small = visitor(postgres, "big"), visitor(postgres, "small")
        seen = {page: compare(page, big, small) for page in PAGES}
        for one in (big, small):
            one.stdin.close()  # type: ignore[union-attr]  # opened as a pipe below
            one.wait()
    finally:
        postgres.stop()
    worst = {
        key: max(ratio for page in PAGES if page.startswith(key) for ratio in seen[page]["ratios"])
        for key in ("inbox", "conversation", "search", "home")
    }
    return {
        **{f"p95_ratio_{key}": round(value, 2) for key, value in worst.items()},
        "max_queries": max(seen[page]["queries"] for page in PAGES),
        "p95_ms": {page: seen[page]["p95_ms"] for page in PAGES},
    }


def visitor(postgres: Postgres, name: str) -> "subprocess.Popen[str]":
    """A process that asks for pages in one database, as the plain role."""
    environment = {
        **os.environ,
        "DATABASE_URL": postgres.url(PLAIN, name),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SCHOOLGATE_SECRET_KEY": "bench",
        "SCHOOLGATE_DATA": database.data_folder(),
        "SCHOOLGATE_HOSTS": "testserver",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bench.size_visitor"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def compare(
    page: str, big: "subprocess.Popen[str]", small: "subprocess.Popen[str]"
) -> dict[str, Any]:
    """Ask both in turn, so that a slow moment of the machine strikes both."""
    times: dict[str, list[list[float]]] = {"big": [], "small": []}
    for turn in range(WARM_UP + ROUNDS):
        for name, one in (("big", big), ("small", small)):
            answer = ask(one, page)
            if turn >= WARM_UP:
                times[name].append(answer)
    whole = [p95([row[0] for row in times[name]]) for name in ("big", "small")]
    in_database = [p95([row[1] for row in times[name]]) for name in ("big", "small")]
    middle = median(row[0] for row in times["big"])
    print(
        f"{page:14} p95 {whole[0] * 1000:6.1f} ms against {whole[1] * 1000:6.1f}, "
        f"database {in_database[0] * 1000:5.1f} against {in_database[1] * 1000:5.1f}, "
        f"median {middle * 1000:.1f} ms, {int(times['big'][0][2])} queries",
        flush=True,
    )
    return {
        "ratios": [whole[0] / whole[1], in_database[0] / in_database[1]],
        "queries": int(max(row[2] for row in times["big"])),
        "p95_ms": [round(value * 1000, 1) for value in whole],
    }


def ask(one: "subprocess.Popen[str]", page: str) -> list[float]:
    """One page's whole seconds, database seconds, and queries."""
    assert one.stdin is not None and one.stdout is not None  # opened as pipes above
    one.stdin.write(page + "\n")
    one.stdin.flush()
    line = one.stdout.readline()
    if not line:
        raise SystemExit(f"The visitor ended while it asked for {page}.")
    answer: list[float] = json.loads(line)
    return answer


def p95(values: list[float]) -> float:
    """The 95th centile."""
    return quantiles(values, n=20)[-1]
