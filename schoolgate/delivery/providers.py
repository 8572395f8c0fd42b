"""Providers as the environment names them: an address with keys, and options after a question mark.

`twilio://SID:TOKEN@?from=+441632960000`: the scheme is the provider, what stands before the @ its
keys. `api=` names another address of its interface, for a provider's test system or a rehearsal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Provider:
    """One provider of an installation."""

    scheme: str
    user: str = ""
    password: str = ""
    host: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    def option(self, name: str, default: str = "") -> str:
        """One of its options."""
        return self.options.get(name, default)

    def base(self, usual: str) -> str:
        """Where its interface stands."""
        return (self.option("api") or usual).rstrip("/")


def read_provider(url: str) -> Provider:
    """Read one address as SCHOOLGATE_SMS_URLS and SCHOOLGATE_VOICE_URL have it."""
    parts = urlsplit(url)
    # A plus in an option is a plus: it begins telephone numbers.
    options = dict(parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True))
    netloc = parts.netloc.rpartition("@")[2]
    return Provider(
        scheme=parts.scheme,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=f"{netloc}{parts.path}".rstrip("/"),
        options=options,
    )
