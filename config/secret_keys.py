"""The secret key and the ones before it, each with an id and the day until which it counts.

SCHOOLGATE_SECRET_KEY holds the key; behind it, each after a semicolon, the ones before with their
last day: `now;before|2027-02-28`. What was signed with one of them counts through that day, in UTC.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from config import env

KEPT_FOR = dt.timedelta(days=60)


@dataclass(frozen=True)
class SecretKey:
    """One key; the one in use has no last day."""

    key: str
    until: dt.date | None = None

    @property
    def id(self) -> str:
        """What the doctor and the logs may say of it."""
        return hashlib.sha256(b"schoolgate key id" + self.key.encode()).hexdigest()[:8]


def read(text: str) -> list[SecretKey]:
    """The keys of a setting, the one in use first. Raises BadEnvironment."""
    found = []
    for number, part in enumerate(text.strip().split(";")):
        key, _, day = part.strip().partition("|")
        try:
            until = dt.date.fromisoformat(day) if number else None
        except ValueError:
            until, key = None, ""
        if not key or (not number and day):
            raise env.BadEnvironment(
                "SCHOOLGATE_SECRET_KEY holds one key, and behind it the ones before with the last "
                "day of each: now;before|2027-02-28."
            )
        found.append(SecretKey(key, until))
    return found


def renewed(text: str, today: dt.date) -> str:
    """The setting with a fresh key in use; the one before counts for sixty days more."""
    before, *older = text.strip().split(";")
    kept = f"{before}|{today + KEPT_FOR:%Y-%m-%d}"
    return ";".join([secrets.token_urlsafe(48), kept, *older])
