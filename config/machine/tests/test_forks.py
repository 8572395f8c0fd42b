"""Lives forked from one loading: started again when they end, and gone with the one above."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config import env
from config.machine import privileges

pytestmark = pytest.mark.skipif(not privileges.LINUX, reason="forked on Linux alone")

# What it lives for is written to a file: that it began, as which process, with what is shared.
LIVES = """
import os, signal, sys, time
from config.machine.forks import keep

shared = object()

def tell(name):
    with open(sys.argv[1], "a") as story:
        print(name, os.getpid(), id(shared), file=story)

def steady():
    tell("steady")
    time.sleep(3600)
    return 0

def short():
    tell("short")
    return 3

def broken():
    tell("broken")
    raise ValueError("of its own")

sys.exit(keep({"steady": steady, "short": short, "broken": broken}))
"""


class Kept:
    """One that keeps three lives, and what they tell."""

    def __init__(self, story: Path) -> None:
        self.story = story
        self.process = psutil.Popen(
            [sys.executable, "-c", LIVES, str(story)],
            cwd=env.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def told(self, name: str) -> list[tuple[int, str]]:
        """The processes that have lived for this, and where each found what is shared."""
        lines = self.story.read_text().splitlines() if self.story.exists() else []
        words = [line.split() for line in lines]
        return [(int(number), shared) for said, number, shared in words if said == name]

    def wait_for(self, name: str, times: int) -> list[tuple[int, str]]:
        """Wait until it has lived so often."""
        return wait_until(lambda: len(self.told(name)) >= times and self.told(name))


def wait_until(found: object) -> list[tuple[int, str]]:
    """Wait for something to be so."""
    assert callable(found)
    deadline = time.monotonic() + 20
    while not (result := found()):
        assert time.monotonic() < deadline, "not so after 20 s"
        time.sleep(0.05)
    return result if isinstance(result, list) else []


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path / "story")
    yield made
    if made.process.poll() is None:
        made.process.kill()
    made.process.wait()


def test_each_life_is_a_process_of_its_own_that_shares_what_is_loaded(kept: Kept) -> None:
    ((steady, shared),) = kept.wait_for("steady", 1)
    _, of_another = kept.wait_for("short", 1)[0]
    assert shared == of_another
    assert psutil.Process(steady).name() == "gate-steady"


def test_one_that_ends_or_breaks_is_started_again_and_the_others_live_on(kept: Kept) -> None:
    kept.wait_for("short", 3)
    kept.wait_for("broken", 2)
    assert len(kept.told("steady")) == 1


def test_one_that_is_killed_is_started_again(kept: Kept) -> None:
    ((first, _),) = kept.wait_for("steady", 1)
    os.kill(first, signal.SIGKILL)
    (_, (second, _)) = kept.wait_for("steady", 2)
    assert second != first and psutil.pid_exists(second)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_all_end_and_what_was_said_is_heard(kept: Kept, asked: signal.Signals) -> None:
    ((steady, _),) = kept.wait_for("steady", 1)
    kept.wait_for("broken", 1)
    kept.process.send_signal(asked)
    said, _ = kept.process.communicate(timeout=20)
    assert kept.process.returncode == 0 and not psutil.pid_exists(steady)
    assert "ValueError: of its own" in said and "short ended; it is started again." in said


def test_none_outlives_the_one_that_it_was_forked_from(kept: Kept) -> None:
    ((steady, _),) = kept.wait_for("steady", 1)
    kept.process.kill()
    kept.process.wait()
    wait_until(lambda: not psutil.pid_exists(steady))
