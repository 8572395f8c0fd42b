"""Mailboxes: each is watched on a line of its own, by IDLE where its server can, else by asking.

A mail is marked as seen only when it is committed here; one that was taken and not yet marked is
known again the next time. A line that breaks is taken up again, more slowly each time it fails.
"""

import imaplib
import logging
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.db import close_old_connections
from imap_tools import (
    AND,
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessageFlags,
)

from schoolgate.delivery import reply_address
from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.errors import CannotTakeNow, UnknownRecipient
from schoolgate.inbound.mail import headers
from schoolgate.inbound.queries import school_for
from schoolgate.school.clock import now

logger = logging.getLogger(__name__)

EVERY = 30.0  # seconds, where the server can't tell by itself
LONGEST_IDLE = 540.0  # seconds until all is asked again; routers forget quiet lines
LOOKS = 1.0  # seconds between looks whether to stop
PATIENCE = 20.0  # seconds for one answer of the server
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds before a broken line is taken up again
_SENT_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox, from an address such as imaps://user:password@host/INBOX?to=inbound@school.

    `imap+tls` begins plainly and goes on encrypted (STARTTLS); `imap` is for this machine alone.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str
    to: str

    @classmethod
    def read(cls, url: str) -> "Mailbox":
        """Read its address. Raises ValueError with a sentence that holds no password."""
        parts = urlsplit(url)
        to = parse_qs(parts.query).get("to", [""])[0]
        if parts.scheme not in {"imap", "imaps", "imap+tls"} or not parts.hostname or "@" not in to:
            raise ValueError(
                "SCHOOLGATE_IMAP_URLS needs addresses such as "
                "imaps://user:password@host/INBOX?to=inbound@school.example."
            )
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or (993 if parts.scheme == "imaps" else 143),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            to=to,
        )


def keep_watching(urls: list[str], stopped: threading.Event, every: float = EVERY) -> None:
    """Watch every mailbox until told to stop, each in a thread of its own."""
    threads = [
        threading.Thread(
            target=_watch, args=(Mailbox.read(url), stopped, every), daemon=True, name="mailbox"
        )
        for url in urls
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def ask_once(mailbox: Mailbox, stop: Callable[[], bool] = lambda: False) -> int:
    """Take what is unseen in one mailbox; how many mails. A failure is logged, nothing is lost."""
    try:
        with _entered(mailbox) as box:
            return _empty(mailbox, box, stop)
    except _BROKEN as failure:
        logger.warning("The mailbox at %s could not be emptied: %s", mailbox.host, failure)
        return 0


def _watch(mailbox: Mailbox, stopped: threading.Event, every: float) -> None:
    """Whatever goes wrong is logged, and the line is taken up again; its mails stay unseen."""
    wait = FIRST_WAIT
    while not stopped.is_set():
        close_old_connections()
        try:
            with _entered(mailbox) as box:
                while not stopped.is_set():
                    close_old_connections()
                    _empty(mailbox, box, stopped.is_set)
                    wait = FIRST_WAIT
                    _await_news(box, stopped, every)
        except _BROKEN as failure:
            logger.warning("The mailbox at %s could not be watched: %s", mailbox.host, failure)
        except Exception:
            logger.exception("The mailbox at %s could not be watched.", mailbox.host)
        finally:
            close_old_connections()
        stopped.wait(wait)
        wait = min(wait * 2, LONGEST_WAIT)


_BROKEN = (OSError, imaplib.IMAP4.error, ImapToolsError, CannotTakeNow)


def _empty(mailbox: Mailbox, box: BaseMailBox, stop: Callable[[], bool]) -> int:
    """Take what is unseen now."""
    try:
        school_for(mailbox.to)
    except UnknownRecipient:
        logger.warning("No school has the inbound address %s.", mailbox.to)
        return 0
    uids = box.uids(AND(seen=False))
    return sum(_take_if_possible(mailbox, box, uid) for uid in uids if not stop())


def _take_if_possible(mailbox: Mailbox, box: BaseMailBox, uid: str) -> int:
    """One that breaks something stays unseen, and keeps none behind it waiting."""
    try:
        return _take_one(mailbox, box, uid)
    except _BROKEN:
        raise
    except Exception:
        logger.exception("Mail %s in the mailbox at %s could not be taken.", uid, mailbox.host)
        return 0


def _await_news(box: BaseMailBox, stopped: threading.Event, every: float) -> None:
    """Until something may have come. Raises ConnectionError where the line is dead."""
    if "IDLE" not in box.client.capabilities:
        stopped.wait(every)
        return
    until = time.monotonic() + LONGEST_IDLE
    with box.idle as idle:
        while not stopped.is_set() and time.monotonic() < until:
            began = time.monotonic()
            if any(b"EXISTS" in line for line in idle.poll(LOOKS)):
                return
            if time.monotonic() - began < LOOKS / 2 and _is_closed(box):
                raise ConnectionError("The server has closed the line.")


def _is_closed(box: BaseMailBox) -> bool:
    """Whether the other side has gone; a quiet line has nothing to read, a dead one its end."""
    line = box.client.sock
    if isinstance(line, ssl.SSLSocket):
        return select.select([line], [], [], 0)[0] != [] and not line.pending()
    line.setblocking(False)
    try:
        return line.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    finally:
        line.settimeout(PATIENCE)


def recipient_of(message: Message, inbound_address: str) -> str:
    """Where a mail in a mailbox was sent: one of our reply addresses, else the plain address."""
    plain = inbound_address.lower()
    ours = [
        address
        for name in _SENT_TO
        for _, address in headers.addresses(message, name)
        if reply_address.without_token(address) == plain
    ]
    signed = (address for address in ours if reply_address.read(address))
    return next(signed, next(iter(ours), inbound_address))


def _take_one(mailbox: Mailbox, box: BaseMailBox, uid: str) -> int:
    raw = _bytes_of(box, uid)
    if raw is None:
        return 0
    head = BytesHeaderParser().parsebytes(raw[: 256 * 1024])
    take(
        content=raw,
        envelope_from=headers.first(head, "Return-Path").strip("<>") or _writer(head),
        envelope_to=recipient_of(head, mailbox.to),
        at=now(),
    )
    box.flag(uid, MailMessageFlags.SEEN, True)
    return 1


def _writer(head: Message) -> str:
    """The envelope's sender is lost in a mailbox, except that an empty one is written down."""
    if headers.first(head, "Return-Path") == "<>":
        return ""
    return next((address for _, address in headers.addresses(head, "From")), "unknown")


def _bytes_of(box: BaseMailBox, uid: str) -> bytes | None:
    """A mail byte for byte, without marking it as seen."""
    _, answer = box.client.uid("fetch", uid, "(BODY.PEEK[])")
    found: list[Any] = [one[1] for one in answer or [] if isinstance(one, tuple)]
    return bytes(found[0]) if found else None


def _entered(mailbox: Mailbox) -> BaseMailBox:
    box: BaseMailBox
    where = {"host": mailbox.host, "port": mailbox.port, "timeout": PATIENCE}
    if mailbox.scheme == "imaps":
        box = MailBox(**where, ssl_context=ssl.create_default_context())
    elif mailbox.scheme == "imap+tls":
        box = MailBoxStartTls(**where, ssl_context=ssl.create_default_context())
    else:
        box = MailBoxUnencrypted(**where)
    return box.login(mailbox.user, mailbox.password, initial_folder=mailbox.folder)
