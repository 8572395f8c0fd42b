"""A mail host in bad moods: busy, forgetful, closing lines after the words, and silent for a while.

It remembers every email that it took, with its envelope and the moment, whether or not it said so.
"""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import asyncio
import random
import re
import threading
import time
from dataclasses import dataclass

from journeys.house import free_port

ADDRESS = re.compile(rb"<([^>]*)>")
MESSAGE_ID = re.compile(rb"^Message-ID: <([^>]+)>", re.MULTILINE | re.IGNORECASE)
SILENCE = 40.0  # seconds; longer than anybody waits for an answer


@dataclass(frozen=True)
class Taken:
    """One email that it took: its Message-ID, its envelope, the moment, and whether it said so."""

    message_id: str
    recipients: tuple[str, ...]
    headers: tuple[str, ...]  # To and Cc and Bcc, as they stand in it
    at: float
    said: bool


class MoodyHost:
    """The host, in a thread of its own; `gone` are addresses that it will never know."""

    def __init__(self, chance: random.Random, gone: set[str]) -> None:
        self.chance, self.gone = chance, gone
        self.taken: list[Taken] = []
        self.moods: dict[str, int] = {}
        self.port = free_port()
        self.loop = asyncio.new_event_loop()
        self.silent_once = 0
        ready = threading.Event()
        self.thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait(10)

    def mood(self, *moods: str, one_in: int) -> str:
        """One of some bad moods, once in so many times; each is counted."""
        if self.chance.randrange(one_in):
            return ""
        chosen = self.chance.choice(moods)
        self.moods[chosen] = self.moods.get(chosen, 0) + 1
        return chosen

    def stop(self) -> None:
        """No more."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)
        making = self.loop.create_server(lambda: Visit(self), "127.0.0.1", self.port)
        self.loop.run_until_complete(making)
        ready.set()
        self.loop.run_forever()


class Visit(asyncio.Protocol):
    """One connection."""

    transport: asyncio.Transport

    def __init__(self, host: MoodyHost) -> None:
        self.host, self.kept, self.in_words = host, b"", False
        self.recipients: list[str] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.say(b"220 host\r\n")

    def data_received(self, data: bytes) -> None:
        """Take commands, and words up to the lone dot."""
        self.kept += data
        while not self.transport.is_closing():
            end = b"\r\n.\r\n" if self.in_words else b"\r\n"
            line, found, rest = self.kept.partition(end)
            if not found:
                return
            self.kept = rest
            if self.in_words:
                self.words(line)
            else:
                self.command(line)

    def command(self, line: bytes) -> None:
        """One command, and what it says to it."""
        verb = line[:4].upper()
        if verb == b"EHLO":
            self.say(b"250-host\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
        elif verb == b"MAIL":
            self.recipients = []
            if self.host.mood("421", one_in=400):
                self.say(b"421 4.3.2 busy\r\n")
                self.transport.close()
                return
            self.say(b"250 fine\r\n")
        elif verb == b"RCPT":
            self.rcpt(ADDRESS.findall(line)[0].decode())
        elif verb == b"DATA":
            self.in_words = bool(self.recipients)
            self.say(b"354 go on\r\n" if self.in_words else b"554 5.5.1 no recipients\r\n")
        else:
            self.say(b"250 fine\r\n")

    def rcpt(self, address: str) -> None:
        """Somebody's address."""
        if address in self.host.gone:
            self.say(b"550 5.1.1 nobody here has this address\r\n")
        elif self.host.mood("450", one_in=150):
            self.say(b"450 4.2.0 later\r\n")
        else:
            self.recipients.append(address)
            self.say(b"250 fine\r\n")

    def words(self, content: bytes) -> None:
        """An email's words: taken and said so, or the line breaks before or after it is taken."""
        self.in_words = False
        if self.host.silent_once:
            self.host.silent_once -= 1
            self.take(content, said=False)
            self.host.loop.call_later(SILENCE, self.transport.close)
            return
        mood = self.host.mood("taken and closed", "closed", "451", one_in=120)
        if mood == "taken and closed":
            self.take(content, said=False)
        if mood in {"taken and closed", "closed"}:
            self.transport.abort()
        elif mood == "451":
            self.say(b"451 4.3.0 not now\r\n")
        else:
            self.take(content, said=True)
            self.say(b"250 2.0.0 taken\r\n")

    def take(self, content: bytes, *, said: bool) -> None:
        """Remember it."""
        head = content.partition(b"\r\n\r\n")[0].decode(errors="replace")
        named = tuple(
            line for line in head.split("\r\n") if line.lower().startswith(("to:", "cc:", "bcc:"))
        )
        found = MESSAGE_ID.search(content)
        message_id = found.group(1).decode() if found else ""
        taken = Taken(message_id, tuple(self.recipients), named, time.time(), said)
        self.host.taken.append(taken)

    def say(self, words: bytes) -> None:
        """Later, as a host that is some way off."""
        self.host.loop.call_later(0.01, self.transport.write, words)
