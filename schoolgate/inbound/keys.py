"""By what the same mail is known again; pure."""

import hashlib
import re

from schoolgate.delivery.reply_address import ReplyTo

_FIELD = re.compile(rb"^(message-id|from|date)[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.I | re.M)
MOST_HEADERS = 256 * 1024


def same_mail(raw: bytes) -> str:
    """Message-ID, From, Date and body; all bytes where there is no Message-ID or no body.

    Headers that servers add on the way, and how lines end, make no difference.
    """
    raw = raw.replace(b"\r", b"")
    head, empty_line, body = raw.partition(b"\n\n")
    fields = {found[1].lower(): found[2].split() for found in _FIELD.finditer(head[:MOST_HEADERS])}
    if not empty_line or not fields.get(b"message-id"):
        return hashlib.sha256(raw).hexdigest()
    told = [b" ".join(fields.get(name, [])) for name in (b"message-id", b"from", b"date")]
    return hashlib.sha256(b"\0".join([*told, body.rstrip(b"\n")])).hexdigest()


def for_thread(same: str, token: ReplyTo | None) -> str:
    """The key of a mail sent to a reply address: once for each thread."""
    return f"{same}:{token.thread or token.content}-{token.carer}" if token else same
