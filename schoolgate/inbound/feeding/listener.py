"""The SMTP listener: 250 is said for what is committed, 451 when the sender should try again.

Sockets are served by one event loop; each mail is taken in a thread with a database connection of
its own, so that a database that comes back is found again by itself.
"""

import asyncio
import logging
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import AnyStr

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections

from schoolgate.delivery import reply_address
from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.authenticating import Peer
from schoolgate.inbound.errors import CannotTakeNow, UnknownRecipient
from schoolgate.inbound.queries import school_for
from schoolgate.school.clock import now

logger = logging.getLogger(__name__)

TAKERS = 4  # mails taken at a time
LONGEST_LINE = 4 * 1024 * 1024  # bytes; HTML mail comes in one line, whatever the standard says
MOST_RECIPIENTS = 50
QUIET_AFTER = 120  # seconds without a word before a connection is closed

# It stays in the envelope until the mail is there: aiosmtpd takes an empty one for none at all.
NOBODY_SENT = "<>"

ACCEPTED = "250 2.0.0 Kept"
LATER = "451 4.3.0 We can't keep it at the moment; please send it again"
NOBODY = "550 5.1.1 Nobody here has this address"
TOO_MANY = "452 4.5.3 Too many recipients; please send the rest separately"
TOO_LARGE = (
    f"552 5.3.4 This email is larger than {settings.MAIL_LIMIT_MB} MB, the most that we can take; "
    "please send smaller files, or several emails"
)
TOO_FAST = "451 4.7.1 That is very much mail at once; please send it again in a minute"


@dataclass
class Pace:
    """How many mails each peer may send: a full bucket at once, refilled by the second."""

    at_once: float = 2_000
    a_second: float = 100
    most_peers: int = 10_000
    left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def allows(self, peer: str, now: float) -> bool:
        """Whether one more mail of a peer may come at a moment (seconds of any steady clock)."""
        if len(self.left) > self.most_peers:
            self.left.clear()
        amount, since = self.left.get(peer, (self.at_once, now))
        amount = min(self.at_once, amount + (now - since) * self.a_second)
        self.left[peer] = (amount - 1 if amount >= 1 else amount, now)
        return amount >= 1


class Door:
    """What is said to a sending server, step by step."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self.takers = ThreadPoolExecutor(max_workers=TAKERS, thread_name_prefix="taker")
        self.under_way = 0

    async def handle_MAIL(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """A mail begins, if its sender keeps to the pace."""
        peer = str(session.peer[0]) if session.peer else ""
        if not self.pace.allows(peer, time.monotonic()):
            return TOO_FAST
        envelope.mail_from = address or NOBODY_SENT
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """An address is ours, or refused at once."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        answer = await self._in_thread(lambda: judge_recipient(address))
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """All of a mail is there: it is kept for every recipient, and only then accepted."""
        content = envelope.original_content or b""
        sender, recipients = _sender_of(envelope), list(envelope.rcpt_tos)
        peer = Peer(str(session.peer[0]) if session.peer else "", session.host_name or "")
        return await self._in_thread(lambda: take_for_all(content, sender, recipients, peer))

    async def handle_exception(self, error: Exception) -> str:
        """Whatever goes wrong, the sender keeps the mail and tries again."""
        logger.error("A mail could not be taken.", exc_info=error)
        return LATER

    async def _in_thread(self, work: Callable[[], str]) -> str:
        self.under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self.takers, lambda: with_own_connection(work)
            )
        finally:
            self.under_way -= 1


def _sender_of(envelope: Envelope) -> str:
    """Who sent it; nobody where the line says `<>`, which aiosmtpd hands over as it stands."""
    return "" if envelope.mail_from in {None, NOBODY_SENT} else envelope.mail_from


class PatientSMTP(SMTP):
    """As aiosmtpd has it, for lines as real mail has them."""

    line_length_limit = LONGEST_LINE

    async def push(self, status: AnyStr) -> None:
        """Say something; what is too large is refused in words that its sender can use."""
        text = status if isinstance(status, str) else status.decode("ascii", "replace")
        await super().push(TOO_LARGE if text.startswith("552") else text)


def with_own_connection(work: Callable[[], str]) -> str:
    """Do some work in this thread; a connection that has died is left behind, before and after."""
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


def judge_recipient(address: str) -> str:
    """What is said to a recipient's address."""
    try:
        school_for(address)
    except UnknownRecipient:
        return NOBODY
    except (OperationalError, InterfaceError) as away:
        logger.warning("The database does not answer: %s", away)
        return LATER
    return "250 2.1.5 OK"


def take_for_all(content: bytes, sender: str, recipients: list[str], peer: Peer) -> str:
    """Keep a mail for each recipient, those with a reply address first.

    A repeat is known again, so that a mail kept for some and not for others may come once more.
    """
    for address in sorted(recipients, key=lambda one: reply_address.read(one) is None):
        try:
            take(
                content=content,
                envelope_from=sender,
                envelope_to=address,
                at=now(),
                peer=peer,
            )
        except UnknownRecipient:
            return NOBODY
        except CannotTakeNow:
            return LATER
    return ACCEPTED


async def open_door(door: Door, host: str, port: int) -> asyncio.Server:
    """Begin to listen. Raises OSError when the port is taken."""
    loop = asyncio.get_running_loop()
    tls = _tls()

    def one_connection() -> SMTP:
        return PatientSMTP(
            door,
            data_size_limit=settings.MAIL_LIMIT_MB * 1024 * 1024,
            enable_SMTPUTF8=True,
            hostname="schoolgate",
            ident="Schoolgate",
            tls_context=tls,
            timeout=QUIET_AFTER,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            loop=loop,
        )

    return await loop.create_server(one_connection, host=host, port=port)


async def finish(door: Door, server: asyncio.Server, grace: float) -> None:
    """Take no more connections, and give the mails in hand a moment (seconds)."""
    server.close()
    until = time.monotonic() + grace
    while door.under_way and time.monotonic() < until:
        await asyncio.sleep(0.02)
    door.takers.shutdown(wait=False, cancel_futures=True)


def _tls() -> ssl.SSLContext | None:
    """For STARTTLS, when a certificate and its key are set."""
    if not (settings.MAIL_CERT and settings.MAIL_KEY):
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.MAIL_CERT, settings.MAIL_KEY)
    return context
