"""Providers of texts and calls on this machine: each speaks as the real one does."""

import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from schoolgate.rehearsal.fake_provider import Asked, FakeProvider, Says

SERVICE = "11111111-2222-4333-8444-555555555555"
SECRET = "66666666-7777-4888-9999-aaaaaaaaaaaa"  # noqa: S105 - belongs to nobody
NOTIFY_KEY = f"rehearsal-{SERVICE}-{SECRET}"

# What each says when it has taken something, can't for now, or won't at all.
TAKES: Mapping[str, Says] = {
    "notify": Says(201, {"id": "n-1"}),
    "twilio": Says(201, {"sid": "SM1", "status": "queued"}),
    "vonage": Says(202, {"message_uuid": "v-1"}),
    "https": Says(200, {"id": "g-1"}),
}
LATER: Mapping[str, Says] = {
    "notify": Says(429, {"status_code": 429, "errors": [{"error": "RateLimitError"}]}),
    "twilio": Says(429, {"code": 20429, "message": "Too Many Requests"}),
    "vonage": Says(
        402, {"type": "https://developer.vonage.com/api-errors#1070", "title": "Low balance"}
    ),
    "https": Says(503, {"why": "busy"}),
}
NEVER: Mapping[str, Says] = {
    "notify": Says(400, {"status_code": 400, "errors": [{"error": "ValidationError"}]}),
    "twilio": Says(400, {"code": 21211, "message": "Invalid 'To' Phone Number"}),
    "vonage": Says(
        422, {"type": "https://developer.vonage.com/api-errors/messages#1040", "title": "Invalid"}
    ),
    "https": Says(422, {"why": "no such number"}),
}


def address(kind: str, api: str, **options: str) -> str:
    """The address of a rehearsal provider, as SCHOOLGATE_SMS_URLS and _VOICE_URL have it."""
    given = {"api": api.rstrip("/"), "from": "+447700900000", **_OPTIONS.get(kind, {}), **options}
    words = "&".join(f"{name}={quote(value)}" for name, value in given.items())
    return f"{kind}://{_KEYS[kind]}?{words}"


def sent(kind: str, asked: Asked) -> tuple[str, str, str]:
    """To whom, in which words and under which key a request sends."""
    if kind == "twilio":
        form = asked.form
        back = form.get("StatusCallback", "")
        return form["To"], form.get("Body", form.get("Url", "")), back.rpartition("=")[2]
    said: dict[str, Any] = asked.json
    if kind == "notify":
        return said["phone_number"], said["personalisation"]["message"], said["reference"]
    if kind == "vonage":
        return f"+{said['to']}", said["text"], said["client_ref"]
    return said["to"], said["text"], said["key"]


_KEYS = {
    "notify": f":{NOTIFY_KEY}@service",
    "twilio": "AC1:token@account",
    "vonage": "key1:secret1@account",
    "https": "school:token@gateway.example.org/texts",
}
_OPTIONS = {
    "notify": {"template": "t-1", "hook": "bearer-1"},
    "vonage": {"signature": "signing-secret-of-at-least-32-bytes"},
    "https": {"hook": "hook-secret"},
}


def fake_texts(*script: Says) -> FakeProvider:
    """A provider's interface with a script."""
    return FakeProvider(list(script))


@dataclass
class Blabber:
    """A port that answers with bytes that are no answer, or with none, and hangs up."""

    words: bytes = b""

    def __enter__(self) -> Self:
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()

    @property
    def port(self) -> int:
        """Where it is."""
        return int(self.socket.getsockname()[1])

    @property
    def url(self) -> str:
        """As an address of an interface."""
        return f"http://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        while True:
            try:
                line, _who = self.socket.accept()
            except OSError:
                return
            with line:
                try:
                    line.settimeout(2)
                    line.recv(65536)
                    line.sendall(self.words)
                except OSError:
                    continue
