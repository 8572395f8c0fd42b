"""The push services that browsers use: notices go to no other machine, whatever a browser says."""

from collections.abc import Collection
from urllib.parse import urlsplit

# A host, or with a dot before it every host below. SCHOOLGATE_PUSH_SERVICES adds to them.
SERVICES = (
    "fcm.googleapis.com",  # Chrome and what is made of it
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
LONGEST = 500


def origin_of(endpoint: str, services: Collection[str] = SERVICES) -> str | None:
    """The service of an endpoint, https://host[:port]; nothing where we know none such."""
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    is_plain = parts.scheme == "https" and "@" not in parts.netloc and len(endpoint) <= LONGEST
    if not is_plain or not endpoint.isascii() or not endpoint.isprintable():
        return None
    if port not in (None, 443):
        return f"https://{host}:{port}" if f"{host}:{port}" in services else None
    known = any(host == one or (one.startswith(".") and host.endswith(one)) for one in services)
    return f"https://{host}" if known else None


def path_of(endpoint: str) -> str:
    """What stands behind the host."""
    parts = urlsplit(endpoint)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
