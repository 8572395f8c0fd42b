"""The signed reply address: one thread and one person, and nobody can make one up.

The signature alone decides where a reply belongs; a subject never does (Clause 2.2-T5, threat T1).
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings

_MAC_BYTES = 10  # 80 bits: the local part of an address has 64 characters for everything
_NUMBER_BYTES = 5


@dataclass(frozen=True)
class ReplyTo:
    """The conversation and the carer that a reply address was made for."""

    thread: int
    carer: int


def make(*, inbound_address: str, thread: int, carer: int) -> str:
    """The address to which one carer's answers in one conversation come."""
    body = thread.to_bytes(_NUMBER_BYTES, "big") + carer.to_bytes(_NUMBER_BYTES, "big")
    token = base64.b32encode(body + _mac(body)).decode().lower()
    local, _, domain = inbound_address.partition("@")
    return f"{local}+{token}@{domain}"


def read(address: str) -> ReplyTo | None:
    """What an address was made for; nothing when it carries no token or a wrong one."""
    token = address.partition("@")[0].partition("+")[2]
    try:
        raw = base64.b32decode(token.upper())
    except ValueError:
        return None
    body, mac = raw[: 2 * _NUMBER_BYTES], raw[2 * _NUMBER_BYTES :]
    if len(mac) != _MAC_BYTES or not hmac.compare_digest(mac, _mac(body)):
        return None
    return ReplyTo(
        thread=int.from_bytes(body[:_NUMBER_BYTES], "big"),
        carer=int.from_bytes(body[_NUMBER_BYTES:], "big"),
    )


def without_token(address: str) -> str:
    """The plain inbound address behind a signed one."""
    local, _, domain = address.partition("@")
    return f"{local.partition('+')[0]}@{domain}".lower()


def _mac(body: bytes) -> bytes:
    key = hashlib.sha256(b"schoolgate reply address" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, body, hashlib.sha256).digest()[:_MAC_BYTES]
