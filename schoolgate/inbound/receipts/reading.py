"""What a receipt says, provider by provider. Their words stand in one table."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from schoolgate.delivery.actions.receiving import Fate, Receipt
from schoolgate.inbound.receipts.signatures import Heard

# (provider, its word) -> what became of it; any other word means that it is under way.
FATES: Mapping[tuple[str, str], Fate] = {
    ("notify", "delivered"): Fate.ARRIVED,
    ("notify", "permanent-failure"): Fate.FAILED,
    ("notify", "temporary-failure"): Fate.FAILED,
    ("notify", "technical-failure"): Fate.FAILED,
    ("twilio", "delivered"): Fate.ARRIVED,
    ("twilio", "read"): Fate.ARRIVED,
    ("twilio", "undelivered"): Fate.FAILED,
    ("twilio", "failed"): Fate.FAILED,
    ("twilio", "busy"): Fate.FAILED,
    ("twilio", "no-answer"): Fate.FAILED,
    ("twilio", "canceled"): Fate.FAILED,
    ("vonage", "delivered"): Fate.ARRIVED,
    ("vonage", "read"): Fate.ARRIVED,
    ("vonage", "rejected"): Fate.FAILED,
    ("vonage", "undeliverable"): Fate.FAILED,
    ("https", "delivered"): Fate.ARRIVED,
    ("https", "failed"): Fate.FAILED,
}
# Words and codes by which the number itself is dead, not only switched off today.
DEAD = {
    ("notify", "permanent-failure"),
    ("twilio", "21610"),
    ("twilio", "21614"),
    ("twilio", "30005"),
    ("twilio", "30006"),
    ("vonage", "1050"),
    ("vonage", "1190"),
    ("vonage", "1240"),
    ("https", "permanent"),
}


def read_receipt(provider: str, heard: Heard) -> Receipt | None:
    """The receipt in a signed body; nothing where there is none."""
    reader = _READERS.get(provider)
    return reader(heard) if reader else None


def read_call(heard: Heard) -> Receipt | None:
    """What became of a call: a machine has only heard that they shall ring."""
    form = heard.form
    status = form.get("CallStatus", "")
    if status == "completed" and form.get("AnsweredBy", "").startswith(("machine", "fax")):
        because = _("An answering machine took the call.")
        return _receipt(key_of(heard), Fate.FAILED, because)
    if status == "completed":
        return _receipt(key_of(heard), Fate.UNDER_WAY, "")  # pressing 1 says that it arrived
    because = _("Nobody took the call ({status}).").format(status=status)
    return _receipt(key_of(heard), FATES.get(("twilio", status), Fate.UNDER_WAY), because)


def key_of(heard: Heard) -> str:
    """The parcel that an address names."""
    return dict(parse_qsl(urlsplit(heard.url).query)).get("parcel", "")


def _notify(heard: Heard) -> Receipt | None:
    said = _object(heard)
    return _told("notify", str(said.get("reference", "")), str(said.get("status", "")), "")


def _twilio(heard: Heard) -> Receipt | None:
    form = heard.form
    status = form.get("MessageStatus") or form.get("SmsStatus", "")
    return _told("twilio", key_of(heard), status, form.get("ErrorCode", ""))


def _vonage(heard: Heard) -> Receipt | None:
    said = _object(heard)
    error = said.get("error")
    kind = str(error.get("type", "")) if isinstance(error, dict) else ""
    code = kind.rpartition("#")[2]
    return _told("vonage", str(said.get("client_ref", "")), str(said.get("status", "")), code)


def _gateway(heard: Heard) -> Receipt | None:
    said = _object(heard)
    code = "permanent" if said.get("permanent") is True else ""
    return _told("https", str(said.get("key", "")), str(said.get("status", "")), code)


def _told(provider: str, key: str, status: str, code: str) -> Receipt | None:
    fate = FATES.get((provider, status), Fate.UNDER_WAY)
    because = _("The text did not arrive: {status}.").format(status=f"{status} {code}".strip())
    is_dead = not DEAD.isdisjoint({(provider, status), (provider, code)})
    return _receipt(key, fate, because[:300], is_dead=is_dead)


def _receipt(key: str, fate: Fate, because: str, *, is_dead: bool = False) -> Receipt | None:
    try:
        key = str(UUID(key))
    except ValueError:
        return None
    return Receipt(key, fate, because.replace("\0", ""), is_dead)


def _object(heard: Heard) -> dict[str, Any]:
    try:
        found = json.loads(heard.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


_READERS: Mapping[str, Callable[[Heard], Receipt | None]] = {
    "notify": _notify,
    "twilio": _twilio,
    "vonage": _vonage,
    "https": _gateway,
}
