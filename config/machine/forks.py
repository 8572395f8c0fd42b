"""Several lives in one loading: processes forked from one that has loaded everything already.

What is loaded is shared by all of them and stands in memory once. A process that ends is started
again, a little later each time; none outlives the one that it was forked from. On Linux alone: see
docs/decisions/0014-one-loading.md.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from config.machine import privileges
from config.machine.respawning import LONGEST_PAUSE, STEADY

FIRST_PAUSE = 0.25  # seconds
ASKED = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
LONGEST_WAIT = 3600.0

Life = Callable[[], int]


@dataclass
class Fork:
    """One process: what it lives for, and when it is started (again)."""

    name: str
    life: Life
    number: int = 0  # none while it does not run
    pause: float = FIRST_PAUSE
    started: float = 0.0
    due: float = 0.0


def keep(lives: Mapping[str, Life]) -> int:
    """Keep every life running until asked to end, then end them all; 0.

    The one that calls has one thread and no open connection: a fork would share it.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {*ASKED, signal.SIGCHLD})
    forks = [Fork(name, life) for name, life in lives.items()]
    stopping = False
    while not stopping or any(one.number for one in forks):
        if not stopping:
            _start_due(forks)
        heard = signal.sigtimedwait({*ASKED, signal.SIGCHLD}, _wait(forks))
        if heard is not None and heard.si_signo in ASKED:
            stopping = True
            _ask_to_end(forks)
        _bury(forks, stopping=stopping)
    return 0


def _wait(forks: list[Fork]) -> float:
    """Until the next one is due; a moment that is past is now."""
    due = [one.due for one in forks if not one.number]
    return max(0.0, min(due) - time.monotonic()) if due else LONGEST_WAIT


def _start_due(forks: list[Fork]) -> None:
    now = time.monotonic()
    for one in forks:
        if not one.number and one.due <= now:
            one.started = now
            one.number = _fork(one.name, one.life)


def _fork(name: str, life: Life) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        _become(name, parent)
        code = life()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:  # noqa: BLE001 - it is printed, and the exit code says that it failed
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # nothing of the one above is run again here


def _become(name: str, parent: int) -> None:
    """Ordinary signals again, a name in lists of processes, and an end when the parent ends."""
    for one in ASKED:
        signal.signal(one, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    privileges.end_with_parent(signal.SIGKILL)
    privileges.be_called(f"gate-{name}")
    if os.getppid() != parent:
        os._exit(1)  # it ended before it was asked to take us along


def _ask_to_end(forks: list[Fork]) -> None:
    for one in forks:
        if one.number:
            os.kill(one.number, signal.SIGTERM)


def _bury(forks: list[Fork], *, stopping: bool) -> None:
    """Whoever has ended is known to have ended, and due again."""
    while any(one.number for one in forks):
        number, _status = os.waitpid(-1, os.WNOHANG)
        if not number:
            return
        for one in forks:
            if one.number == number:
                _ended(one, stopping=stopping)


def _ended(one: Fork, *, stopping: bool) -> None:
    now = time.monotonic()
    was_steady = now - one.started > STEADY
    one.number = 0
    one.pause = FIRST_PAUSE if was_steady else min(one.pause * 2, LONGEST_PAUSE)
    one.due = now + one.pause
    if not stopping:
        print(f"{one.name} ended; it is started again.", flush=True)
