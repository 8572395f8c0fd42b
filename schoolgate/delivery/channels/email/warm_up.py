"""How many emails a host may be given while it is getting known: pure arithmetic, no Django."""

import math
from dataclasses import dataclass
from datetime import datetime

SPREAD = 120  # minutes over which a day's emails are spread at the least


@dataclass(frozen=True)
class Plan:
    """From each day on (the first is 1) so many emails a day; 0 is: as many as there are.

    `per_minute` holds on every day, and 0 is: no limit. A plan without steps limits no day.
    """

    steps: tuple[tuple[int, int], ...] = ()
    per_minute: int = 0

    def a_day(self, day: int) -> int | None:
        """How many on one day; none is no limit."""
        reached = [count for since, count in sorted(self.steps) if since <= day]
        return (reached[-1] if reached else 0) or None

    def a_minute(self, day: int) -> int | None:
        """How many in one minute: a day's emails do not come in one burst; none is no limit."""
        whole = self.a_day(day)
        limits = [self.per_minute] if self.per_minute else []
        limits += [math.ceil(whole / SPREAD)] if whole else []
        return min(limits, default=None)

    def left(self, *, day: int, sent_today: int, sent_this_minute: int) -> int | None:
        """How many may still go now; none is no limit, 0 is to wait."""
        pairs = ((self.a_day(day), sent_today), (self.a_minute(day), sent_this_minute))
        return min((max(most - sent, 0) for most, sent in pairs if most is not None), default=None)


def day_of(first_use: datetime, at: datetime) -> int:
    """Which day of use a moment falls on; the first is 1. Both with a zone, counted in hours."""
    return max((at - first_use).days, 0) + 1
