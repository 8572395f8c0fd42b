"""How each provider of texts is asked: one function writes the request, one reads the answer.

Every one is given the letter's key, so that its receipts name the parcel. None of them promises not
to send twice, so nothing whose answer was lost is ever repeated.
"""

import json
import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jwt

from schoolgate.delivery.asking import Answer, basic
from schoolgate.delivery.providers import Provider

_JSON = "application/json"


@dataclass(frozen=True)
class Text:
    """One text for one number; `callback` is where receipts go, for providers that are told."""

    to: str
    words: str
    key: str
    sender: str
    callback: str = ""


@dataclass(frozen=True)
class Request:
    """What a provider is asked."""

    path: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Way:
    """One provider's interface."""

    base: str
    write: Callable[[Provider, Text], Request]
    number: Callable[[Answer], str]  # its own number of a text that it took, or nothing
    code: Callable[[Answer], str]  # its own word for a refusal


def way_of(provider: Provider) -> Way | None:
    """The interface of a provider that we know."""
    return WAYS.get(provider.scheme)


def _write_notify(provider: Provider, text: Text) -> Request:
    """GOV.UK Notify; the template there holds nothing but ((message))."""
    key = provider.password
    token = jwt.encode({"iss": key[-73:-37], "iat": int(time.time())}, key[-36:], algorithm="HS256")
    body: dict[str, object] = {
        "phone_number": text.to,
        "template_id": provider.option("template"),
        "personalisation": {"message": text.words},
        "reference": text.key,
    }
    if provider.option("sender"):
        body["sms_sender_id"] = provider.option("sender")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": _JSON}
    return Request("/v2/notifications/sms", json.dumps(body).encode(), headers)


def _notify_code(answer: Answer) -> str:
    errors = answer.json.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    return str(first.get("error", "")) if isinstance(first, dict) else ""


def _write_twilio(provider: Provider, text: Text) -> Request:
    service = text.sender.startswith("MG")
    fields = {
        "To": text.to,
        "MessagingServiceSid" if service else "From": text.sender,
        "Body": text.words,
    }
    if text.callback:
        fields["StatusCallback"] = f"{text.callback}?parcel={text.key}"
    return Request(
        f"/2010-04-01/Accounts/{urllib.parse.quote(provider.user)}/Messages.json",
        urllib.parse.urlencode(fields).encode(),
        {
            "Authorization": basic(provider.user, provider.password),
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )


def _write_vonage(provider: Provider, text: Text) -> Request:
    body = {
        "message_type": "text",
        "channel": "sms",
        "to": text.to.lstrip("+"),
        "from": text.sender.lstrip("+"),
        "text": text.words,
        "client_ref": text.key,
        "sms": {"encoding_type": "auto"},
    }
    headers = {
        "Authorization": basic(provider.user, provider.password),
        "Content-Type": _JSON,
        "Accept": _JSON,
    }
    return Request("/v1/messages", json.dumps(body).encode(), headers)


def _vonage_code(answer: Answer) -> str:
    """The number at the end of the address that explains the problem."""
    return str(answer.json.get("type", "")).rpartition("#")[2]


def _write_http(provider: Provider, text: Text) -> Request:
    """Any gateway that takes our own JSON; docs/run-your-own.md says what it has to answer."""
    body = {
        "to": text.to,
        "from": text.sender,
        "text": text.words,
        "key": text.key,
        "receipts": text.callback,
    }
    headers = {
        "Authorization": f"Bearer {provider.password}",
        "Content-Type": _JSON,
        "Idempotency-Key": text.key,
    }
    path = "/" + provider.host.partition("/")[2]
    return Request(path, json.dumps(body).encode(), headers)


def _field(name: str) -> Callable[[Answer], str]:
    def read(answer: Answer) -> str:
        found = answer.json.get(name, "")
        return str(found) if isinstance(found, str | int) else ""

    return read


WAYS: Mapping[str, Way] = {
    "notify": Way(
        "https://api.notifications.service.gov.uk", _write_notify, _field("id"), _notify_code
    ),
    "twilio": Way("https://api.twilio.com", _write_twilio, _field("sid"), _field("code")),
    "vonage": Way("https://api.nexmo.com", _write_vonage, _field("message_uuid"), _vonage_code),
    "https": Way("", _write_http, _field("id"), _field("code")),
}
