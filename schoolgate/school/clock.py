"""What time it is: the machine's, and in a rehearsal as far from it as somebody has set it.

A rehearsal and the journeys show what happens on a Saturday at 23:00 without waiting for one. The
file that `SCHOOLGATE_DEMO_CLOCK` names holds a number of seconds; a real school has no such file.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment that everything happens at (UTC)."""
    return timezone.now() + _moved_by()


def _moved_by() -> timedelta:
    if not settings.DEMO or not settings.DEMO_CLOCK:
        return timedelta()
    with suppress(OSError, ValueError):
        return timedelta(seconds=float(Path(settings.DEMO_CLOCK).read_text()))
    return timedelta()
