"""The parts of a mail: words to read and files that came with them; pure, and bounded."""

import re
from dataclasses import dataclass, field
from email.message import Message

from schoolgate.inbound.mail import headers
from schoolgate.inbound.mail.html_text import text_of
from schoolgate.inbound.mail.parts import content_of, inside

DEEPEST = 20
MOST_PARTS = 200
MOST_TEXT = 1_000_000  # characters of words; the rest stands in the original
_WRAPPED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_SIGNATURES = {
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a mail: its name, its type as told, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass
class Found:
    """What the parts of a mail hold."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    parts: int = 0
    closed: bool = False  # encrypted: a person can't read it here

    @property
    def text(self) -> str:
        """The words, a plain part before its HTML twin."""
        return "\n\n".join(filter(str.strip, [*self.plain, *self.html]))


def collect(message: Message) -> Found:
    """Walk all parts of a mail."""
    found = Found()
    _walk(message, found, depth=0)
    return found


def _walk(part: Message, found: Found, depth: int) -> None:
    found.parts += 1
    if found.parts > MOST_PARTS or depth > DEEPEST:
        _note(found, "There are more parts than are read; the rest stands in the original.")
        return
    kind = part.get_content_type()
    if kind == "message/rfc822":
        found.enclosures.append(_as_enclosure(part, found))
    elif kind.startswith("message/") and part.is_multipart():
        return  # a report's own parts are read by `automatic`
    elif kind == "multipart/alternative" and part.is_multipart():
        _choose(inside(part), found, depth)
    elif part.is_multipart():
        for child in inside(part):
            _walk(child, found, depth + 1)
    else:
        _leaf(part, kind, found)


def _choose(parts: list[Message], found: Found, depth: int) -> None:
    """Of the same words told twice, the plain ones when they are there."""
    told = []
    for part in parts:
        one = Found(parts=found.parts)
        _walk(part, one, depth + 1)
        found.parts = one.parts
        found.enclosures += one.enclosures
        found.problems += [problem for problem in one.problems if problem not in found.problems]
        found.closed = found.closed or one.closed
        told.append(one)
    best = next((one for one in told if one.plain and one.text.strip()), None)
    best = best or next((one for one in told if one.text.strip()), None)
    if best:
        found.plain += best.plain
        found.html += best.html


def _leaf(part: Message, kind: str, found: Found) -> None:
    name = _name_of(part)
    content = content_of(part)
    if kind in _SIGNATURES:
        return
    if kind in _WRAPPED:
        found.closed = True
        _note(found, "It is encrypted, and can be opened only by the person who has the key.")
    attached = headers.first(part, "Content-Disposition").lower().startswith("attachment")
    if kind.startswith("text/") and not name and not attached and kind != "text/calendar":
        _words(part, kind, content, found)
    elif content:
        found.enclosures.append(Enclosure(name or _made_up(kind), kind, content))
        if kind == "application/ms-tnef":
            _note(found, "Its files are packed in Outlook’s own format (winmail.dat).")


def _words(part: Message, kind: str, content: bytes, found: Found) -> None:
    text = headers.decode(content, _charset_of(part))
    if len(text) > MOST_TEXT:
        _note(found, "It is longer than can be shown; the rest stands in the original.")
        text = text[:MOST_TEXT]
    if kind == "text/html":
        found.html.append(_tidy(text_of(text)))
    else:
        found.plain.append(_tidy(text))


def _tidy(text: str) -> str:
    lines = headers.clean(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _charset_of(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, TypeError, LookupError, AttributeError, IndexError):
        return None


def _name_of(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError, LookupError, AttributeError, IndexError):
        name = "file"
    return headers.decoded(name)[-200:] if name else ""


def _made_up(kind: str) -> str:
    subtype = re.sub(r"[^a-z0-9]", "", kind.partition("/")[2])[:10]
    return f"file.{subtype or 'bin'}"


def _as_enclosure(part: Message, found: Found) -> Enclosure:
    mail = next(iter(inside(part)), part)
    try:
        content = mail.as_bytes() if mail is not part else content_of(part)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        _note(found, "An email inside it could not be taken out; it stands in the original.")
        content = b""
    name = re.sub(r"[^\w .,-]", "", headers.words(mail, "Subject"))[:80].strip() or "email"
    return Enclosure(f"{name}.eml", "message/rfc822", content)


def _note(found: Found, problem: str) -> None:
    if problem not in found.problems:
        found.problems.append(problem)
