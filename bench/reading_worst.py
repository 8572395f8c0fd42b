"""The slowest and the largest that bytes can make the reader: each hostile mail, a process each."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from schoolgate.inbound.tests.hostile import HOSTILE

LONGEST = 60.0  # seconds


def measure() -> dict[str, float]:
    """`schoolgate read-email` on every hostile mail: seconds and memory of the whole process."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, make in HOSTILE.items():
            file = Path(folder) / "mail.eml"
            file.write_bytes(make())
            found[name] = one(file)
    for name, (seconds, size) in sorted(found.items(), key=lambda row: -row[1][0])[:8]:
        print(f"{seconds * 1000:7.0f} ms {size:5.0f} MB  {name}")
    largest = max(found, key=lambda name: found[name][1])
    print(f"largest: {found[largest][1]:.0f} MB  {largest}; {len(found)} hostile mails")
    return {
        "worst_ms": round(max(seconds for seconds, _ in found.values()) * 1000),
        "worst_mb": round(found[largest][1]),
    }


def one(file: Path) -> tuple[float, float]:
    """Seconds and the largest memory (MB of 10^6 bytes) of one reading, its start included."""
    command = [sys.executable, "-m", "bench.read_one", str(file)]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{file} ended with {process.returncode}")
    return time.monotonic() - began, used.ru_maxrss * 1024 / 1e6
