"""Figures of this room, for evidence."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from schoolgate.conversations.models import Urgent


@dataclass(frozen=True)
class FirstAttempts:
    """Urgent answers of a time: how many, how many were rung, minutes to the first try (median).

    For no fewer than five families may it be shown (decision 16).
    """

    urgent: int
    tried: int
    not_to_be_rung: int
    median_minutes: float | None


def first_attempts(*, school_id: int, since: datetime, until: datetime) -> FirstAttempts:
    """How soon a call was tried after something urgent was written, in UTC (Clause 2.1-M1).

    Where the call came before the writing it counts as no minutes.
    """
    rows = list(
        Urgent.objects.filter(school=school_id, at__gte=since, at__lt=until).values_list(
            "at", "first_attempt_at", "because"
        )
    )
    minutes = [max(0.0, (tried - at).total_seconds() / 60) for at, tried, _because in rows if tried]
    spared = sum(because == Urgent.Because.NOT_TO_BE_RUNG for _at, _tried, because in rows)
    return FirstAttempts(len(rows), len(minutes), spared, median(minutes) if minutes else None)
