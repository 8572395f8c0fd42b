"""A push service on this machine with the browsers behind it, which read what they are sent.

The browser's half of RFC 8291 is written here anew, so that sender and reader don't share mistakes.
"""

import base64
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from schoolgate.delivery.browsers import Browser


def _words(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


@dataclass
class FakeBrowser:
    """One browser: where its notices go, and the keys with which it reads them."""

    number: int
    service: str
    private: EllipticCurvePrivateKey = field(
        default_factory=lambda: generate_private_key(SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def path(self) -> str:
        """Where the service keeps it."""
        return f"/push/{self.number}"

    @property
    def subscribed(self) -> Browser:
        """What it tells the school."""
        return Browser(
            self.number,
            f"{self.service.rstrip('/')}{self.path}",
            _words(self._point(self.private.public_key())),
            _words(self.secret),
        )

    def reads(self, body: bytes) -> dict[str, Any]:
        """The notice in a body. Raises InvalidTag where it is not for this browser."""
        salt, (_size, length) = body[:16], struct.unpack("!IB", body[16:21])
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), sender)
        shared = self.private.exchange(ECDH(), key)
        info = b"WebPush: info\0" + self._point(self.private.public_key()) + sender
        material = _expanded(_extracted(self.secret, shared), info, 32)
        extracted = _extracted(salt, material)
        opened = AESGCM(_expanded(extracted, b"Content-Encoding: aes128gcm\0", 16)).decrypt(
            _expanded(extracted, b"Content-Encoding: nonce\0", 12), sealed, None
        )
        found: dict[str, Any] = json.loads(opened.rstrip(b"\0").removesuffix(b"\x02"))
        return found

    def _point(self, key: EllipticCurvePublicKey) -> bytes:
        return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _extracted(salt: bytes, material: bytes) -> bytes:
    mac = HMAC(salt, SHA256())
    mac.update(material)
    return mac.finalize()


def _expanded(key: bytes, info: bytes, length: int) -> bytes:
    return HKDFExpand(SHA256(), length, info).derive(key)
