"""What providers of texts and calls send to our hooks, signed as they sign it."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt

from schoolgate.delivery.providers import Provider
from schoolgate.inbound.receipts.signatures import twilio_signature


@dataclass(frozen=True)
class Sent:
    """A request as a provider sends it."""

    body: bytes
    content_type: str
    headers: Mapping[str, str]


def signed_by(provider: Provider, url: str, said: Mapping[str, Any]) -> Sent:
    """What a provider says to an address of ours, with its signature."""
    if provider.scheme == "twilio":
        pairs = [(name, str(value)) for name, value in said.items()]
        signature = twilio_signature(provider.password, url, pairs)
        form = "application/x-www-form-urlencoded"
        return Sent(urlencode(pairs).encode(), form, {"X-Twilio-Signature": signature})
    body = json.dumps(said).encode()
    return Sent(body, "application/json", _HEADERS[provider.scheme](provider, body))


def a_text(
    kind: str, sender: str, words: str, *, key: str = "1", media: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A text as each provider words it; `sender` with a plus. Notify knows no pictures."""
    bare = sender.lstrip("+")
    if kind == "twilio":
        pictures = {f"MediaUrl{place}": url for place, url in enumerate(media)}
        told = {"MessageSid": f"SM{key}", "From": sender, "To": "+447700900000", "Body": words}
        return {**told, "NumMedia": str(len(media)), **pictures}
    if kind == "vonage" and media:
        told = {"message_uuid": key, "from": bare, "to": "447700900000", "channel": "mms"}
        return {**told, "message_type": "image", "image": {"url": media[0], "caption": words}}
    if kind == "vonage":
        told = {"message_uuid": key, "from": bare, "to": "447700900000", "channel": "sms"}
        return {**told, "message_type": "text", "text": words}
    if kind == "notify":
        told = {"id": key, "source_number": bare, "destination_number": "447700900000"}
        return {**told, "message": words, "date_received": "2026-11-23T10:00:00.000000Z"}
    listed = [{"url": url, "type": "image/jpeg"} for url in media]
    return {"id": key, "from": sender, "to": "+447700900000", "text": words, "media": listed}


def a_voicemail(
    kind: str, sender: str, recording: str, *, key: str = "1", words: str = "", at: str = ""
) -> dict[str, Any]:
    """A voicemail as Twilio words it, or our own gateway."""
    if kind == "twilio":
        told = {"RecordingSid": f"RE{key}", "CallSid": f"CA{key}", "From": sender}
        heard = {"RecordingUrl": recording, "RecordingDuration": "42"}
        return {**told, **heard, **({"TranscriptionText": words} if words else {})}
    told = {"id": key, "from": sender, "recording": recording, "seconds": "42"}
    return {**told, "transcript": words, "at": at}


def _bearer(provider: Provider, body: bytes) -> dict[str, str]:
    return {"Authorization": f"Bearer {provider.option('hook')}"}


def _token(provider: Provider, body: bytes) -> dict[str, str]:
    claims = {"iat": int(time.time()), "payload_hash": hashlib.sha256(body).hexdigest()}
    token = jwt.encode(claims, provider.option("signature"), "HS256")
    return {"Authorization": f"Bearer {token}"}


def _seal(provider: Provider, body: bytes) -> dict[str, str]:
    said_at = str(int(time.time()))
    secret = provider.option("hook").encode()
    signed = hmac.digest(secret, said_at.encode() + b"." + body, "sha256").hex()
    return {"X-Timestamp": said_at, "X-Signature": f"sha256={signed}"}


_HEADERS = {"notify": _bearer, "vonage": _token, "https": _seal}
