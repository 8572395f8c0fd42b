"""A demo as users start it, for benches: on a port of its own, with data of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

from config import env

SCHOOL = "medway-green"
LONGEST = 180.0  # seconds for a first start, which makes the database and loads the people


class Demo:
    """`schoolgate run` on one data folder."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.process: psutil.Popen | None = None

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start it; seconds until a page is served."""
        began = time.perf_counter()
        self.process = psutil.Popen(
            [str(Path(sys.executable).parent / "schoolgate"), "run",
             "--port", str(self.port), "--data", str(self.data)],
            cwd=env.ROOT,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"]},
            start_new_session=True,
        )  # fmt: skip
        wait(self._serves, LONGEST)
        return time.perf_counter() - began

    def stop(self) -> float:
        """Ctrl-C; seconds until everything that it had started is gone."""
        assert self.process is not None
        family = self.family()
        began = time.perf_counter()
        self.process.send_signal(signal.SIGINT)
        _, alive = psutil.wait_procs(family, timeout=20)
        if alive or self.process.returncode:
            raise SystemExit(f"It did not end in order: {alive}, exit {self.process.returncode}")
        return time.perf_counter() - began

    def family(self) -> list[psutil.Process]:
        """The supervisor and everything below it."""
        if self.process is None or not self.process.is_running():
            return []
        return [self.process, *self.process.children(recursive=True)]

    def _serves(self) -> bool:
        with suppress(OSError, HTTPException):
            urllib.request.urlopen(f"{self.address}/enter/", timeout=5).close()
            return True
        return False


class Visitor:
    """Somebody of the cast, who has entered by the demo's page."""

    def __init__(self, demo: Demo, key: str) -> None:
        self.address = demo.address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        token = Token()
        token.feed(self.get("/enter/"))
        fields = {"csrfmiddlewaretoken": token.value, "school": SCHOOL, "key": key}
        self.opener.open(
            f"{self.address}/entering/", urllib.parse.urlencode(fields).encode(), timeout=30
        ).close()

    def get(self, path: str) -> str:
        """A page."""
        with self.opener.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode(errors="replace"))


class Token(HTMLParser):
    """The first form's token against forgery."""

    value = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the first hidden field of that name."""
        known = dict(attrs)
        if not self.value and known.get("name") == "csrfmiddlewaretoken":
            self.value = known.get("value") or ""


@contextmanager
def loaded() -> Iterator[Demo]:
    """A demo whose database is made and whose people are there, stopped at present."""
    with tempfile.TemporaryDirectory(prefix="gate-bench-") as folder:
        Path(folder).chmod(0o755)
        demo = Demo(Path(folder) / "demo")
        demo.start()
        demo.stop()
        try:
            yield demo
        finally:
            for one in demo.family():
                with suppress(psutil.Error):
                    one.kill()


def wait(true: Callable[[], bool], seconds: float) -> None:
    """Ask until it is true."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise SystemExit(f"It did not happen within {seconds} s.")
        time.sleep(0.05)


def free_port() -> int:
    """A port that is free, with the next one for mail."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            with suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port
