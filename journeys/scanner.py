"""A real clamd that knows one virus, the test one, on a port of its own; it ends with the test."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.machine.test_tools import virus_scanner
from journeys.house import free_port
from journeys.smtp_sink import wait_for_port
from schoolgate.rehearsal.fake_clamd import EICAR

VIRUS = "Schoolgate.TestFile"
CONFIGURATION = """
Foreground yes
DatabaseDirectory {folder}
TCPAddr 127.0.0.1
TCPSocket {port}
"""


class RealClamd:
    """A running clamd."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """As SCHOOLGATE_CLAMD names it."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it has read its signatures and listens."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(virus_scanner()), "-c", str(self.folder / "conf")], stdout=log, stderr=log
            )
        wait_for_port(self.port)

    def stop(self) -> None:
        """End it; nobody answers at its address any more."""
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def log(self) -> str:
        """What it says of itself."""
        return (self.folder / "log").read_text(errors="replace")


def missing() -> str:
    """Why there can't be a clamd here, or nothing."""
    return "" if virus_scanner() else "clamd is not here; make prove installs it where it may."


@contextmanager
def real_clamd() -> Iterator[RealClamd]:
    """A clamd with a database of our own: the signatures of the world are no part of a test."""
    with tempfile.TemporaryDirectory(prefix="gate-clamd-") as made:
        running = RealClamd(Path(made), free_port())
        _lay_out(running)
        running.start()
        try:
            yield running
        finally:
            running.stop()


def _lay_out(running: RealClamd) -> None:
    """An .ndb line: name, any kind of file, at the beginning, the bytes."""
    (running.folder / "own.ndb").write_text(f"{VIRUS}:0:0:{EICAR.hex()}\n")
    words = CONFIGURATION.format(folder=running.folder, port=running.port)
    if os.geteuid() == 0:
        words += "User nobody\n"
        running.folder.chmod(0o755)
    (running.folder / "conf").write_text(words)
