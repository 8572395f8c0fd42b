"""Email by SMTP keeps the contract of channels."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.email.smtp import Server, SmtpChannel
from schoolgate.delivery.tests.contract import Arrived, Contract, Other, Stage
from schoolgate.rehearsal.fake_mail_host import MailHost, free_port
from schoolgate.rehearsal.fake_texts import Blabber

SAYS = {Other.LATER: "451 later", Other.NEVER: "550 never"}


@dataclass
class OtherHost(MailHost):
    """A mail host that keeps envelopes and behaves as it is told."""

    other: Other = Other.TAKES
    arrived: list[Arrived] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or not."""
        if self.other in SAYS:
            return SAYS[self.other]
        found = re.search(rb"Message-ID: <(.+?)@", envelope.content)
        self.arrived.append(
            Arrived(tuple(envelope.rcpt_tos), found[1].decode() if found else "none")
        )
        if self.other == Other.LOSES:
            server.transport.abort()
            await asyncio.sleep(0)
        return "250 taken"


def channel(port: int, scheme: str = "smtp") -> SmtpChannel:
    """One connection to a host on this machine."""
    return SmtpChannel(Server.from_url(f"{scheme}://127.0.0.1:{port}"), most_lines=1)


class TestEmail(Contract):
    """Email."""

    folder = "email"
    # Its patience is half a minute; journeys/ tries slow hosts.
    behaviours = tuple(one for one in Other if one is not Other.SLOW)
    hostile_addresses = (
        "",
        "nina",
        "nina@example.org\r\nRCPT TO:<mia@example.org>",
        "nina@example.org> <mia@example.org",
        "nina@example.org,mia@example.org",
        "\0@example.org",
    )

    @contextmanager
    def stage(self, other: Other) -> Iterator[Stage]:
        """A mail host on this machine."""
        if other == Other.SHUT:
            yield Stage(channel(free_port()), list)
        elif other in {Other.GARBAGE, Other.NO_TLS}:
            with Blabber(b"\xff nonsense\r\n") as blabber:
                scheme = "smtps" if other == Other.NO_TLS else "smtp"
                yield Stage(channel(blabber.port, scheme), list)
        else:
            with OtherHost(other=other) as host:
                yield Stage(channel(host.port), lambda: host.arrived)

    def letter(self, number: int) -> Letter:
        """An email from the school to somebody of their own."""
        return Letter(
            key=f"00000000-0000-4000-8000-00000000000{number}",
            to=f"person{number}@example.org",
            reply_to="in+abc@medway.example.org",
            words=Words(
                sender="office@medway.example.org",
                sender_name="Medway Green",
                domains=("medway.example.org",),
                subject="A message",
                text="School is closed today.",
            ),
        )
