"""Signs an email with DKIM (RFC 6376): rsa-sha256, relaxed/relaxed.

The canonical form is dkimpy's. The RSA is OpenSSL's: dkimpy's own, in Python, takes 8 ms an email
against 0.7 ms.
"""

import base64
import hashlib
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from dkim import rfc822_parse, select_headers
from dkim.canonicalization import Relaxed

# What a reader sees is named once more than it is there, so that nobody can add another.
SEALED = (b"from", b"to", b"subject", b"date", b"message-id", b"reply-to")
SIGNED = (
    *SEALED,
    b"mime-version",
    b"content-type",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"in-reply-to",
    b"references",
)
WIDTH = 72  # characters of the signature in a line


class Signer:
    """One domain's key. Raises ValueError where the PEM holds no RSA key."""

    def __init__(self, domain: str, selector: str, key_pem: bytes) -> None:
        self.domain, self.selector = domain, selector
        key = load_pem_private_key(key_pem, password=None)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("The key is not an RSA key.")
        self.key = key

    def sign(self, raw: bytes) -> bytes:
        """The email with its signature on top; `raw` has CRLF at the ends of its lines."""
        headers, body = rfc822_parse(raw)
        body_hash = hashlib.sha256(Relaxed.canonicalize_body(body)).digest()
        names = _names(headers)
        value = self._opening + b"h=%s;\r\n\tbh=%s;\r\n\tb=" % (
            _folded(b":".join(names), b":"),
            base64.b64encode(body_hash),
        )
        seal = self.key.sign(_hashed(headers, names, value), PKCS1v15(), SHA256())
        written = base64.b64encode(seal)
        lines = [written[at : at + WIDTH] for at in range(0, len(written), WIDTH)]
        return b"DKIM-Signature: " + value + b"\r\n\t".join(lines) + b"\r\n" + raw

    @cached_property
    def _opening(self) -> bytes:
        return (
            f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={self.domain}; s={self.selector};\r\n\t"
        ).encode("ascii")


def _names(headers: list[tuple[bytes, bytes]]) -> list[bytes]:
    """The names to sign, each as often as it is there; the sealed ones once more."""
    there = [name.lower().strip() for name, _value in headers]
    return [name for name in SIGNED for _time in range(there.count(name) + (name in SEALED))]


def _folded(text: bytes, mark: bytes) -> bytes:
    """A long list in lines, broken after its marks."""
    lines, line = [], b""
    for word in text.split(mark):
        if line and len(line) + len(word) > WIDTH:
            lines.append(line)
            line = b""
        line += word + mark
    return b"\r\n\t ".join([*lines, line])[: -len(mark)]


def _hashed(headers: list[tuple[bytes, bytes]], names: list[bytes], value: bytes) -> bytes:
    """The very bytes that are signed: the headers, then the signature's own without its end."""
    chosen = list(select_headers(Relaxed.canonicalize_headers(headers), names))
    chosen += Relaxed.canonicalize_headers([(b"DKIM-Signature", b" " + value)])
    return b"".join(name + b":" + text for name, text in chosen).rstrip(b"\r\n")
