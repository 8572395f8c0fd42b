"""Runs the console command as a process of its own, as a person at a terminal does."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = "from config.command import main; main()"


@dataclass(frozen=True)
class Said:
    """What a command printed, and the exit code that it left with."""

    code: int
    out: str
    err: str


def schoolgate(*words: str, given: str = "", start: str = START) -> Said:
    """Run `schoolgate` with these words and `given` on standard input."""
    done = subprocess.run(
        [sys.executable, "-c", start, *words],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)
