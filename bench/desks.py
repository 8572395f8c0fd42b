"""Two hundred open desks for three minutes, while families write: when does each desk show it?

Every desk does what its script does: asks for its version every 3 s, and where that is another,
fetches the page again. Counted is from a message's commit until its own desk has the page with it.
The web server is the real one, with all its processes; the desks' own work is not counted.
"""

import heapq
import json
import os
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench import cpu, database
from bench.demo import SCHOOL as SLUG
from bench.demo import free_port, wait
from config import env
from config.machine.postgres import PLAIN

DESKS, SECONDS, EVERY, WRITES_EVERY = 200, 180.0, 3.0, 3.0
LONGEST = 20.0  # after the last message, for the last desk to show it


@dataclass
class Desk:
    """One open page "To answer": its cookie, the version it shows, and what it waits to show."""

    cookie: str
    port: int
    version: str = ""
    waits: dict[str, float] = field(default_factory=dict)
    shown: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    line: HTTPConnection | None = None
    asking: bool = False
    page: str = ""
    page_at: float = 0.0

    def ask(self) -> None:
        """Once as the script does: not while it still waits for the answer before."""
        if self.asking:
            return
        self.asking = True
        try:
            self._ask()
        finally:
            self.asking = False

    def _ask(self) -> None:
        began = time.perf_counter()
        status, tag, _ = self._get("live/", {"If-None-Match": self.version})
        self.answers.append(time.perf_counter() - began)
        if status == 200 and tag != self.version:
            self.version = tag
            _, _, self.page = self._get("to-answer/", {})
            self.page_at = time.time()
        # A page may show what its writer has not told of yet: it counts when that is heard.
        for subject in [one for one in list(self.waits) if one in self.page]:
            self.shown.append(max(0.0, self.page_at - self.waits.pop(subject)))

    def _get(self, page: str, headers: dict[str, str]) -> tuple[int, str, str]:
        cookie = {"Cookie": f"sessionid={self.cookie}"}
        for last in (False, True):
            try:
                self.line = self.line or HTTPConnection("127.0.0.1", self.port, timeout=30)
                self.line.request("GET", f"/{SLUG}/{page}", headers=headers | cookie)
                answer = self.line.getresponse()
                text = answer.read().decode(errors="replace")
            except (OSError, HTTPException):
                self.line = None  # the server ends a line that was still for a while
                if last:
                    raise
                continue
            if answer.status not in {200, 304}:
                raise SystemExit(f"{page} answered {answer.status}")
            return answer.status, answer.headers.get("ETag", ""), text
        raise AssertionError("not reached")


def measure() -> dict[str, Any]:
    """The 95th centile until a message stands on its desk, and the server's CPU."""
    postgres = database.server()
    try:
        database.fresh(postgres, "desks")
        port, data = free_port(), database.data_folder()
        Path(data).mkdir(parents=True, exist_ok=True)
        environment = os.environ | {
            "DATABASE_URL": postgres.url(PLAIN, "desks"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(env.ROOT),
            "SCHOOLGATE_SECRET_KEY": "bench",
            "SCHOOLGATE_DATA": data,
            "SCHOOLGATE_DEMO": "1",
            "SCHOOLGATE_PORT": str(port),
        }
        inside = subprocess.Popen(
            [sys.executable, "-m", "bench.desks_inside", str(DESKS), str(SECONDS),
             str(WRITES_EVERY)],
            cwd=env.ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert inside.stdin is not None and inside.stdout is not None  # opened as pipes
        desks = [Desk(cookie, port) for cookie in json.loads(inside.stdout.readline())]
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:config.machine.web_settings",
             "config.wsgi:application"],
            cwd=env.ROOT, env=environment,
        )  # fmt: skip
        try:
            wait(lambda: _serves(port), 60)
            return _three_minutes(desks, inside, web.pid)
        finally:
            web.terminate()
            web.wait()
            inside.kill()
    finally:
        postgres.stop()


def _three_minutes(desks: list[Desk], inside: "subprocess.Popen[str]", web: int) -> dict[str, Any]:
    """Every desk is opened; then the families write, and the desks go on asking."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Desk.ask, desks))
    for desk in desks:
        desk.answers.clear()
    assert inside.stdin is not None and inside.stdout is not None  # opened as pipes
    inside.stdin.write("go\n")
    inside.stdin.flush()
    reader = threading.Thread(target=_hear, args=(desks, inside), daemon=True)
    reader.start()
    began, cpu_before = time.monotonic(), cpu.used(web)
    _turn(desks, began + SECONDS + WRITES_EVERY)
    percent = 100 * (cpu.used(web) - cpu_before) / (time.monotonic() - began)
    reader.join(LONGEST)
    shown = [seconds for desk in desks for seconds in desk.shown]
    missing = sum(len(desk.waits) for desk in desks)
    answers = [seconds for desk in desks for seconds in desk.answers]
    print(f"{len(shown)} messages shown, the slowest after {max(shown):.1f} s; {missing} not")
    print(f"{len(answers)} askings, p95 {_p95(answers) * 1000:.0f} ms", flush=True)
    return {
        "desks": len(desks),
        "p95_ms": round(_p95(shown) * 1000),
        "asking_p95_ms": round(_p95(answers) * 1000, 1),
        "not_shown": missing,
        "cpu_percent": round(percent, 1),
    }


def _turn(desks: list[Desk], until: float) -> None:
    """Each desk asks in its own time until a moment, and then until all is shown."""
    chance = random.Random(1)
    due = [(time.monotonic() + chance.random() * EVERY, n) for n in range(len(desks))]
    heapq.heapify(due)
    with ThreadPoolExecutor(32) as pool:
        while (now := time.monotonic()) < until or (
            now < until + LONGEST and any(desk.waits for desk in desks)
        ):
            at, number = heapq.heappop(due)
            time.sleep(max(0.0, at - time.monotonic()))
            pool.submit(desks[number].ask)
            heapq.heappush(due, (at + EVERY, number))


def _hear(desks: list[Desk], inside: "subprocess.Popen[str]") -> None:
    """What was written for which desk, and when it was committed."""
    assert inside.stdout is not None  # opened as a pipe
    for line in inside.stdout:
        desk, subject, at = json.loads(line)
        desks[desk].waits[subject] = at


def _serves(port: int) -> bool:
    try:
        line = HTTPConnection("127.0.0.1", port, timeout=5)
        line.request("GET", "/alive/")
        return line.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
