"""How often a code is mailed to an address: limits slow down, and never lock anybody out.

Who asks for codes to an address that is not theirs may not keep its owner out. So over the limit
no new code is made: the newest one that was mailed works in whatever browser asked for that
address, and whoever reads the mail has it. After a few minutes another is mailed.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
MOST_A_MINUTE, MOST_AN_HOUR = 3, 10
# Over the limit one more is mailed after this long; a code is good for fifteen minutes.
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest code for an address, and when codes were mailed to it (UTC)."""

    code: str
    mailed_at: tuple[datetime, ...]

    def may_mail_again_at(self, at: datetime) -> datetime:
        """From when another may be mailed (UTC); `at` itself if it may now."""
        over = (
            sum(one > at - A_MINUTE for one in self.mailed_at) >= MOST_A_MINUTE
            or sum(one > at - AN_HOUR for one in self.mailed_at) >= MOST_AN_HOUR
        )
        return max(at, self.mailed_at[-1] + PATIENCE) if over else at


def newest(address: str) -> Asked | None:
    """What is known of the codes for an address within the last hour."""
    found: Asked | None = cache.get(_key(address))
    return found


def note(address: str, code: str, at: datetime) -> None:
    """Remember that a code is being mailed (UTC)."""
    before = newest(address)
    kept = tuple(one for one in before.mailed_at if one > at - AN_HOUR) if before else ()
    cache.set(_key(address), Asked(code, (*kept, at)), AN_HOUR.total_seconds())


def _key(address: str) -> str:
    """The table of limits holds no addresses."""
    key = settings.SECRET_KEY.encode()
    return "code-" + hmac.new(key, address.lower().encode(), hashlib.sha256).hexdigest()
