"""A provider's store of pictures and recordings on this machine."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass
class FakeMedia:
    """Hands out bytes by path; `elsewhere` says where a path has moved, the rest is not there."""

    things: dict[str, bytes] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # paths, and the keys shown there

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _speaking_for(self))
        self.server.daemon_threads = True
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
        return f"http://127.0.0.1:{self.server.server_port}"


def _speaking_for(fake: FakeMedia) -> type[BaseHTTPRequestHandler]:
    class Speaking(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - named by http.server
            fake.asked.append((self.path, self.headers.get("Authorization", "")))
            content = fake.things.get(self.path)
            place = fake.elsewhere.get(self.path)
            self.send_response(307 if place else 404 if content is None else 200)
            if place:
                self.send_header("Location", place)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing on the terminal."""

    return Speaking
