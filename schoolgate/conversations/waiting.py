"""Since when a family waits in a thread; pure, and the same after a thread was taken apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One message: when (UTC), and whether a person of the school said it or the family."""

    at: datetime
    by_school: bool


def waits_since(story: Iterable[Said]) -> datetime | None:
    """When the oldest message of a family came that nobody has answered; nothing when all are.

    A message of the school answers everything before it (Clause 2.2-T1).
    """
    told = sorted(story, key=lambda one: (one.at, one.by_school))
    last = max((one.at for one in told if one.by_school), default=None)
    unanswered = [one.at for one in told if not one.by_school and (last is None or one.at > last)]
    return min(unanswered, default=None)
