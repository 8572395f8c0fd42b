"""The IMAP poller: a mailbox that families write to, asked again and again.

A mail is marked as seen only when it is committed here; one that was taken and not yet marked is
known again the next time.
"""

import imaplib
import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.db import close_old_connections
from django.utils import timezone
from imap_tools import (
    AND,
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxUnencrypted,
    MailMessageFlags,
)

from schoolgate.delivery import reply_address
from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.errors import CannotTakeNow, UnknownRecipient
from schoolgate.inbound.mail import headers

logger = logging.getLogger(__name__)

EVERY = 30.0  # seconds
PATIENCE = 20.0  # seconds for one answer of the server
_SENT_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox, from an address such as imaps://user:password@host/INBOX?to=inbound@school."""

    secure: bool
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
        if parts.scheme not in {"imap", "imaps"} or not parts.hostname or "@" not in to:
            raise ValueError(
                "SCHOOLGATE_IMAP_URLS needs addresses such as "
                "imaps://user:password@host/INBOX?to=inbound@school.example."
            )
        secure = parts.scheme == "imaps"
        return cls(
            secure=secure,
            host=parts.hostname,
            port=parts.port or (993 if secure else 143),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            to=to,
        )


def keep_asking(urls: list[str], stopped: threading.Event, every: float = EVERY) -> None:
    """Ask every mailbox until told to stop; one that fails is asked again the next time."""
    mailboxes = [Mailbox.read(url) for url in urls]
    while not stopped.is_set():
        for mailbox in mailboxes:
            _ask_in_this_thread(mailbox, stopped.is_set)
        stopped.wait(every)


def ask_once(mailbox: Mailbox, stop: Callable[[], bool] = lambda: False) -> int:
    """Take what is unseen in one mailbox; how many mails. A failure is logged, nothing is lost."""
    try:
        with _entered(mailbox) as box:
            return sum(
                _take_one(mailbox, box, uid) for uid in box.uids(AND(seen=False)) if not stop()
            )
    except (OSError, imaplib.IMAP4.error, ImapToolsError, CannotTakeNow) as failure:
        logger.warning("The mailbox at %s could not be emptied: %s", mailbox.host, failure)
        return 0


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


def _ask_in_this_thread(mailbox: Mailbox, stop: Callable[[], bool]) -> None:
    """Whatever goes wrong is logged, and the next time comes; its mails stay unseen till then."""
    close_old_connections()
    try:
        ask_once(mailbox, stop)
    except Exception:
        logger.exception("The mailbox at %s could not be emptied.", mailbox.host)
    finally:
        close_old_connections()


def _take_one(mailbox: Mailbox, box: BaseMailBox, uid: str) -> int:
    raw = _bytes_of(box, uid)
    if raw is None:
        return 0
    head = BytesHeaderParser().parsebytes(raw[: 256 * 1024])
    try:
        take(
            content=raw,
            envelope_from=headers.first(head, "Return-Path").strip("<>") or _writer(head),
            envelope_to=recipient_of(head, mailbox.to),
            at=timezone.now(),
        )
    except UnknownRecipient:
        logger.warning("No school has the inbound address %s.", mailbox.to)
        return 0
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
    if mailbox.secure:
        box = MailBox(
            mailbox.host,
            mailbox.port,
            timeout=PATIENCE,
            ssl_context=ssl.create_default_context(),
        )
    else:
        box = MailBoxUnencrypted(mailbox.host, mailbox.port, timeout=PATIENCE)
    return box.login(mailbox.user, mailbox.password, initial_folder=mailbox.folder)
