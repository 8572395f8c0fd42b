"""Named moments in the life of a message, where the proof may end the process.

In service nothing listens. `make prove` and the kill tests name a folder in SCHOOLGATE_END_ORDERS;
a process that reaches a point for which a file lies there takes that file away and ends itself, as
`kill -9` would. So each order is carried out once, whoever comes first.
"""

import os
import signal
from pathlib import Path

POINTS = (
    "after claim",
    "before sending",
    "after DATA",
    "before commit",
    "during migrate",
    "mail stored",
    "mail before answer",
)
_ORDERS = os.environ.get("SCHOOLGATE_END_ORDERS", "")


def reached(point: str) -> None:
    """Say that a named point is reached; it ends the process when the proof ordered that."""
    if not _ORDERS:
        return
    try:
        (Path(_ORDERS) / point).unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
