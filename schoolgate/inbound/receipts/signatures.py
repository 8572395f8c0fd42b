"""Whether what came to a hook was written by the provider: one judgement for each of them.

Each compares in constant time; without a secret of ours nothing is ever believed.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import jwt

from schoolgate.delivery.providers import Provider

# Seconds that a signature with a time in it stays good.
GOOD_FOR = 300


@dataclass(frozen=True, slots=True)
class Heard:
    """What came: the address as the provider was given it, its headers and its body."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime

    @property
    def form(self) -> dict[str, str]:
        """The body as the fields of a form."""
        return dict(parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True))


def is_signed(provider: Provider, heard: Heard) -> bool:
    """Whether the provider wrote it."""
    judge = _JUDGES.get(provider.scheme)
    return judge is not None and judge(provider, heard)


def twilio_signature(token: str, url: str, pairs: list[tuple[str, str]]) -> str:
    """Twilio's signature: the address, then each field's name and value in their order."""
    words = url + "".join(name + value for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.digest(token.encode(), words.encode(), "sha1")).decode()


def _twilio(provider: Provider, heard: Heard) -> bool:
    given = heard.headers.get("X-Twilio-Signature", "")
    if not provider.password or not given:
        return False
    pairs = parse_qsl(heard.body.decode(errors="replace"), keep_blank_values=True)
    # They sign with the port or without it, as their own library knows.
    urls = {heard.url, _with_port(heard.url), _without_port(heard.url)}
    return any(_same(twilio_signature(provider.password, url, pairs), given) for url in urls)


def _with_port(url: str) -> str:
    parts = urlsplit(url)
    if parts.port is not None:
        return url
    port = 443 if parts.scheme == "https" else 80
    return parts._replace(netloc=f"{parts.netloc}:{port}").geturl()


def _without_port(url: str) -> str:
    parts = urlsplit(url)
    if parts.port is None:
        return url
    return parts._replace(netloc=parts.netloc.rpartition(":")[0]).geturl()


def _vonage(provider: Provider, heard: Heard) -> bool:
    """A JWT with the hash of the body in it."""
    token, secret = _bearer(heard), provider.option("signature")
    if not secret or not token:
        return False
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            options={"require": ["iat", "payload_hash"], "verify_iat": False, "verify_aud": False},
        )
        age = heard.at.timestamp() - float(claims["iat"])
    except (jwt.InvalidTokenError, TypeError, ValueError):
        return False
    hashed = hashlib.sha256(heard.body).hexdigest()
    is_ours = not provider.user or claims.get("api_key", provider.user) == provider.user
    return abs(age) <= GOOD_FOR and is_ours and _same(str(claims["payload_hash"]), hashed)


def _notify(provider: Provider, heard: Heard) -> bool:
    """GOV.UK Notify has one bearer token for the service's callbacks."""
    secret = provider.option("hook")
    return bool(secret) and _same(_bearer(heard), secret)


def _gateway(provider: Provider, heard: Heard) -> bool:
    """Our own form: sha256=HMAC of "seconds.body"."""
    secret, said_at = provider.option("hook"), heard.headers.get("X-Timestamp", "")
    if not secret or not said_at.isdecimal() or len(said_at) > 12:
        return False
    signed = hmac.digest(secret.encode(), said_at.encode() + b"." + heard.body, "sha256").hex()
    is_recent = abs(heard.at.timestamp() - int(said_at)) <= GOOD_FOR
    return is_recent and _same(heard.headers.get("X-Signature", ""), f"sha256={signed}")


def _bearer(heard: Heard) -> str:
    kind, _space, token = heard.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


_JUDGES: Mapping[str, Callable[[Provider, Heard], bool]] = {
    "twilio": _twilio,
    "vonage": _vonage,
    "notify": _notify,
    "https": _gateway,
}
