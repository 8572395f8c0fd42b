"""How many mails a second are taken: read, checked, stored on disk, put in their place, committed.

One process, one connection, the plain role under row-level security, every row and file synced to
disk. The same mails are only read beside it, so that the rest's share can be told.
"""

import os
import subprocess
import sys
from typing import Any

from bench import database
from config import env
from config.machine.postgres import PLAIN

MAILS = 2_000


def measure() -> dict[str, Any]:
    """The rate of taking, and of only reading the same mails."""
    postgres = database.server()
    try:
        database.fresh(postgres, "taking")
        done = subprocess.run(
            [sys.executable, "-m", "bench.taking_inside", str(MAILS)],
            cwd=env.ROOT,
            env=os.environ
            | {
                "DATABASE_URL": postgres.url(PLAIN, "taking"),
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "PYTHONPATH": str(env.ROOT),
                "SCHOOLGATE_SECRET_KEY": "bench",
                "SCHOOLGATE_DATA": database.data_folder(),
                "SCHOOLGATE_DEMO": "1",
            },
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        postgres.stop()
    taken, read = (float(word) for word in done.stdout.split()[-2:])
    return {"rate_per_s": round(taken), "only_reading_per_s": round(read)}
