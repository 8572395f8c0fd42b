"""One request to a provider over HTTPS on a kept connection, for channels that have one.

It knows whether a byte of the request has left: until then nothing can have arrived, and from then
on a lost answer may mean that it did. Redirects are not followed and no proxy is asked.
"""

import base64
import http.client
import ipaddress
import json
import select
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from schoolgate.delivery.errors import AnswerLost, HostDown, Refused

TIMEOUT = 20.0  # seconds for each step, and for the answer as a whole
LONGEST = 64 * 1024  # octets of an answer that are read
IDLE = 30.0  # seconds after which a kept connection is opened anew
LONGEST_SAID = 300  # characters


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said."""

    status: int
    body: bytes = b""
    location: str = ""  # where else it says to ask; nobody goes there by itself
    is_cut: bool = False  # there was more than was to be read

    @property
    def json(self) -> dict[str, Any]:
        """The answer as an object; an empty one where it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def said(self) -> str:
        """The status and the beginning of the words, for the record."""
        words = " ".join(self.body[:2000].decode(errors="replace").split())
        return f"{self.status} {words}".strip().replace("\0", "")[:LONGEST_SAID]


@dataclass
class Asker:
    """A kept connection to one host. `base` is https://host[:port]; http:// is for this machine."""

    base: str
    timeout: float = TIMEOUT
    context: ssl.SSLContext | None = None
    only_public: bool = False  # never to an address within a private network
    connection: http.client.HTTPConnection | None = None
    used_at: float = field(default=0.0)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Ask once. Raises HostDown or Refused where nothing has left, else AnswerLost."""
        return self._ask("POST", path, body, headers, LONGEST)

    def get(self, path: str, headers: Mapping[str, str], *, longest: int) -> Answer:
        """Fetch up to `longest` octets. Raises HostDown, Refused or AnswerLost."""
        return self._ask("GET", path, None, headers, longest)

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], longest: int
    ) -> Answer:
        connection = self._opened()
        try:
            connection.request(method, path, body, dict(headers))
        except (http.client.InvalidURL, ValueError) as error:  # it was never written
            self.close()
            raise Refused(_words(error)) from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise AnswerLost(_words(error)) from error
        try:
            answer = self._read(connection, longest)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise AnswerLost(_words(error)) from error
        self.used_at = time.monotonic()
        return answer

    def close(self) -> None:
        """Let go of the connection."""
        connection, self.connection = self.connection, None
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def _read(self, connection: http.client.HTTPConnection, longest: int) -> Answer:
        until = time.monotonic() + self.timeout
        response = connection.getresponse()
        body = b""
        while len(body) < longest and (more := response.read1(longest - len(body))):
            body += more
            if time.monotonic() > until:
                raise TimeoutError("the answer took too long")
        is_cut = not response.isclosed() and bool(response.read1(1))
        if not response.isclosed() or response.will_close:
            self.close()
        return Answer(response.status, body, response.getheader("Location") or "", is_cut)

    def _opened(self) -> http.client.HTTPConnection:
        if self.connection is not None and self._is_stale(self.connection):
            self.close()
        if self.connection is None:
            connection = self._made()
            try:
                connection.connect()
            except (OSError, http.client.HTTPException, ValueError) as error:
                with suppress(OSError):
                    connection.close()
                raise HostDown(_words(error)) from error
            self.connection = connection
        return self.connection

    def _is_stale(self, connection: http.client.HTTPConnection) -> bool:
        """Whether the other side has closed it, or may be about to."""
        if connection.sock is None or time.monotonic() - self.used_at > IDLE:
            return True
        readable, _writable, _broken = select.select([connection.sock], [], [], 0)
        return bool(readable)

    def _made(self) -> http.client.HTTPConnection:
        try:
            parts = urlsplit(self.base)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise HostDown(_words(error)) from error
        if self.only_public:
            _refuse_private(host, port or 443)
        if parts.scheme == "https":
            context = self.context or ssl.create_default_context()
            return http.client.HTTPSConnection(host, port, timeout=self.timeout, context=context)
        if parts.scheme == "http" and is_this_machine(host):
            return http.client.HTTPConnection(host, port, timeout=self.timeout)
        raise HostDown("A provider is asked over HTTPS only.")


def is_this_machine(host: str) -> bool:
    """Whether a host name leads nowhere else."""
    return host in {"127.0.0.1", "::1", "localhost"}


def basic(user: str, password: str) -> str:
    """The header of basic authentication."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _refuse_private(host: str, port: int) -> None:
    """Raises HostDown for a name that is unknown or leads into a network of our own."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostDown(_words(error)) from error
    if not all(ipaddress.ip_address(one[4][0]).is_global for one in found):
        raise HostDown("The address leads into a private network.")


def _words(error: Exception) -> str:
    words = " ".join(f"{type(error).__name__}: {error}".split())
    return words.replace("\0", "")[:LONGEST_SAID]
