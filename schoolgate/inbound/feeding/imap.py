"""Mailboxes: each is watched on a line of its own, by IDLE where its server can, else by asking.

A mail is marked as seen only when it is committed here; one that was taken and not yet marked is
known again the next time. What a person opened first is taken too: each mailbox is looked through
by its numbers. Nothing is ever deleted or expunged. A line that breaks is taken up again, more
slowly each time it fails.
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
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.db import close_old_connections
from imap_tools import (
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
)

from schoolgate.delivery import reply_address
from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.actions.watching import looked_through, note_look
from schoolgate.inbound.errors import CannotTakeNow, UnknownRecipient
from schoolgate.inbound.mail import headers
from schoolgate.inbound.models import Watched
from schoolgate.inbound.queries import school_for
from schoolgate.school.clock import now

logger = logging.getLogger(__name__)

EVERY = 30.0  # seconds, where the server can't tell by itself
LONGEST_IDLE = 540.0  # seconds until all is asked again; routers forget quiet lines
LOOKS = 1.0  # seconds between looks whether to stop
PATIENCE = 20.0  # seconds for one answer of the server
LONGEST_ANSWER = 2_000  # bytes of what a server says beside a mail
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
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

    @property
    def name(self) -> str:
        """What it is called where it is written down; no password."""
        return f"{self.scheme}://{self.user}@{self.host}:{self.port}/{self.folder}"[:400]

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
    """Take what has come since the last look, whoever has opened it since, and what is unseen."""
    try:
        school = school_for(mailbox.to)
    except UnknownRecipient:
        logger.warning("No school has the inbound address %s.", mailbox.to)
        return 0
    before, at, validity = (
        looked_through(school=school, mailbox=mailbox.name),
        now(),
        _validity(box),
    )
    highest, wanted = _to_take(box, before if before and before.validity == validity else None)
    if before and before.validity != validity:
        wanted = sorted({*wanted, *_numbers(box, f"SINCE {_day_of(before.looked_at)}")})
    # What lay there before the first look was received by nobody: it counts from now.
    since = before.since if before else at
    left, count = [], 0
    for uid in wanted:
        if stop():
            return count
        outcome = _take_if_possible(mailbox, box, uid, since)
        count += outcome or 0
        if outcome is None:
            left.append(uid)
    if wanted or before is None or before.validity != validity:
        note_look(
            school=school, mailbox=mailbox.name, validity=validity, last=highest, left=left, at=at
        )
    return count


def _to_take(box: BaseMailBox, before: Watched | None) -> tuple[int, list[int]]:
    """The highest number there is, and the numbers of what is to be taken now."""
    unseen = set(_numbers(box, "UNSEEN"))
    if before is None:
        every = _numbers(box, "ALL")
        return max(every, default=0), sorted(unseen)
    # A star is the last mail, even where its number is lower.
    fresh = {one for one in _numbers(box, f"UID {before.last + 1}:*") if one > before.last}
    return max(fresh, default=before.last), sorted(unseen | fresh | set(before.left))


def _numbers(box: BaseMailBox, asked: str) -> list[int]:
    return [int(uid) for uid in box.uids(asked) if uid.isdecimal()]


def _validity(box: BaseMailBox) -> int:
    """What the server calls this life of the mailbox; another one has other numbers."""
    told: list[Any] = box.client.untagged_responses.get("UIDVALIDITY") or [b"0"]
    said = bytes(told[-1]).decode("ascii", "replace")
    return int(said) if said.isdecimal() else 0


def _day_of(moment: datetime) -> str:
    """The day before a moment, as IMAP writes days: in no language but English."""
    day = moment - timedelta(days=1)
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def _take_if_possible(mailbox: Mailbox, box: BaseMailBox, uid: int, since: datetime) -> int | None:
    """How many were taken; nothing for one that breaks something: it keeps none behind waiting."""
    try:
        return _take_one(mailbox, box, str(uid), since)
    except _BROKEN:
        raise
    except Exception:
        logger.exception("Mail %s in the mailbox at %s could not be taken.", uid, mailbox.host)
        return None


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


def _take_one(mailbox: Mailbox, box: BaseMailBox, uid: str, since: datetime) -> int:
    """Take one, counted from when it reached the mailbox; an outage of ours is not the family's."""
    found = _bytes_of(box, uid)
    if found is None:
        return 0
    raw, reached = found
    head = BytesHeaderParser().parsebytes(raw[: 256 * 1024])
    at = now()
    take(
        content=raw,
        envelope_from=headers.first(head, "Return-Path").strip("<>") or _writer(head),
        envelope_to=recipient_of(head, mailbox.to),
        at=min(at, max(since, reached or at)),
    )
    # The plain command: the library's own sends EXPUNGE after it, and what somebody struck through
    # would be gone.
    box.client.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
    return 1


def _writer(head: Message) -> str:
    """The envelope's sender is lost in a mailbox, except that an empty one is written down."""
    if headers.first(head, "Return-Path") == "<>":
        return ""
    return next((address for _, address in headers.addresses(head, "From")), "unknown")


def _bytes_of(box: BaseMailBox, uid: str) -> tuple[bytes, datetime | None] | None:
    """A mail byte for byte, without marking it as seen, and when it reached the mailbox (UTC)."""
    _, answer = box.client.uid("fetch", uid, "(INTERNALDATE BODY.PEEK[])")
    found: list[Any] = [one for one in answer or [] if isinstance(one, tuple)]
    if not found:
        return None
    told = b" ".join(piece for one in answer for piece in (one if isinstance(one, tuple) else [one])
                     if isinstance(piece, bytes) and len(piece) < LONGEST_ANSWER)  # fmt: skip
    moment = imaplib.Internaldate2tuple(told)
    reached = datetime.fromtimestamp(time.mktime(moment), UTC) if moment else None
    return bytes(found[0][1]), reached


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
