"""Named moments in the life of a message, where the proof may end the process.

In service nothing listens. `make prove` and the kill tests set SCHOOLGATE_END_AT to a point's name
and a marker file; the process then ends itself there, once, as `kill -9` would.
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
_END_AT = os.environ.get("SCHOOLGATE_END_AT", "")
_MARKER = os.environ.get("SCHOOLGATE_END_MARKER", "")


def reached(point: str) -> None:
    """Say that a named point is reached; it ends the process when the proof asked for that."""
    if not _END_AT or point != _END_AT or not _MARKER:
        return
    marker = Path(_MARKER)
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
