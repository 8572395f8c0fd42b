"""A provider's HTTP interface on this machine, which says what it is told."""

import json
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Says:
    """One answer: a status with an object, after a wait in seconds, or (drop) no answer at all."""

    status: int = 200
    body: Any = None
    wait: float = 0
    drop: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    connection: tuple[str, int]

    @property
    def json(self) -> Any:
        """The body as an object."""
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body as the fields of a form."""
        return dict(parse_qsl(self.body.decode()))


@dataclass
class FakeProvider:
    """Answers each request with the next word of the script, and its last one ever after."""

    script: list[Says]
    asked: list[Asked] = field(default_factory=list)
    tls: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _speaking_for(self))
        self.server.daemon_threads = True
        if self.tls:
            # The greeting is each line's own thread's: one that never greets holds up nobody.
            self.server.socket = self.tls.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        """The root of its interface."""
        if self.tls:
            return f"https://localhost:{self.server.server_port}/"
        return f"http://127.0.0.1:{self.server.server_port}/"

    def next_word(self) -> Says:
        """What to say now."""
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


def _speaking_for(fake: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Speaking(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # noqa: N802 - named by http.server
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = dict(self.headers.items())
            fake.asked.append(Asked(self.path, headers, body, self.client_address))
            word = fake.next_word()
            time.sleep(word.wait)
            if word.drop:
                self.close_connection = True
                return
            said = json.dumps(word.body or {}).encode()
            self.send_response(word.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing on the terminal."""

    return Speaking
