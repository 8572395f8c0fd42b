"""Who we are to push services (RFC 8292): one key for the installation, a token for each."""

import hmac
import time
from dataclasses import dataclass, field
from functools import cached_property

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)

from schoolgate.delivery.channels.web_push.encryption import packed, point, unpacked

GOOD_FOR = 12 * 3600  # seconds; services allow a day
FRESH_FOR = 6 * 3600


@dataclass
class Vapid:
    """The installation's key, and the tokens that are still fresh."""

    secret: str  # 32 octets, base64url
    kept: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)

    @cached_property
    def key(self) -> EllipticCurvePrivateKey:
        """The private key. Raises ValueError where the setting holds none."""
        return derive_private_key(int.from_bytes(unpacked(self.secret)), SECP256R1())

    @cached_property
    def public(self) -> str:
        """What a browser is told when somebody asks for notices."""
        return packed(point(self.key.public_key()))

    def header(self, origin: str, contact: str) -> str:
        """The Authorization header for one push service."""
        made, token = self.kept.get((origin, contact), (0.0, ""))
        if time.time() - made > FRESH_FOR:
            made = time.time()
            claims = {"aud": origin, "exp": int(made) + GOOD_FOR, "sub": contact}
            token = jwt.encode(claims, self.key, algorithm="ES256")
            self.kept[origin, contact] = (made, token)
        return f"vapid t={token}, k={self.public}"


def secret_from(installation_key: str) -> str:
    """The installation's own key, made of the one that is kept with its data and in its backups.

    The first octet is zero, so that any 31 octets make a key of this curve.
    """
    made = hmac.digest(installation_key.encode(), b"schoolgate vapid", "sha256")
    return packed(b"\0" + made[:31])
