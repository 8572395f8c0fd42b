"""Signed links that need no signing in: made for one content and one person, and for one purpose.

What a link may do is little: confirm, answer a slip, end optional news. A person who gets hold of
somebody else's link can do that and read nothing more (threats T1 and T10).
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.conf import settings

from schoolgate.school.secret_keys import good_keys

_MAC_BYTES = 16
_NUMBER_BYTES = 6


class Purpose(StrEnum):
    """What a link is good for; a token for one is worth nothing for another."""

    ANSWER = "answer"
    STOP_NEWS = "stop news"


@dataclass(frozen=True)
class Signed:
    """The content and the carer that a link was made for."""

    content: int
    carer: int


def make(purpose: Purpose, *, content: int, carer: int) -> str:
    """The token of a link."""
    body = content.to_bytes(_NUMBER_BYTES, "big") + carer.to_bytes(_NUMBER_BYTES, "big")
    return (
        base64.urlsafe_b64encode(body + _mac(purpose, body, settings.SECRET_KEY))
        .decode()
        .rstrip("=")
    )


def read(purpose: Purpose, token: str) -> Signed | None:
    """What a token was made for; nothing when it was not made here or for something else."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    body, mac = raw[: 2 * _NUMBER_BYTES], raw[2 * _NUMBER_BYTES :]
    if not any(hmac.compare_digest(mac, _mac(purpose, body, key)) for key in good_keys()):
        return None
    return Signed(
        content=int.from_bytes(body[:_NUMBER_BYTES], "big"),
        carer=int.from_bytes(body[_NUMBER_BYTES:], "big"),
    )


def path(purpose: Purpose, *, slug: str, token: str) -> str:
    """Where a link leads within the school's pages; `announcements.urls` serves both."""
    return f"/{slug}/{_PLACES[purpose]}/{token}/"


_PLACES = {Purpose.ANSWER: "answer", Purpose.STOP_NEWS: "stop-news"}


def _mac(purpose: Purpose, body: bytes, key: str) -> bytes:
    return hmac.digest(_key(purpose, key), body, "sha256")[:_MAC_BYTES]


@lru_cache
def _key(purpose: Purpose, secret: str) -> bytes:
    return hashlib.sha256(f"schoolgate link {purpose}".encode() + secret.encode()).digest()
