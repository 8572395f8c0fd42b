"""A whole demo house on ports of its own, and the mail server of the outside world."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psutil
from aiosmtpd.controller import Controller

from config import env
from schoolgate.rehearsal.envelopes import to_one_person

SCHOOL = "medway-green"
INBOUND = f"messages@{SCHOOL}.example.org"


@contextmanager
def ground() -> Iterator[Path]:
    """A folder for houses that the unprivileged user can get to, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="gate-house-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def free_port() -> int:
    """A port that is free, and the one after it too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def wait_until(true: Callable[[], Any], seconds: float = 20, words: str = "") -> Any:
    """Ask again and again until the answer is true, and give it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = true()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"It did not happen within {seconds} s. {words}")


@dataclass
class Outside:
    """An SMTP server somewhere else, with every email that reached it."""

    emails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[list[str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    drop_answers: int = 0

    def __post_init__(self) -> None:
        self.server = Controller(self, hostname="127.0.0.1", port=free_port())
        self.server.start()

    @property
    def url(self) -> str:
        """As SCHOOLGATE_EMAIL_URL names it."""
        return f"smtp://127.0.0.1:{self.server.port}"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - named by aiosmtpd
        """Take an email."""
        try:
            self.emails.append(to_one_person(envelope.content, envelope.rcpt_tos))
        except AssertionError as wrong:
            self.wrong.append(str(wrong))
        self.envelopes.append(list(envelope.rcpt_tos))
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        """What reached one address."""
        return [one for one in self.emails if address in str(one["To"])]

    def stop(self) -> None:
        """Close the door; every email that came was for one person."""
        self.server.stop()
        assert self.wrong == []


class House:
    """`schoolgate run` with everything that it starts."""

    def __init__(self, data: Path, email_url: str = "outbox:", **more: str) -> None:
        self.data, self.port = data, free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "SCHOOLGATE_EMAIL_URL": email_url,
            **more,
        }
        self.start()

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, within: float = 90) -> None:
        """Start it, and wait until a page is served and mail is taken."""
        self.log = (self.data / "journey.log").open("ab")
        self.process = psutil.Popen(
            [
                str(Path(sys.executable).parent / "schoolgate"),
                "run",
                "--port",
                str(self.port),
                "--data",
                str(self.data / "house"),
            ],
            cwd=env.ROOT,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
            env=self.environment,
        )
        try:
            wait_until(self.answers, within, self.last_words())
        except BaseException:
            self.kill()  # nobody else would: the caller has no house yet
            raise

    def answers(self) -> bool:
        """Whether a page is served and the mail listener greets."""
        assert self.process.poll() is None, self.last_words()
        try:
            urllib.request.urlopen(f"{self.address}/enter/", timeout=5).close()
            with socket.create_connection(("127.0.0.1", self.port + 1), timeout=2) as mail:
                return mail.recv(4).startswith(b"220")
        except OSError:
            return False

    def last_words(self) -> str:
        """The end of what its processes said."""
        return (self.data / "journey.log").read_text(errors="replace")[-3000:]

    def processes(self, word: str) -> list[psutil.Process]:
        """The running processes that are called so, or whose command line has a word in it."""
        found = []
        for one in self.process.children(recursive=True):
            try:
                if word == one.name() or word in " ".join(one.cmdline()):
                    found.append(one)
            except psutil.Error:
                continue
        return found

    def stop(self) -> int:
        """Ctrl-C; its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return int(self.process.wait(20))
        except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
            self.kill()
            raise
        finally:
            self.log.close()

    def kill(self) -> None:
        """End everything at once, as a power cut would."""
        for one in [*self.process.children(recursive=True), self.process]:
            try:
                one.kill()
            except psutil.Error:
                continue
