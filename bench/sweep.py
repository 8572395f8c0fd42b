"""How long one sweep takes where 100,000 promises are open and 10,000 of their steps are due.

One school, 300 colleagues, the plain role under row-level security; every step, hand-over, notice
and foreign key is checked before the time is taken. Beside it, in the same run, what a loop needs
that does no more than mark the same promises one at a time, reckoned from a hundredth of them.
"""

import json
import os
import subprocess
import sys
from typing import Any

from bench import database
from config import env
from config.machine.postgres import PLAIN

OPEN, DUE = 100_000, 10_000


def measure() -> dict[str, Any]:
    """The median of five sweeps, what each touched, and what a loop would take."""
    postgres = database.server()
    try:
        database.fresh(postgres, "sweep")
        done = subprocess.run(
            [sys.executable, "-m", "bench.sweep_inside", str(OPEN), str(DUE)],
            cwd=env.ROOT,
            env=os.environ
            | {
                "DATABASE_URL": postgres.url(PLAIN, "sweep"),
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "PYTHONPATH": str(env.ROOT),
                "SCHOOLGATE_SECRET_KEY": "bench",
                "SCHOOLGATE_DATA": database.data_folder(),
                "SCHOOLGATE_DEMO": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
    finally:
        postgres.stop()
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
