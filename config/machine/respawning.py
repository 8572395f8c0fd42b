"""honcho's process and manager, with three things changed.

A process that ends is started again; none outlives the supervisor, however that ends; and only what
a person should know is printed.
"""

# honcho has no types of its own.
# mypy: disallow-untyped-calls=False

import multiprocessing
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event
from typing import Any

from honcho.manager import Manager
from honcho.printer import Printer
from honcho.process import Process

from config import env
from config.machine import privileges

LONGEST_PAUSE = 10.0  # seconds between two tries to start a process that keeps ending
STEADY = 30.0  # seconds after which a process counts as having started well
AGAIN = 0.4  # seconds after the first request to stop
FIRMLY = 2.2  # seconds after which a process is killed: all are to be gone within 4


class RespawningProcess(Process):
    """Starts its command again when it ends, a little later each time, until `stopping` is set."""

    stopping: Event

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Keep the command running; this is the whole life of one watching process."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        privileges.end_with_parent(signal.SIGKILL)
        self._events = events
        pause = 0.25
        while True:
            started = time.monotonic()
            self._child = self._spawn()
            self._send_message({"pid": self._child.pid}, type="start")
            self._follow(self._child)
            if self.stopping.is_set():
                break
            pause = 0.25 if time.monotonic() - started > STEADY else min(pause * 2, LONGEST_PAUSE)
            self._send_message(f"{self.name} ended; it is started again.\n".encode())
            if self.stopping.wait(pause):
                break
        self._send_message({"returncode": self._child.returncode}, type="stop")

    def _spawn(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.cmd,
            env=self.env,
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=prepare_child,
        )

    def _follow(self, child: subprocess.Popen[bytes]) -> None:
        if self.stopping.is_set():  # asked to stop while it was being started
            child.terminate()
        assert child.stdout is not None
        for line in iter(child.stdout.readline, b""):
            self._send_message(line)
        child.stdout.close()
        child.wait()


def prepare_child() -> None:
    """Between fork and exec: ordinary signals again, and an end when the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    privileges.end_with_parent(signal.SIGKILL)


class QuietManager(Manager):
    """Runs every process until told to stop, then stops them all."""

    def __init__(self) -> None:
        # The watching processes are forked: they need no second copy of what is loaded.
        multiprocessing.set_start_method("fork", force=True)
        super().__init__(Printer(sys.stdout))
        self.stopping = multiprocessing.Event()
        self._process_ctor = RespawningProcess

    def add(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Add a process, by the words of its command."""
        process = self.add_process(name, command, env=environment, cwd=str(env.ROOT))
        process.stopping = self.stopping

    def loop(self) -> None:
        """Run until every process has stopped."""
        super().loop()

    def terminate(self) -> None:
        """Ask every process to stop, soon more firmly; none is started again."""
        self.stopping.set()
        super().terminate()
        _later(AGAIN, self._killall)  # one that had only just been started did not hear it
        _later(FIRMLY, self.kill)

    def _killall(self, force: bool = False) -> None:
        """As honcho does it, also when a process has not told its number yet."""
        for process in self._processes.values():
            if "returncode" not in process and "pid" in process:
                (self._procmgr.kill if force else self._procmgr.terminate)(process["pid"])

    def _system_print(self, data: str) -> None:
        """What honcho has to say about itself is of no use to the one who runs a school."""


def _later(seconds: float, call: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()
