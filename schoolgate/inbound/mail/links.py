"""A link in words: where it really leads stands beside it, whatever its words say; pure."""

import re
from urllib.parse import urlsplit

LONGEST = 500  # characters of an address that are shown
_NAMED = re.compile(r"(?:[\w-]{1,63}[.\u3002\uff0e\uff61]){1,10}[^\W\d_][\w-]{1,62}")
_SCHEME = re.compile(r"^(https?):[/\\]*", re.IGNORECASE)
# Spaces, controls and signs that turn the direction: an address has none of them.
_UNSEEN = re.compile("[\\s\x00-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def suffix_of(address: str, words: str) -> str:
    """What stands behind a link's words: empty where they say the very place it leads to."""
    bare = _UNSEEN.sub("", address)
    scheme = bare.partition(":")[0].lower()
    if scheme == "mailto":
        return _beside(bare[7:].partition("?")[0], words)
    if scheme == "tel":
        digits = re.sub(r"\D", "", words)
        return "" if digits and digits[-6:] in bare else _beside(bare[4:], words)
    host, shown = _real(bare)
    if not host:
        return ""
    seen = "".join(_UNSEEN.sub("", word) + " " for word in words.split())
    named = {_plain(name) for name in _NAMED.findall(seen)}
    honest = "@" not in words and seen.split() == words.split()
    if named == {_plain(host)} and honest:
        return ""
    if named and _plain(host) not in named or named and not honest:
        return f" (→ {host}: {shown})"
    return f" ({shown})"


def _beside(place: str, words: str) -> str:
    return f" ({place[:LONGEST]})" if place and place.lower() not in words.lower() else ""


def _real(address: str) -> tuple[str, str]:
    """The host and the address as a browser would go there: no name before an @, letters plain."""
    whole = _SCHEME.sub(lambda found: f"{found[1].lower()}://", address)
    whole = f"https:{whole}" if whole.startswith("//") else whole.replace("\\", "/")
    try:
        parts = urlsplit(whole)
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "", ""
    if not host or not parts.scheme.startswith("http"):
        return "", ""
    plain = _ascii(host)
    rest = parts._replace(scheme="", netloc="").geturl()
    shown = f"{parts.scheme}://{plain}{port}{rest}"
    return plain, shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _ascii(host: str) -> str:
    """Letters that look like others betray themselves in the plain form (xn--…)."""
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii")


def _plain(host: str) -> str:
    return host.lower().removeprefix("www.")
