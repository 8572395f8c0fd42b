"""Two hundred sockets that send a byte a second: what do everybody else's pages cost meanwhile?

The real web server with all its processes, as it is now and as it was before (a thread is taken
while a request still arrives), in the same run. The slow ones come from another address of the
loopback range than the visitors, as strangers do.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench import database
from bench.demo import SCHOOL as SLUG
from bench.demo import free_port, wait
from config import env
from config.machine.postgres import PLAIN

SLOW, VISITORS, ROUNDS = 200, 4, 40
STRANGER = "127.0.0.2"
LONGEST = 5.0  # a page that takes longer is given up, and counts as that long
PATIENCE = 40.0  # for all pages of one visitor, some at least of which are asked for
BEFORE = ["--worker-class", "gthread"]
POST = (
    f"POST /{SLUG}/look/ HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n"
)


def measure() -> dict[str, Any]:
    """The 95th centile of a page with and without the slow ones, now and before, as ratios."""
    postgres = database.server()
    try:
        database.fresh(postgres, "slow")
        data = database.data_folder()
        Path(data).mkdir(parents=True, exist_ok=True)
        environment = os.environ | {
            "DATABASE_URL": postgres.url(PLAIN, "slow"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(env.ROOT),
            "SCHOOLGATE_SECRET_KEY": "bench",
            "SCHOOLGATE_DATA": data,
            "SCHOOLGATE_DEMO": "1",
        }
        cookies = _signed_in(environment)
        now = _one(environment, cookies, [])
        before = _one(environment, cookies, BEFORE)
    finally:
        postgres.stop()
    for name, found in (("now", now), ("before", before)):
        print(f"{name}: p95 {found['quiet'] * 1000:.0f} ms quiet, {found['slow'] * 1000:.0f} ms "
              f"with {SLOW} slow senders; {found['mib']:.0f} MiB in all")  # fmt: skip
    return {
        "p95_ratio": round(now["slow"] / now["quiet"], 2),
        "before_p95_ratio": round(before["slow"] / before["quiet"], 2),
        "quiet_p95_ms": round(now["quiet"] * 1000),
        "before_quiet_p95_ms": round(before["quiet"] * 1000),
        "mib": round(now["mib"]),
        "before_mib": round(before["mib"]),
    }


def _signed_in(environment: dict[str, str]) -> list[str]:
    inside = subprocess.Popen(
        [sys.executable, "-m", "bench.desks_inside", str(VISITORS), "1", "1"],
        cwd=env.ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert inside.stdout is not None  # opened as a pipe
    cookies: list[str] = json.loads(inside.stdout.readline())
    inside.kill()
    return cookies


def _one(environment: dict[str, str], cookies: list[str], more: list[str]) -> dict[str, float]:
    port = free_port()
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:config.machine.web_settings", *more,
         "config.wsgi:application"],
        cwd=env.ROOT, env=environment | {"SCHOOLGATE_PORT": str(port)},
    )  # fmt: skip
    try:
        wait(lambda: _seconds(port, "", "/alive/") < LONGEST, 60)
        _visits(port, cookies)  # everything is loaded once
        quiet = _p95(_visits(port, cookies))
        with Slow(port):
            time.sleep(3)
            slow = _p95(_visits(port, cookies))
        return {"quiet": quiet, "slow": slow, "mib": _mib(web.pid)}
    finally:
        web.terminate()
        web.wait()


class Slow:
    """Strangers who send a byte a second; whoever is shown the door comes again."""

    def __init__(self, port: int) -> None:
        self.port, self.stop = port, threading.Event()
        self.thread = threading.Thread(target=self._turn, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    def _turn(self) -> None:
        open_ones: list[socket.socket] = []
        while not self.stop.wait(1.0):
            for one in list(open_ones):
                try:
                    one.send(b"a")
                except OSError:
                    open_ones.remove(one)
                    one.close()
            while len(open_ones) < SLOW and not self.stop.is_set():
                try:
                    open_ones.append(self._new())
                except OSError:
                    break
        for one in open_ones:
            one.close()

    def _new(self) -> socket.socket:
        new = socket.create_connection(
            ("127.0.0.1", self.port), timeout=0.2, source_address=(STRANGER, 0)
        )
        new.sendall(POST.encode())
        return new


def _visits(port: int, cookies: list[str]) -> list[float]:
    def visitor(cookie: str) -> list[float]:
        took: list[float] = []
        while len(took) < ROUNDS and sum(took) < PATIENCE:
            took.append(_seconds(port, cookie, f"/{SLUG}/to-answer/"))
        return took

    with ThreadPoolExecutor(len(cookies)) as pool:
        return [seconds for found in pool.map(visitor, cookies) for seconds in found]


def _seconds(port: int, cookie: str, page: str) -> float:
    began = time.perf_counter()
    try:
        line = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
        line.request("GET", page, headers={"Cookie": f"sessionid={cookie}"})
        line.getresponse().read()
        line.close()
    except (OSError, HTTPException):
        return LONGEST
    return time.perf_counter() - began


def _mib(parent: int) -> float:
    """The memory of the web server's processes: what each has alone, and its share of the rest."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    total = 0
    for number in (str(parent), *children):
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
