"""An SMTP host that is far away: each answer arrives 50 ms later, and every connection is welcome.

A process of its own with one event loop, so that a thousand connections cost it nothing.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from config import env
from journeys.house import free_port
from journeys.smtp_sink import wait_for_port

DELAY = 0.05  # seconds


@contextmanager
def slow_smtp(*, pipelining: bool) -> Iterator[int]:
    """A slow host on a port of this machine."""
    port = free_port()
    words = [sys.executable, "-m", "bench.slow_smtp", str(port), "yes" if pipelining else "no"]
    process = subprocess.Popen(words, cwd=env.ROOT)
    try:
        wait_for_port(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


class Host(asyncio.Protocol):
    """Answers every command after a while; the answers to a group travel together."""

    def __init__(self, *, pipelining: bool) -> None:
        extensions = b"250-host\r\n250-PIPELINING\r\n" if pipelining else b"250-host\r\n"
        self.hello = extensions + b"250 8BITMIME\r\n"
        self.kept, self.in_words = b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.say(b"220 host\r\n")

    def data_received(self, data: bytes) -> None:
        """Take commands, and words up to the lone dot."""
        self.kept += data
        while True:
            end = b"\r\n.\r\n" if self.in_words else b"\r\n"
            line, found, rest = self.kept.partition(end)
            if not found:
                return
            self.kept = rest
            self.say(self.answer(line))

    def answer(self, line: bytes) -> bytes:
        """What it says to a command or to a letter's words."""
        if self.in_words:
            self.in_words = False
            return b"250 taken\r\n"
        verb = line[:4].upper()
        if verb == b"EHLO":
            return self.hello
        self.in_words = verb == b"DATA"
        return b"354 go on\r\n" if self.in_words else b"250 fine\r\n"

    def say(self, words: bytes) -> None:
        """Later."""
        asyncio.get_running_loop().call_later(DELAY, self.transport.write, words)


async def serve(port: int, *, pipelining: bool) -> None:
    """Until it is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Host(pipelining=pipelining), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), pipelining=sys.argv[2] == "yes"))
