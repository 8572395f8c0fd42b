"""`python -m house_rules.moments`: the fast tests, with the clock moved for all processes.

The database's too: libfaketime stands before each of them. What reads the machine's clock where a
moment was given, or counts on a Tuesday morning, fails at one of these. `--only NAME` tries one,
and words behind `--` go to pytest instead of the whole.
"""

import os
import subprocess
import sys
import time

from config.machine import test_tools

MOMENTS = {  # in UTC
    "saturday-night": "2026-11-28 23:50:00",
    "clocks-go-back": "2026-10-25 00:55:00",
    "clocks-go-forward": "2027-03-28 00:55:00",
    "leap-day": "2028-02-29 11:00:00",
    "last-day-of-term": "2026-12-18 15:59:00",
    "last-night-of-the-year": "2026-12-31 23:50:00",
    "new-year-2029": "2029-01-01 00:05:00",
}
FAST = ["-n", os.environ.get("TESTERS", "2"), "--dist", "loadgroup", "-m",
        "not slow and not browser and not kills"]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run at each moment; how each went; 1 where one failed."""
    library = str(test_tools.moved_clock() or "")
    if not library:
        print("libfaketime is not here (apt-get install faketime): no moment was tried.")
        return 1 if os.environ.get("CI") else 0
    names = [arguments[arguments.index("--only") + 1]] if "--only" in arguments else list(MOMENTS)
    words = arguments[arguments.index("--") + 1 :] if "--" in arguments else FAST
    failed = [name for name in names if not _passes(name, library, words)]
    print(f"{len(names) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _passes(name: str, library: str, words: list[str]) -> bool:
    moment, began = MOMENTS[name], time.monotonic()
    print(f"== {name}: {moment} UTC", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words],
        env=os.environ
        | {
            "LD_PRELOAD": library,
            "FAKETIME": f"@{moment}",
            "TZ": "UTC",
        },
    )
    print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
