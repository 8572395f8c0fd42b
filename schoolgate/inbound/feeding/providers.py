"""Mail and reports that a provider hands over by HTTPS, read and verified by anymail's own views.

A provider without a signature of its own is believed only by the shared secret of the address
(SCHOOLGATE_ANYMAIL_WEBHOOK_SECRET); without either there is no page here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.encoders import encode_base64
from email.message import Message
from email.parser import BytesParser
from importlib import import_module
from io import BytesIO
from typing import Any, Literal

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from schoolgate.inbound.mail.naming import made_up
from schoolgate.inbound.mail.transfer import undone

PROVIDERS = {
    "brevo": "Brevo",
    "mailersend": "MailerSend",
    "mailgun": "Mailgun",
    "mailjet": "Mailjet",
    "mailtrap": "Mailtrap",
    "postal": "Postal",
    "postmark": "Postmark",
    "resend": "Resend",
    "sendgrid": "SendGrid",
    "sparkpost": "SparkPost",
}
# These sign what they send, and anymail refuses to begin without their key.
SIGNING = {"mailersend", "mailgun", "mailtrap", "postal", "resend"}
# Where a provider is set to hand over the mail as it came, it stands in one of these.
RAW_FIELDS = ("body-mime", "email")
UNDELIVERED = frozenset({"bounced", "rejected", "failed"})

_A_MAIL = re.compile(rb'"message\\?/[a-z0-9.-]{1,40}"', re.IGNORECASE)
_NONSENSE = (AnymailError, ValueError, LookupError, TypeError, AttributeError)
Kind = Literal["Inbound", "Tracking"]


class NotBelieved(Exception):
    """Nobody that we know has signed this."""


class MakesNoSense(Exception):
    """It is signed, and can't be understood."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One mail, with its envelope."""

    content: bytes
    sender: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one of our mails: its key, and whether it came back or was called spam."""

    key: str
    came_back: bool
    is_complaint: bool


def may_be_believed(provider: str) -> bool:
    """Whether anything of this provider could be; asked before a request is read."""
    return provider in PROVIDERS and bool(
        settings.ANYMAIL.get("WEBHOOK_SECRET") or provider in SIGNING
    )


def mails_in(provider: str, request: HttpRequest, body: bytes) -> list[HandedOver]:
    """The mails of a signed request. Raises NotBelieved, MakesNoSense."""
    events = _events(provider, "Inbound", request, body)
    raw = next((_bytes_of(request, field) for field in RAW_FIELDS if field in request.POST), b"")
    return list(_mails(events, raw if len(events) == 1 else b""))


def news_in(provider: str, request: HttpRequest, body: bytes) -> list[Told]:
    """What a signed request tells of our own mails. Raises NotBelieved, MakesNoSense."""
    found = []
    for event in _events(provider, "Tracking", request, body):
        key = str((event.metadata or {}).get("parcel", "")) or str(event.message_id or "")
        came_back, spam = event.event_type in UNDELIVERED, event.event_type == "complained"
        if came_back or spam:
            found.append(Told(key.strip("<>").partition("@")[0], came_back, spam))
    return found


def _mails(events: list[Any], raw: bytes) -> Iterator[HandedOver]:
    for event in events:
        message = event.message
        recipient = message.envelope_recipient or _first(message.to)
        sender = message.envelope_sender
        if sender is None:  # not told; an empty one is told as such
            sender = message.from_email.addr_spec if message.from_email else "unknown"
        yield HandedOver(raw or _whole(message), sender, str(recipient or ""))


def _whole(message: Message) -> bytes:
    """A mail put together of a provider's parts, its files coded: no line end in them changes."""
    for part in message.walk():
        coded = part.get("Content-Transfer-Encoding")
        if not part.is_multipart() and part.get_content_disposition() and not coded:
            encode_base64(part)
    return message.as_bytes()


def _first(addresses: list[Any]) -> str:
    return str(addresses[0].addr_spec) if addresses else ""


def _bytes_of(request: HttpRequest, field: str) -> bytes:
    """A field as it came; bytes beyond UTF-8 were kept as surrogates."""
    return str(request.POST[field]).encode("utf-8", "surrogateescape")


def _events(provider: str, kind: Kind, request: HttpRequest, body: bytes) -> list[Any]:
    if not may_be_believed(provider):
        raise NotBelieved
    name = PROVIDERS[provider]
    try:
        _give(request, body)
    except RecursionError as nested:
        raise NotBelieved from nested
    module = import_module(f"anymail.webhooks.{provider}")
    try:
        view = getattr(module, f"{name}{kind}WebhookView")()
        view.run_validators(request)
    except (AnymailWebhookValidationFailure, ImproperlyConfigured) as doubt:
        raise NotBelieved from doubt
    except _NONSENSE as doubt:
        raise NotBelieved from doubt  # what can't be verified is not verified
    if kind == "Inbound" and request.content_type == "application/json":
        # What is attached as a mail is a file: taken apart, its charset could refuse the whole.
        request._body = _A_MAIL.sub(b'"application/octet-stream"', body)
    try:
        return list(view.parse_events(request))
    except (*_NONSENSE, ImproperlyConfigured) as nonsense:
        raise MakesNoSense from nonsense


def _give(request: HttpRequest, body: bytes) -> None:
    """A body larger than a page's form may be, read once by its own limit."""
    request._body = body
    fields, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        _read_parts(request.META.get("CONTENT_TYPE", ""), body, fields, files)
    elif kind == "application/x-www-form-urlencoded":
        fields = QueryDict(body, mutable=True)
    request.POST = fields  # type: ignore[assignment]  # a form of our own making
    request._files = files  # type: ignore[attr-defined]  # where Django itself keeps them


def _read_parts(
    kind: str, body: bytes, fields: QueryDict, files: "MultiValueDict[str, Any]"
) -> None:
    """Cut where its boundary stands: an attached mail is one file, whatever stands in it."""
    boundary = _head(b"Content-Type: " + kind.encode("latin-1", "replace")).get_boundary()
    if not boundary:
        return
    for piece in (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1", "replace"))[1:]:
        if piece.startswith(b"--"):
            return
        above, _, content = piece.lstrip(b" \t").removeprefix(b"\r\n").partition(b"\r\n\r\n")
        _read_part(_head(above), content, fields, files)


def _read_part(
    part: Message, content: bytes, fields: QueryDict, files: "MultiValueDict[str, Any]"
) -> None:
    name = part.get_param("name", header="content-disposition")
    if not isinstance(name, str):
        return
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        content = undone(content, "base64", words=False)
    filename, kind = part.get_filename(), part.get_content_type()
    if filename is None and kind.partition("/")[0] not in _FILES:
        fields.appendlist(name, content.decode("utf-8", "surrogateescape"))
    else:
        files.appendlist(name, _file(name, filename or "", kind, content))


_FILES = frozenset({"image", "audio", "video", "message"})


def _head(lines: bytes) -> Message:
    return BytesParser().parsebytes(lines + b"\r\n\r\n", headersonly=True)


def _file(name: str, filename: str, kind: str, data: bytes) -> InMemoryUploadedFile:
    """A file under a name that Django takes; a mail as bytes, since it is not to be taken apart."""
    usable = filename.replace("\\", "/").rpartition("/")[2].strip("\0 ")
    if usable in {"", ".", ".."}:
        usable = made_up(kind)
    if kind.startswith("message/"):
        usable, kind = f"{usable.removesuffix('.eml')}.eml", "application/octet-stream"
    return InMemoryUploadedFile(BytesIO(data), name, usable, kind, len(data), None)
