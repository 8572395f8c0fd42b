"""Message encryption for Web Push (RFC 8291 with RFC 8188): only the browser can read a notice.

By `cryptography`, which we have anyway: see docs/decisions/0007-channels.md.
"""

import base64
import os
import struct

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
PADDED = 3072  # octets: every notice that may be is as long as every other


def encrypt(
    words: bytes,
    *,
    key: str,
    secret: str,
    own: EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
    padded: int = PADDED,
) -> bytes:
    """The body of one notice for one browser. Raises ValueError where its keys are none."""
    browser = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), unpacked(key))
    shared_secret = unpacked(secret)
    if len(shared_secret) != 16:
        raise ValueError("The browser's secret has another length.")
    own, salt = own or generate_private_key(SECP256R1()), salt or os.urandom(16)
    own_key = point(own.public_key())
    first = _derived(
        own.exchange(ECDH(), browser),
        salt=shared_secret,
        info=b"WebPush: info\0" + point(browser) + own_key,
        length=32,
    )
    content_key = _derived(first, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(first, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    plain = words + b"\x02" + b"\0" * max(0, padded - len(words))
    if len(plain) + 16 > RECORD:
        raise ValueError("A notice is shorter than that.")
    head = salt + struct.pack("!IB", RECORD, len(own_key)) + own_key
    return head + AESGCM(content_key).encrypt(nonce, plain, None)


def point(key: EllipticCurvePublicKey) -> bytes:
    """A public key as 65 octets."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def packed(octets: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def unpacked(words: str) -> bytes:
    """What base64url stands for. Raises ValueError."""
    return base64.b64decode(words + "=" * (-len(words) % 4), altchars=b"-_", validate=True)


def _derived(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)
