"""One supervisor keeps everything running, and leaves nothing behind: shown on real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config import env
from config.machine.postgres import Postgres
from config.machine.supervisor import DEMO, read_words

WORDS = [sys.executable, "-m", "config.machine.tests.stand_in"]


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


class Running:
    """A supervisor with all that it started."""

    def __init__(self, verb: str, data: Path) -> None:
        self.port = free_port()
        self.process = psutil.Popen(
            [*WORDS, verb, "--port", str(self.port), "--data", str(data)],
            cwd=env.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={"PATH": os.environ["PATH"]},
        )
        self.wait_until(self.answers, 20)
        self.all = self.process.children(recursive=True)

    def answers(self) -> bool:
        """Whether a page is served."""
        assert self.process.poll() is None, self.process.stdout.read().decode()
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=1).close()
        except OSError:
            return False
        return True

    def one(self, words: str) -> psutil.Process:
        """The process below the supervisor with these words in its command."""
        (found,) = [
            each
            for each in self.process.children(recursive=True)
            if words in " ".join(each.cmdline()) and not self._watches(each)
        ]
        return found

    def _watches(self, each: psutil.Process) -> bool:
        return each.cmdline() == self.process.cmdline()

    def is_gone(self) -> bool:
        """Whether nothing of it lives."""
        return all(
            not each.is_running() or each.status() == psutil.STATUS_ZOMBIE for each in self.all
        )

    @staticmethod
    def wait_until(is_so: object, seconds: float) -> None:
        """Wait for a condition, at most so long."""
        assert callable(is_so)
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"not so after {seconds} s"
            time.sleep(0.05)


@pytest.fixture
def running(folder: Path) -> Iterator[Running]:
    """A running demo."""
    made = Running("run", folder)
    yield made
    if made.process.poll() is None:
        made.process.kill()
    made.process.wait()
    made.wait_until(made.is_gone, 5)


@pytest.mark.parametrize("how", ["Ctrl-C to it", "Ctrl-C to the group", "asked to end"])
def test_all_are_gone_within_four_seconds_with_exit_0(running: Running, how: str) -> None:
    started = time.monotonic()
    if how == "Ctrl-C to the group":
        os.killpg(running.process.pid, signal.SIGINT)
    else:
        running.process.send_signal(signal.SIGINT if "Ctrl-C" in how else signal.SIGTERM)
    assert running.process.wait(timeout=4) == 0
    assert running.is_gone()
    assert time.monotonic() - started < 4


def test_killed_pages_are_served_again(running: Running) -> None:
    before = running.one(" web")
    before.kill()
    running.wait_until(lambda: not before.is_running(), 5)
    running.wait_until(running.answers, 10)


def test_a_killed_database_is_started_again(running: Running, folder: Path) -> None:
    before = running.one("postgres -D")
    before.kill()
    running.wait_until(lambda: not before.is_running(), 5)
    running.wait_until(Postgres(folder).is_alive, 10)
    assert running.one("postgres -D").pid != before.pid


def test_a_killed_supervisor_leaves_nothing_and_starts_again(
    running: Running, folder: Path
) -> None:
    running.process.kill()
    running.process.wait()
    running.wait_until(running.is_gone, 4)
    again = Running("run", folder)
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(timeout=4) == 0


def test_it_never_loads_django(running: Running) -> None:
    loaded = Path(f"/proc/{running.process.pid}/maps").read_text()
    assert "psycopg" not in loaded
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, config.machine.supervisor; print('django' in sys.modules)",
        ],
        cwd=env.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "False\n"


def test_two_run_side_by_side_but_not_on_one_folder_or_port(
    running: Running, tmp_path_factory: pytest.TempPathFactory, folder: Path
) -> None:
    same_folder = refused("run", str(free_port()), folder)
    assert "Another Schoolgate is already working in" in same_folder
    other = folder.with_name(folder.name + "-other")
    try:
        assert f"Port {running.port} is already in use" in refused("run", str(running.port), other)
        second = Running("run", other)
        assert running.answers()
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(timeout=4) == 0
        real = refused("serve", str(free_port()), other)
        assert "`serve` does not serve it" in real
    finally:
        subprocess.run(["rm", "-r", str(other)], check=False)


def refused(verb: str, port: str, data: Path) -> str:
    """What a supervisor says that will not start."""
    done = subprocess.run(
        [*WORDS, verb, "--port", port, "--data", str(data)],
        cwd=env.ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode == 1
    return done.stderr


def test_port_and_data_are_words_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("DATA", "/some/where")
    assert read_words(DEMO, []).port == 8123
    assert read_words(DEMO, []).data == Path("/some/where")
    assert read_words(DEMO, ["--port", "8200"]).port == 8200
    with pytest.raises(SystemExit):
        read_words(DEMO, ["--port", "80"])
