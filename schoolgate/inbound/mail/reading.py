"""Reading: bytes as they came become words, files and signs; pure, and it never raises.

No database and no Django: `schoolgate read-email` shows what is understood on any machine.
"""

import codecs
import datetime
import re
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime

from schoolgate.inbound.mail import automatic, groups, headers
from schoolgate.inbound.mail.authentication import Authentication, judge
from schoolgate.inbound.mail.bodies import Enclosure, Found, collect
from schoolgate.inbound.mail.html_text import page_of
from schoolgate.inbound.mail.parts import Tree, inside
from schoolgate.inbound.mail.prefixes import ANSWERED, FORWARDED
from schoolgate.inbound.mail.quoting import Folding, fold, fold_by_twin
from schoolgate.inbound.mail.reports import Report, Says, report_in
from schoolgate.inbound.mail.returning import back_on

MOST_BYTES = 60_000_000
MOST_UNKNOWN = 100_000  # bytes that are shown of what is no mail
_FORWARDED_TEXT = re.compile(
    r"^[ >]*(-{2,}\s*(Forwarded message|Neges a anfonwyd ymlaen|Wiadomość przekazana|"
    r"Przekazana wiadomość|Mesaj redirecționat|Message transféré|Weitergeleitete Nachricht|"
    r"Mensaje reenviado|Mensagem encaminhada|Messaggio inoltrato|Doorgestuurd bericht)\s*-{2,}|"
    r"Begin forwarded message:|Anfang der weitergeleiteten Nachricht:|Début du message transféré)",
    re.IGNORECASE | re.MULTILINE,
)
# What a mail has at least one of.
_KNOWN = (
    "From", "To", "Subject", "Date", "Message-ID", "Received", "Reply-To", "Sender", "MIME-Version",
    "Content-Type", "Return-Path", "Cc",
)  # fmt: skip
TOO_LONG = "It is longer than is read; the rest stands in the original."
NO_HEADERS = "It has none of an email’s headers."
SEVERAL_WRITERS = "It names several writers, so that nobody can be told to have written it."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """What a mail says, and the signs by which it is put in its place."""

    sender: str = ""
    sender_name: str = ""
    to: tuple[str, ...] = ()
    reply_to: str = ""
    subject: str = ""
    text: str = ""
    reply: str = ""
    folded: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    message_id: str = ""
    references: tuple[str, ...] = ()
    date: str = ""
    is_automatic: bool = False
    is_to_many: bool = False
    wants_no_answer: bool = False
    report: Report | None = None
    back_on: datetime.date | None = None
    looks_like_reply: bool = False
    looks_like_forward: bool = False
    carried_on: bool = False  # only a mailbox's own rule passed it on, and no words say so
    through_group: bool = False  # a group wrote itself into From; `sender` is who wrote to it
    authentication: Authentication = Authentication.UNKNOWN
    problems: tuple[str, ...] = ()
    unreadable: bool = False

    @property
    def kind(self) -> str:
        """One of message, automatic, bounce, unreadable."""
        if self.unreadable:
            return "unreadable"
        if self.report and self.report.says == Says.FAILED:
            return "bounce"
        return "automatic" if self.is_automatic else "message"


def read(raw: bytes, *, null_sender: bool = False, trusted_authserv: str = "") -> ReadMail:
    """Everything that is understood of a mail; at worst `unreadable`, with the reason."""
    try:
        return _read(raw, null_sender=null_sender, trusted_authserv=trusted_authserv)
    except Exception as failure:  # noqa: BLE001 - any bytes may come; the outcome is the tray
        return ReadMail(
            unreadable=True, problems=(f"It could not be read: {type(failure).__name__}.",)
        )


def _read(raw: bytes, *, null_sender: bool, trusted_authserv: str) -> ReadMail:
    bounded = _readable(raw[:MOST_BYTES])
    tree = Tree(bounded)
    message = tree.read()
    known = any(headers.first(message, one) for one in _KNOWN)
    if not known:
        return _without_headers(bounded)
    found = collect(message)
    subject = headers.words(message, "Subject")[:998]
    references = _references(message)
    named = bool(ANSWERED.match(subject) or FORWARDED.match(subject))
    answers = bool(references) or named or _is_to_a_reply_address(message)
    folding = _folded(found, answers=answers, known=_correspondents(message))
    text = "\n\n".join(filter(None, [found.text, *found.asides]))
    name, sender = _sender(message)
    behind = groups.writer_behind(message, sender)
    report = report_in(message, null_sender=null_sender)
    by_machine = report is not None or automatic.is_automatic(message, null_sender=null_sender)
    return ReadMail(
        sender=behind or sender,
        sender_name=name,
        to=tuple(address for _, address in headers.addresses(message, "To")[:50]),
        reply_to=next((one for _, one in headers.addresses(message, "Reply-To")), ""),
        subject=subject,
        text=text,
        reply="\n\n".join(filter(None, [folding.shown, *found.asides])),
        folded=folding.folded,
        enclosures=tuple(found.enclosures),
        message_id=next(iter(headers.message_ids(message, "Message-ID")), "")[:998],
        references=references,
        date=headers.words(message, "Date")[:100],
        is_automatic=by_machine,
        is_to_many=automatic.is_to_many(message),
        wants_no_answer=automatic.wants_no_answer(message),
        report=report,
        back_on=_back_on(message, text) if by_machine and not report else None,
        looks_like_reply=bool(references) or bool(ANSWERED.match(subject)),
        looks_like_forward=_was_carried_on(message) or _is_forward(message, subject, text),
        carried_on=_was_carried_on(message) and not _is_forward(message, subject, text),
        through_group=bool(behind),
        authentication=judge(
            headers.raw_values(message, "Authentication-Results"),
            trusted_authserv,
            sender.rpartition("@")[2],
        ),
        problems=(
            *([TOO_LONG] if len(raw) > MOST_BYTES else []),
            *([SEVERAL_WRITERS] if _writers(message) > 1 else []),
            *tree.problems,
            *found.problems,
        ),
        unreadable=found.closed and not text.strip(),
    )


def _readable(raw: bytes) -> bytes:
    """The bytes as mail has them: no marks before it, and lines that end as lines do."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raw = raw.decode("utf_16", "replace").encode()
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if raw[:1] in {b"\r", b"\n"}:
        raw = raw.lstrip(b"\r\n")
    if b"\n" not in raw[:100_000] and b"\r" in raw[:100_000]:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw


def _folded(found: Found, *, answers: bool, known: frozenset[str]) -> Folding:
    """What was written and what was quoted, by the words themselves or by their HTML twin."""
    only = found.words[0] if len(found.words) == 1 else None
    quotes = only.quotes if only else None
    folding = fold(found.text, quotes=quotes, answers=answers, known=known)
    if not folding.folded and len(found.words) > 1:
        # A list's footer below a quotation is no answer to it: each part is told for itself.
        each = [
            fold(one.text, quotes=one.quotes, answers=answers, known=known) for one in found.words
        ]
        shown, folded = (one.shown for one in each), (one.folded for one in each)
        return Folding("\n\n".join(filter(None, shown)), "\n\n".join(filter(None, folded)))
    if folding.folded or not only or not only.twin:
        return folding
    page = page_of(only.twin)
    if not page.quotes:
        return folding
    twin = fold(page.text, quotes=page.quotes, answers=answers, known=known)
    return (fold_by_twin(only.text, twin.shown) if twin.folded else None) or folding


def _is_to_a_reply_address(message: Message) -> bool:
    """Whether it went to an address with something after a plus, as an answer to ours does."""
    return any("+" in one.partition("@")[0] for _, one in headers.addresses(message, "To")[:50])


def _correspondents(message: Message) -> frozenset[str]:
    """Everybody who wrote or was written to."""
    names = ("From", "To", "Cc", "Reply-To")
    found = {one for name in names for _, one in headers.addresses(message, name)[:50]}
    # Colleagues at the place it was written to count as well; its writer's provider does not.
    places = {one[one.rfind("@") :] for _, one in headers.addresses(message, "To")[:50]}
    return frozenset(found | places)


def _without_headers(raw: bytes) -> ReadMail:
    """What is no mail; if it is somebody's words, a person can read them."""
    text = headers.clean(headers.decode(raw[:MOST_UNKNOWN], None)).replace("\r", "").strip()
    odd = sum(byte < 9 or 13 < byte < 27 for byte in raw[:2000])
    start = text[:2000]
    if odd or sum(c.isascii() or c.isalpha() for c in start) < len(start) * 0.9:
        text = ""
    return ReadMail(text=text, reply=text, problems=(NO_HEADERS,), unreadable=True)


def _writers(message: Message) -> int:
    return len({address for _, address in headers.addresses(message, "From")})


def _sender(message: Message) -> tuple[str, str]:
    """The one writer; nobody when From names none or several."""
    found = headers.addresses(message, "From")
    if len({address for _, address in found}) == 1:
        found = found[:1]  # some programs write the address for the name too
    if len(found) != 1 or sum(1 for _ in headers.raw_values(message, "From")) != 1:
        return "", ""
    return found[0]


def _back_on(message: Message, text: str) -> datetime.date | None:
    """The day of return in an absence note, counted from when it was written."""
    try:
        written = parsedate_to_datetime(headers.first(message, "Date")).date()
    except (ValueError, TypeError, OverflowError):
        return None
    return back_on(f"{headers.words(message, 'Subject')}\n{text}", written)


def _references(message: Message) -> tuple[str, ...]:
    ids = (
        *headers.message_ids(message, "In-Reply-To"),
        *headers.message_ids(message, "References"),
    )
    return tuple(dict.fromkeys(ids))[-50:]


def _was_carried_on(message: Message) -> bool:
    """Whether a mailbox passed it on by itself, as it came."""
    return any(headers.first(message, name) for name in ("Resent-From", "X-Forwarded-For"))


def _is_forward(message: Message, subject: str, text: str) -> bool:
    return (
        bool(FORWARDED.match(subject))
        or any(part.get_content_type() == "message/rfc822" for part in [message, *inside(message)])
        or _FORWARDED_TEXT.search(text[:200_000]) is not None
    )
