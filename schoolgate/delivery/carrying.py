"""Carrying: letters go out over as many kept lines as the other side's slowness asks for.

A quick host is served by one line in the caller's thread. Where an answer takes long, lines are
added, each with a thread of its own, up to the channel's most. No database here, and no rules.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from schoolgate.delivery.channel import Channel, Letter, Line, Log
from schoolgate.delivery.errors import DeliveryError

# Seconds a letter: slower than this on the whole, another line is worth its thread; and one letter
# that took so long says it at once, where a busy machine would not.
SLOW, VERY_SLOW = 0.004, 0.03


@dataclass
class Lines:
    """The kept lines of one channel in this process, and how many its last letters were worth."""

    channel: Channel
    kept: list[Line] = field(default_factory=list)
    worth: int = 1

    def carry(self, letters: Iterable[Letter], log: Log, *, seconds: float) -> list[Letter]:
        """Hand letters over until all are, or until the time is over; gives those not begun.

        Whatever the log raises (a disk that takes no more) ends the carrying and is raised here.
        """
        run = _Run(self, list(letters), log, time.monotonic() + seconds)
        run.work()
        self.worth = min(self.channel.most_lines, 1 + int(run.mean() / SLOW))
        return run.left

    def close(self) -> None:
        """Close every kept line."""
        while self.kept:
            self.kept.pop().close()


class _Run:
    """One carrying: a shared heap of letters, and the lines that take from it."""

    def __init__(self, lines: Lines, letters: list[Letter], log: Log, until: float) -> None:
        self.lines, self.log, self.until = lines, log, until
        self.left = letters[::-1]
        self.lock = threading.Lock()
        self.threads: list[threading.Thread] = []
        self.started, self.count, self.seconds = 1, 0, 0.0
        self.down = False
        self.failure: BaseException | None = None

    def work(self) -> None:
        """The caller's own thread is the first line."""
        for _ in range(self.lines.worth - 1):
            self._add_a_line()
        self._one_line()
        for thread in self.threads:
            thread.join()
        self.left.reverse()
        if self.failure is not None:
            raise self.failure

    def _one_line(self) -> None:
        with self.lock:
            line = self.lines.kept.pop() if self.lines.kept else self.lines.channel.open()
        try:
            line.hand_over(self._taken(), _Timed(self))
        except BaseException as failure:  # noqa: BLE001 - raised again in the caller's thread
            self.failure = failure
            with suppress(Exception):
                line.close()
        else:
            with self.lock:
                self.lines.kept.append(line)

    def _taken(self) -> Iterator[Letter]:
        """The next letter, for whichever line asks; nothing once the time is over."""
        while True:
            with self.lock:
                over = self.failure is not None or self.down or time.monotonic() > self.until
                if over or not self.left:
                    return
                letter = self.left.pop()
            yield letter

    def took(self, seconds: float) -> None:
        """A letter took so long; a slow one is worth another line."""
        self.count, self.seconds = self.count + 1, self.seconds + seconds
        if not self.left or seconds < SLOW or (seconds < VERY_SLOW and self.mean() < SLOW):
            return
        with self.lock:
            more = self.started < min(self.lines.channel.most_lines, self.started + len(self.left))
            if more:
                self.started += 1
        if more:
            self._start(threading.Thread(target=self._one_line, daemon=True))

    def mean(self) -> float:
        """Seconds that a letter took on its line."""
        return self.seconds / self.count if self.count else 0.0

    def _add_a_line(self) -> None:
        self.started += 1
        self._start(threading.Thread(target=self._one_line, daemon=True))

    def _start(self, thread: threading.Thread) -> None:
        with self.lock:
            self.threads.append(thread)
        thread.start()


class _Timed:
    """The caller's log, and a look at the time; one for each line."""

    def __init__(self, run: _Run) -> None:
        self.run, self.log = run, run.log
        self.since = time.monotonic()

    def begun(self, letter: Letter) -> None:
        """Passed on."""
        self.log.begun(letter)

    def answered(self, letter: Letter, said: str) -> None:
        """Passed on, with the time that it took."""
        self.log.answered(letter, said)
        self._tick()

    def refused(self, letter: Letter, why: DeliveryError) -> None:
        """Passed on; a host that is down gets no more of this claim."""
        self.log.refused(letter, why)
        if why.host_is_down:
            self.run.down = True
        self._tick()

    def _tick(self) -> None:
        now = time.monotonic()
        self.run.took(now - self.since)
        self.since = now
