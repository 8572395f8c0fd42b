"""Postfix's own test server: takes mail as fast as it comes, counts it, and can keep it to read."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from journeys.house import free_port

SYSTEM_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib/postfix/sbin"
COUNT = re.compile(rb"mesg=(\d+)")
START = re.compile(rb"^X-Client-Addr: ", re.MULTILINE)
MANY = "1000"  # connections that may wait


@dataclass(frozen=True)
class Kept:
    """One mail as the sink took it."""

    sender: str
    recipients: list[str]
    email: EmailMessage


class Sink:
    """A running smtp-sink."""

    def __init__(self, port: int, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.port, self.folder, self.process = port, folder, process

    @property
    def url(self) -> str:
        """As SCHOOLGATE_EMAIL_URL names it."""
        return f"smtp://127.0.0.1:{self.port}"

    def count(self) -> int:
        """How many mails it has taken so far."""
        with (self.folder / "counters").open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - 200, 0))
            found = COUNT.findall(file.read())
        return int(found[-1]) if found else 0

    def kept(self) -> list[Kept]:
        """Every mail with its envelope, where the sink was told to keep them."""
        whole = (self.folder / "kept" / "mails").read_bytes()
        starts = [found.start() for found in START.finditer(whole)] + [len(whole)]
        return [_read(whole[a:b]) for a, b in zip(starts, starts[1:], strict=False)]


@contextmanager
def smtp_sink(*options: str, port: int = 0, keep: bool = False) -> Iterator[Sink]:
    """A sink on a port of this machine; `options` are smtp-sink's own (`-p`: no PIPELINING)."""
    program = find("smtp-sink")
    assert program, MISSING
    with tempfile.TemporaryDirectory(prefix="gate-sink-") as made:
        folder, where = Path(made), port or free_port()
        folder.chmod(0o755)
        words = [program, "-c", *options]
        if os.geteuid() == 0:
            words += ["-u", "nobody"]
        if keep:
            (folder / "kept").mkdir(mode=0o777)
            (folder / "kept").chmod(0o777)
            words += ["-R", str(folder / "kept"), "-D", "mails"]
        with (folder / "counters").open("wb") as counters:
            process = subprocess.Popen([*words, f"127.0.0.1:{where}", MANY], stdout=counters)
        try:
            wait_for_port(where)
            yield Sink(where, folder, process)
        finally:
            process.terminate()
            process.wait(10)


MISSING = "smtp-sink is not here; make prove installs Debian's package postfix where it may."


def find(program: str) -> str | None:
    """A program of the mail server, which lies where only root usually looks."""
    return shutil.which(program, path=SYSTEM_PATH)


def wait_for_port(port: int, seconds: float = 15) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"Nobody listens on {port}.")


def _read(text: bytes) -> Kept:
    """A mail in the sink's own file: the envelope in headers, a header of its own, the mail."""
    email = message_from_bytes(text, policy=policy.default)
    assert isinstance(email, EmailMessage)
    recipients = [str(one).strip("<>") for one in email.get_all("X-Rcpt-Args", [])]
    return Kept(str(email["X-Mail-Args"]).strip("<>"), recipients, email)
