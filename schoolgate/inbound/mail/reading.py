"""Reading: bytes as they came become words, files and signs; pure, and it never raises.

No database and no Django: `schoolgate read-email` shows what is understood on any machine.
"""

import datetime
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from schoolgate.inbound.mail import automatic, headers
from schoolgate.inbound.mail.authentication import Authentication, judge
from schoolgate.inbound.mail.bodies import Enclosure, collect
from schoolgate.inbound.mail.parts import inside
from schoolgate.inbound.mail.quoting import fold
from schoolgate.inbound.mail.reports import Report, Says, report_in
from schoolgate.inbound.mail.returning import back_on

# Bounds that keep any bytes within two seconds: what is beyond them stands in the original.
MOST_HEADER_BYTES = 256 * 1024
MOST_LINES = 600_000
MOST_DASHED_LINES = 2_000
MOST_CONTAINERS = 25
# en, cy, pl, ro, fr, de, es, pt, it, nl, Scandinavian; counted answers such as Re[2]: too.
_ANSWERED = re.compile(
    r"^\s*(re|sv|vs|aw|antw|odp|rép|ris|rif|r|atb|res|回复|回覆|رد|جواب)"
    r"\s*(\[\d+\]|\(\d+\))?\s*[:：]",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\s*(fw|fwd|wg|tr|pd|rv|i|enc|doorst|trf|yml|转发|轉寄|إعادة توجيه)"
    r"\s*(\[\d+\]|\(\d+\))?\s*[:：]",
    re.IGNORECASE,
)
_FORWARDED_TEXT = re.compile(
    r"^[ >]*(-{2,}\s*(Forwarded message|Neges a anfonwyd ymlaen|Wiadomość przekazana|"
    r"Przekazana wiadomość|Mesaj redirecționat|Message transféré|Weitergeleitete Nachricht|"
    r"Mensaje reenviado|Mensagem encaminhada|Messaggio inoltrato|Doorgestuurd bericht)\s*-{2,}|"
    r"Begin forwarded message:|Anfang der weitergeleiteten Nachricht:|Début du message transféré)",
    re.IGNORECASE | re.MULTILINE,
)
_CONTAINER = re.compile(rb"content-type:\s*(?:multipart|message)/", re.IGNORECASE)
_DASHED = re.compile(rb"\n--")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """What a mail says, and the signs by which it is put in its place."""

    sender: str = ""
    sender_name: str = ""
    to: tuple[str, ...] = ()
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
    bounded, problems = _bounded(raw)
    message = message_from_bytes(bounded)
    found = collect(message)
    text = found.text
    folding = fold(text)
    name, sender = _sender(message)
    subject = headers.words(message, "Subject")[:998]
    report = report_in(message, null_sender=null_sender)
    by_machine = report is not None or automatic.is_automatic(message, null_sender=null_sender)
    has_headers = any(headers.first(message, known) for known in ("From", "Date", "Message-ID"))
    return ReadMail(
        sender=sender,
        sender_name=name,
        to=tuple(address for _, address in headers.addresses(message, "To")[:50]),
        subject=subject,
        text=text,
        reply=folding.shown,
        folded=folding.folded,
        enclosures=tuple(found.enclosures),
        message_id=next(iter(headers.message_ids(message, "Message-ID")), "")[:998],
        references=_references(message),
        date=headers.words(message, "Date")[:100],
        is_automatic=by_machine,
        is_to_many=automatic.is_to_many(message),
        wants_no_answer=automatic.wants_no_answer(message),
        report=report,
        back_on=_back_on(message, text) if by_machine and not report else None,
        looks_like_reply=bool(_references(message)) or bool(_ANSWERED.match(subject)),
        looks_like_forward=_is_forward(message, subject, text),
        authentication=judge(
            headers.raw_values(message, "Authentication-Results"),
            trusted_authserv,
            sender.rpartition("@")[2],
        ),
        problems=(*problems, *found.problems),
        unreadable=not has_headers or (found.closed and not text.strip()),
    )


def _bounded(raw: bytes) -> tuple[bytes, list[str]]:
    """The bytes that are read, cut where a mail is made to be slow."""
    limits = (
        _header_end(raw),
        _nth(raw, _DASHED, MOST_DASHED_LINES),
        _nth(raw, _CONTAINER, MOST_CONTAINERS),
        _nth_line(raw, MOST_LINES),
    )
    if limits[0]:
        whole_header = raw.find(b"\n\n", limits[0]), raw.find(b"\n\r\n", limits[0])
        ends = [end for end in whole_header if end >= 0]
        kept = raw[: limits[0]]
        rest = raw[min(ends) :] if ends else b"\n\n"
        bounded, problems = _bounded(kept + rest)
        return bounded, ["Its headers are longer than are read.", *problems]
    cuts = [limit for limit in limits[1:] if limit]
    if not cuts:
        return raw, []
    return raw[: min(cuts)], ["It is longer than is read; the rest stands in the original."]


def _header_end(raw: bytes) -> int:
    """Where headers that are too long are cut, at the end of a line; 0 when they are not."""
    start = raw[: MOST_HEADER_BYTES + 4]
    if len(raw) <= MOST_HEADER_BYTES or b"\n\n" in start or b"\n\r\n" in start:
        return 0
    cut = start.rfind(b"\n", 0, MOST_HEADER_BYTES)
    return cut if cut > 0 else MOST_HEADER_BYTES


def _nth(raw: bytes, pattern: re.Pattern[bytes], number: int) -> int:
    for count, found in enumerate(pattern.finditer(raw), start=1):
        if count == number:
            return found.start()
    return 0


def _nth_line(raw: bytes, number: int) -> int:
    if raw.count(b"\n") < number:
        return 0
    return sum(len(line) + 1 for line in raw.split(b"\n", number)[:number])


def _sender(message: Message) -> tuple[str, str]:
    """The one writer; nobody when From names none or several."""
    found = headers.addresses(message, "From")
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


def _is_forward(message: Message, subject: str, text: str) -> bool:
    return (
        bool(_FORWARDED.match(subject))
        or any(headers.first(message, name) for name in ("Resent-From", "X-Forwarded-For"))
        or any(part.get_content_type() == "message/rfc822" for part in [message, *inside(message)])
        or _FORWARDED_TEXT.search(text[:200_000]) is not None
    )
