"""The signed reply address: one thread and one person, and nobody can make one up.

The signature alone decides where a reply belongs; a subject never does (Clause 2.2-T5, threat T1).
It has no end of its own: families answer an email of last year, and lose their words otherwise. It
says where something belongs and never who wrote it. It ends with the key that it was made with.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from schoolgate.school.secret_keys import good_keys

_MAC_BYTES = 10  # 80 bits: the local part of an address has 64 characters for everything
_NUMBER_BYTES = 5
_IS_CONTENT = 1 << (8 * _NUMBER_BYTES - 1)  # the first number is a content's, not a thread's


@dataclass(frozen=True)
class ReplyTo:
    """What a reply address was made for: one carer, and a conversation or something sent to many.

    An answer to what went to many begins a conversation of that family's own.
    """

    thread: int | None
    carer: int
    content: int | None = None


def make(*, inbound_address: str, thread: int, carer: int) -> str:
    """The address to which one carer's answers in one conversation come."""
    return _address(inbound_address, thread, carer)


def make_for_content(*, inbound_address: str, content: int, carer: int) -> str:
    """The address to which one carer's answers to something sent to many come."""
    return _address(inbound_address, content | _IS_CONTENT, carer)


def read(address: str) -> ReplyTo | None:
    """What an address was made for; nothing when it carries no token or a wrong one."""
    token = address.partition("@")[0].partition("+")[2]
    try:
        raw = base64.b32decode(token.upper())
    except ValueError:
        return None
    body, mac = raw[: 2 * _NUMBER_BYTES], raw[2 * _NUMBER_BYTES :]
    if not any(hmac.compare_digest(mac, _mac(body, key)) for key in good_keys()):
        return None
    number = int.from_bytes(body[:_NUMBER_BYTES], "big")
    carer = int.from_bytes(body[_NUMBER_BYTES:], "big")
    if number & _IS_CONTENT:
        return ReplyTo(thread=None, carer=carer, content=number ^ _IS_CONTENT)
    return ReplyTo(thread=number, carer=carer)


def without_token(address: str) -> str:
    """The plain inbound address behind a signed one."""
    local, _, domain = address.partition("@")
    return f"{local.partition('+')[0]}@{domain}".lower()


def _address(inbound_address: str, number: int, carer: int) -> str:
    body = number.to_bytes(_NUMBER_BYTES, "big") + carer.to_bytes(_NUMBER_BYTES, "big")
    token = base64.b32encode(body + _mac(body, settings.SECRET_KEY)).decode().lower()
    local, _, domain = inbound_address.partition("@")
    return f"{local}+{token}@{domain}"


def _mac(body: bytes, key: str) -> bytes:
    return hmac.digest(_key(key), body, "sha256")[:_MAC_BYTES]


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"schoolgate reply address" + secret.encode()).digest()
