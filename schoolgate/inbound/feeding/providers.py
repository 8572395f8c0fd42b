"""Mail and reports that a provider hands over by HTTPS, read and verified by anymail's own views.

A provider without a signature of its own is believed only by the shared secret of the address
(SCHOOLGATE_ANYMAIL_WEBHOOK_SECRET); without either there is no page here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
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
        yield HandedOver(raw or message.as_bytes(), sender, str(recipient or ""))


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
    head = b"Content-Type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n"
    for part in BytesParser().parsebytes(head + body).walk():
        name = part.get_param("name", header="content-disposition")
        if part.is_multipart() or not isinstance(name, str):
            continue
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        filename = part.get_filename()
        if filename is None:
            fields.appendlist(name, data.decode("utf-8", "surrogateescape"))
        else:
            files.appendlist(name, _file(name, filename, part.get_content_type(), data))


def _file(name: str, filename: str, kind: str, data: bytes) -> InMemoryUploadedFile:
    return InMemoryUploadedFile(BytesIO(data), name, filename, kind, len(data), None)
