"""The parts of a mail: words to read and files that came with them; pure, and bounded."""

import re
from dataclasses import dataclass, field
from email.message import Message

from schoolgate.inbound.mail import (
    charsets,
    data_pictures,
    flowed,
    headers,
    invitations,
    rtf,
    sealed,
    tnef,
)
from schoolgate.inbound.mail.html_text import Page, page_of
from schoolgate.inbound.mail.naming import made_up, name_of
from schoolgate.inbound.mail.parts import Part, Tree, content_of, inside
from schoolgate.inbound.mail.sniffing import type_of
from schoolgate.inbound.mail.transfer import files_in_words

DEEPEST = 20
DEEPEST_SEAL = 3
MOST_TEXT = 1_000_000  # characters of words; the rest stands in the original
MOST_LATE = 100_000  # bytes of a file whose words may stand for those of the mail
MOST_LOOKED = 20_000  # characters of HTML that are compared with its plain twin
ENCRYPTED = "It is encrypted, and can be opened only by the person who has the key."
PACKED = "Its files are packed in Outlook’s own format (winmail.dat)."
EMPTY = "A file that came with it is empty."
TOO_LONG = "It is longer than can be shown; the rest stands in the original."
GUESSED = "Its letters were not written as it says; they are read as they most likely are."
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_CLOSED = {"application/pgp-encrypted"}
_SIGNATURES = {
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/pgp-keys",
}  # fmt: skip
_RTF = {"text/rtf", "application/rtf", "text/richtext"}
_PICTURES = re.compile(r"(?:\[(?:cid:[^\]\s]{1,200}|image:? ?[^\]\n]{0,100})\]\s*)+")
# A plain twin that only says that there is another one.
_STUB = re.compile(
    r"(does not support|doesn.t support|not (?:displayed?|show|support)|unable to (?:display|view)|"
    r"cannot (?:display|view|read)|can.t (?:display|view|read)|html[- ](?:e-?mail|message|format|"
    r"version|capable|compatible|view)|view this (?:e-?mail|message)|nie obsługuje|"
    r"unterstützt (?:kein|html)|"
    r"ne (?:prend|supporte|permet)|no (?:soporta|admite|es compatible)|não suporta|non supporta|"
    r"ondersteunt geen|nu (?:suportă|acceptă)|nid yw.{0,30}cefnogi|wiadomość (?:w formacie )?html|"
    r"nachricht im html|html-nachricht|不支持|不支援|لا يدعم)",
    re.IGNORECASE,
)
_META = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,30})", re.IGNORECASE)
_LETTERS = re.compile(r"\w+")
_ATT = re.compile(r"ATT\d{3,8}\.(?:txt|html?)", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:style|script|head|title)\b.*?</(?:style|script|head|title)\s*>|<!--.*?-->|<[^>]*>|&\w+;",
    re.DOTALL | re.IGNORECASE,
)
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<meta http-equiv)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a mail: its name, its type as told, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass
class Words:
    """Words of one part; those of HTML know where a quotation stands."""

    text: str = ""
    markup: str = ""  # HTML that is not read yet
    quotes: tuple[tuple[int, int], ...] | None = None  # nothing for words that were plain
    twin: str = ""  # the HTML that says the same

    def read(self) -> None:
        """Turn the markup into words."""
        if self.markup:
            page = _tidy_page(page_of(self.markup))
            self.text, self.quotes, self.markup = page.text, page.quotes, ""


@dataclass
class Found:
    """What the parts of a mail hold."""

    words: list[Words] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)  # what stands below the words
    late: list[Words] = field(default_factory=list)  # words in files, for a mail without others
    enclosures: list[Enclosure] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    closed: bool = False  # encrypted: a person can't read it here

    def settle(self) -> None:
        """Read what is left, and choose words where none were told."""
        for one in self.words:
            one.read()
        if not any(one.text.strip() for one in self.words):
            self.words = self.late[:5]
            for one in self.words:
                one.read()
        self.words = [one for one in self.words if one.text.strip()]

    @property
    def text(self) -> str:
        """All words in their order."""
        return "\n\n".join(one.text for one in self.words)


def collect(message: Message) -> Found:
    """Walk all parts of a mail."""
    found = Found()
    _walk(message, found, depth=0)
    found.settle()
    return found


def _walk(part: Message, found: Found, depth: int) -> None:
    kind = part.get_content_type()
    if kind in {"message/rfc822", "message/global"} and isinstance(part, Part):
        _mail_inside(part, found, depth)
    elif kind.startswith("message/") and part.is_multipart():
        return  # a report's own parts are read by `automatic`
    elif kind == "multipart/alternative" and part.is_multipart():
        _choose(inside(part), found, depth)
    elif part.is_multipart():
        if kind == "multipart/encrypted":
            _close(found)
        for child in inside(part):
            _walk(child, found, depth + 1)
        _after(part, found)
    else:
        _leaf(part, kind, found, depth)


def _after(part: Message, found: Found) -> None:
    """Words that something wrote below the last boundary."""
    below = part.below.strip() if isinstance(part, Part) else b""
    if below and b"\0" not in below[:2000]:
        _take_words(Words(text=_tidy(charsets.decode(below[:MOST_TEXT], None))), found)


def _choose(parts: list[Message], found: Found, depth: int) -> None:
    """Of the same words told twice, the plain ones when they are there and are all of them."""
    told: list[list[Words]] = []
    for part in parts:
        one = Found()
        _walk(part, one, depth + 1)
        found.enclosures += one.enclosures
        found.asides += one.asides
        found.late += one.late
        found.problems += [problem for problem in one.problems if problem not in found.problems]
        found.closed = found.closed or one.closed
        told.append(one.words)
    plain = next((w for w in told if w and not any(one.markup for one in w) and _says(w)), [])
    rich = next((w for w in reversed(told) if any(one.markup for one in w)), [])
    if plain and not (rich and _is_less(plain, rich)):
        if len(plain) == 1 and len(rich) == 1:
            plain[0].twin = rich[0].markup
        found.words += plain
        return
    for words in rich:
        words.read()
    found.words += rich if _says(rich) else plain or next((one for one in told if _says(one)), [])


def _says(words: list[Words]) -> bool:
    return any(one.text.strip() or one.markup for one in words)


def _is_less(plain: list[Words], rich: list[Words]) -> bool:
    """Whether a plain twin is a mere note that there is HTML, or has lost half of the words."""
    said = "\n".join(one.text for one in plain)
    count = len(_PICTURES.sub("", said))
    if count > 20_000:
        return False
    source = "".join(one.markup for one in rich)
    source = source[max(0, source[:200_000].lower().find("<body")) :][:MOST_LOOKED]
    other = sum(map(len, _LETTERS.findall(_MARKUP.sub(" ", source)))) + sum(
        len(w.text) for w in rich
    )
    mine = sum(map(len, _LETTERS.findall(_PICTURES.sub("", said))))
    return other > 2 * mine + 40 or (count < 600 and other > 3 and bool(_STUB.search(said)))


def _leaf(part: Message, kind: str, found: Found, depth: int) -> None:
    if kind in _SIGNATURES:
        return
    name = name_of(part)
    content = content_of(part)
    if kind in _SEALED or (kind == "application/octet-stream" and name.lower() == "smime.p7m"):
        _open_seal(part, kind, name, content, found, depth)
        return
    if kind in _CLOSED:
        _close(found)
    attached = headers.first(part, "Content-Disposition").lower().startswith("attachment")
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        _unpack(kind, name, content, found)
    elif kind == "text/calendar" or name.lower().endswith(".ics"):
        _invite(part, kind, name, content, found)
    elif kind.startswith(("text/", "multipart/")) or kind == "application/rtf":
        # Exchange makes files of the words after a picture: they are words in their place.
        is_words = _ATT.fullmatch(name) is not None and kind in {"text/plain", "text/html"}
        file = not is_words and (attached or (bool(name) and bool(found.words)))
        _text_part(part, kind, content, found, file=file)
        if (name or attached) and not is_words:
            _enclose(Enclosure(name, kind, content), found)
    else:
        if not name and kind not in _CLOSED and _is_writing(content):
            found.late.append(Words(text=_tidy(charsets.decode(content, _charset_of(part)))))
        _enclose(Enclosure(name, kind, content), found)


def _is_writing(content: bytes) -> bool:
    """Whether bytes that claim to be something else are somebody's words."""
    start = content[:2000]
    return 0 < len(content) < MOST_LATE and not any(b < 9 or 13 < b < 27 for b in start)


def _enclose(file: Enclosure, found: Found) -> None:
    """A file under its name, or one that says what it is; one of no bytes is named all the same."""
    if not file.content:
        if file.name and not any(one.name == file.name for one in found.enclosures):
            found.enclosures.append(file)
            _note(found, EMPTY)
        return
    kind = type_of(file.content, file.media_type, file.name)
    found.enclosures.append(Enclosure(file.name or made_up(kind), kind, file.content))


def _text_part(part: Message, kind: str, content: bytes, found: Found, *, file: bool) -> None:
    """Words; those of a file only for a mail that has no others."""
    if file and (len(content) > MOST_LATE or kind not in {"text/plain", "text/html"}):
        return
    target = Found() if file else found
    _words(part, kind, content, target)
    if file:
        found.late += target.words


def _words(part: Message, kind: str, content: bytes, found: Found) -> None:
    if kind == "text/html" or b"<img" in content[: 4 * MOST_TEXT]:
        content, pictures = data_pictures.taken_out(content)
        for title, media_type, inner in pictures:
            _enclose(Enclosure(title, media_type, inner), found)
    content, files = files_in_words(content)
    for name, inner in files:
        title = headers.one_line(charsets.decode(name, None))
        _enclose(Enclosure(title[-200:] or "file.bin", "application/octet-stream", inner), found)
    if len(content) > 4 * MOST_TEXT:
        _note(found, TOO_LONG)
        content = content[: 4 * MOST_TEXT]
    if kind in _RTF and content.lstrip()[:5] == b"{\\rtf":
        _take_words(Words(text=_tidy(rtf.words_of(content))), found)
        return
    charset = _charset_of(part)
    if kind == "text/html" and not charsets.known(charset):
        said = _META.search(content, 0, 2048)
        charset = said[1].decode("ascii") if said else charset
    text, guessed = charsets.decoded(content, charset)
    if guessed:
        _note(found, GUESSED)
    if len(text) > MOST_TEXT:
        _note(found, TOO_LONG)
        text = text[:MOST_TEXT]
    if kind == "text/html" or _HTML.match(text[:300]):
        _take_words(Words(markup=text), found)
        return
    if kind in {"text/enriched", "text/richtext"}:
        text = flowed.plain_of_enriched(text)
    elif _parameter(part, "format") == "flowed":
        deletes = _parameter(part, "delsp") == "yes"
        text = flowed.unflowed(text.replace("\r\n", "\n"), delete_space=deletes)
    text, closed = sealed.without_armour(text.replace("\r\n", "\n"))
    if closed:
        _close(found)
    _take_words(Words(text=_tidy(text)), found)


def _take_words(words: Words, found: Found) -> None:
    if words.text.strip() or words.markup.strip():
        found.words.append(words)


def _open_seal(
    part: Message, kind: str, name: str, content: bytes, found: Found, depth: int
) -> None:
    """A mail inside a signature is read as if it stood here."""
    inner = sealed.inside_signed(content) if depth < DEEPEST_SEAL * 4 else None
    if inner is None:
        _close(found)
        _enclose(Enclosure(name or "smime.p7m", kind, content), found)
        return
    tree = Tree(inner)
    _walk(tree.read(), found, depth + 4)
    for problem in tree.problems:
        _note(found, problem)


def _close(found: Found) -> None:
    found.closed = True
    _note(found, ENCRYPTED)


def _unpack(kind: str, name: str, content: bytes, found: Found) -> None:
    packed = tnef.unpack(content)
    if not packed.whole:
        _note(found, PACKED)
        _enclose(Enclosure(name or "winmail.dat", kind, content), found)
    inner = Words(text=_tidy(packed.plain)) if packed.plain.strip() else Words(markup=packed.html)
    # The words of winmail.dat are those of the mail once more, where the mail has any.
    if inner.text or inner.markup:
        found.late.append(inner)
    for title, media_type, inside_it in packed.files:
        shown = headers.one_line(title)[-200:] or "file.bin"
        _enclose(
            Enclosure(shown, media_type.lower() or "application/octet-stream", inside_it), found
        )


def _invite(part: Message, kind: str, name: str, content: bytes, found: Found) -> None:
    line = invitations.line_of(charsets.decode(content[:400_000], _charset_of(part)))
    if line and line not in found.asides:
        found.asides.append(headers.one_line(line))
    if not any(one.content == content for one in found.enclosures):
        _enclose(Enclosure(name or "invitation.ics", kind, content), found)


def _mail_inside(part: Part, found: Found, depth: int) -> None:
    mail = next(iter(inside(part)), part)
    subject = headers.words(mail, "Subject")
    name = re.sub(r"[^\w .,-]", "", subject)[:80].strip() or "email"
    _enclose(Enclosure(f"{name}.eml", "message/rfc822", part.whole), found)
    if depth > 2:
        return
    inner = Found()
    _walk(mail, inner, depth + 3)
    inner.settle()
    if inner.text.strip():
        sender = headers.words(mail, "From")
        head = "\n".join(filter(None, [sender, headers.words(mail, "Date"), subject]))
        found.late.append(Words(text=f"{head}\n\n{inner.text}".strip()))


def _tidy(text: str) -> str:
    lines = headers.clean(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    kept = (line if line == "-- " else line.rstrip() for line in lines)
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(kept)).strip("\n")


def _tidy_page(page: Page) -> Page:
    """The same for lines whose numbers matter: at most two empty ones follow each other."""
    lines: list[str] = []
    moved: list[int] = []
    for line in headers.clean(page.text).split("\n"):
        moved.append(len(lines))
        if line.strip() or len(lines) < 2 or lines[-1].strip() or lines[-2].strip():
            lines.append(line.rstrip() if line != "-- " else line)
    moved.append(len(lines))
    quotes = tuple(
        (moved[min(since, len(moved) - 1)], moved[min(until, len(moved) - 1)])
        for since, until in page.quotes
    )
    return Page("\n".join(lines), quotes)


def _parameter(part: Message, name: str) -> str:
    try:
        return str(part.get_param(name, "")).lower()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def _charset_of(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _note(found: Found, problem: str) -> None:
    if problem not in found.problems:
        found.problems.append(problem)
