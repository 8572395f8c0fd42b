"""The bytes of one email: one recipient, ever.

Composed once for all who get the same words; for each person only the lines that hold something of
their own are written anew. A mail object for every person would cost more than all the rest.
"""

import binascii
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.utils import formatdate
from html import escape
from time import time
from weakref import WeakKeyDictionary

from schoolgate.delivery.channel import SLOT_BEGIN, SLOT_END, Letter, Words
from schoolgate.delivery.channels.email.folding import address_line, header_line
from schoolgate.delivery.channels.email.rules import check_sender
from schoolgate.delivery.errors import Refused

# What we put into an envelope: printable ASCII without spaces, brackets or controls.
_ADDRESS = re.compile(r"[!-;=?A-~]+@[A-Za-z0-9.\-\[\]:]+\Z")
_SLOT = re.compile(f"{SLOT_BEGIN}([a-z]+){SLOT_END}")
_LINE = 900  # octets; a longer header line is folded by its words


@dataclass(frozen=True, slots=True)
class Written:
    """One letter as it goes over the wire."""

    letter: Letter
    mail: bytes
    rcpt: bytes
    words: bytes  # dot-stuffed, with the last dot

    @property
    def envelope(self) -> bytes:
        """All that comes before the words."""
        return self.mail + self.rcpt + b"DATA\r\n"


def write(letter: Letter, finish: Callable[[bytes], bytes] | None = None) -> Written:
    """A letter ready for the wire. Raises Refused where no email can be made of it."""
    content = as_bytes(letter)
    if finish is not None:
        content = finish(content)
    return Written(
        letter=letter,
        mail=b"MAIL FROM:<%s>\r\n" % _address(letter.reply_to),
        rcpt=b"RCPT TO:<%s>\r\n" % _address(letter.to),
        words=_stuffed(content) + b".\r\n",
    )


def as_bytes(letter: Letter) -> bytes:
    """The email as a whole. Raises Refused where none can be made of the letter."""
    check_sender(letter)
    try:
        return _composed(letter.words).filled(letter)
    except (ValueError, TypeError, LookupError, MessageError) as failure:
        # Whatever is wrong with one letter, it must not hold up the others on its line.
        raise Refused(f"no email can be made of it: {failure}") from failure


def _composed(words: Words) -> "Composed":
    found = _kept.get(words)
    if found is None:
        found = _kept[words] = Composed(words)
    return found


class Composed:
    """What all letters with the same words have in common, as bytes, with gaps for each person."""

    def __init__(self, words: Words) -> None:
        self.head = _head(words)
        boundary = f"=_{secrets.token_hex(12)}"
        self.headers = words.headers
        self.sender_name = words.sender_name
        self.parts: list[bytes | Line] = []
        if words.html:
            self._add(b'Content-Type: multipart/alternative; boundary="%s"' % boundary.encode())
            self._add(b"\r\n\r\n")
            for kind, body in (("plain", words.text), ("html", words.html)):
                self._add(b"--%s\r\n" % boundary.encode())
                self._add_body(kind, body)
            self._add(b"--%s--\r\n" % boundary.encode())
        else:
            self._add_body("plain", words.text)

    def filled(self, letter: Letter) -> bytes:
        """The bytes for one person."""
        body = [
            part if isinstance(part, bytes) else part.filled(letter.fills) for part in self.parts
        ]
        return b"".join((self.head, *self._personal(letter), *body))

    def _personal(self, letter: Letter) -> Sequence[bytes]:
        """The header lines that differ from person to person."""
        domain = letter.words.sender.rpartition("@")[2]
        lines = [
            b"Message-ID: <%s@%s>\r\n" % (letter.key.encode(), domain.encode()),
            b"Date: %s\r\n" % _now(),
            b"To: %s\r\n" % _address(letter.to),
            address_line("Reply-To", self.sender_name, _address(letter.reply_to)),
        ]
        if letter.answers:
            lines.append(_header("In-Reply-To", letter.answers))
        references = " ".join(filter(None, [letter.thread_id, letter.answers]))
        if references:
            lines.append(_header("References", references))
        lines += [_header(name, letter.filled(value)) for name, value in self.headers]
        return lines

    def _add_body(self, kind: str, body: str) -> None:
        self._add(b'Content-Type: text/%s; charset="utf-8"\r\n' % kind.encode())
        self._add(b"Content-Transfer-Encoding: quoted-printable\r\n\r\n")
        for line in body.rstrip("\n").replace("\r\n", "\n").split("\n"):
            if SLOT_BEGIN in line:
                self.parts.append(Line(_SLOT.split(line), is_html=kind == "html"))
            else:
                self._add(_quoted(line))

    def _add(self, more: bytes) -> None:
        if self.parts and isinstance(self.parts[-1], bytes):
            self.parts[-1] += more
        else:
            self.parts.append(more)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with slots: words and names of slots in turn."""

    pieces: Sequence[str]
    is_html: bool

    def filled(self, fills: Mapping[str, str]) -> bytes:
        """The line with somebody's own words; they may be several lines, or none."""
        own = [fills.get(name, "") for name in self.pieces[1::2]]
        if self.is_html:
            own = [escape(words).replace("\n", "<br>") for words in own]
        together = list(self.pieces)
        together[1::2] = own
        line = "".join(together)
        if "\n" not in line:
            return _quoted(line)
        return b"".join(_quoted(one) for one in line.split("\n"))


_kept: WeakKeyDictionary[Words, Composed] = WeakKeyDictionary()


def _head(words: Words) -> bytes:
    """The header lines that are the same for everybody, blank line aside."""
    lines = [
        address_line("From", words.sender_name, _address(words.sender)),
        header_line("Subject", " ".join(words.subject.split())),
        b"MIME-Version: 1.0\r\n",
        _header("Content-Language", words.language),
    ]
    if words.automatic:
        lines += [b"Auto-Submitted: auto-generated\r\n", b"X-Auto-Response-Suppress: All\r\n"]
    return b"".join(lines)


def _quoted(line: str) -> bytes:
    return binascii.b2a_qp(line.encode(), istext=True).replace(b"\n", b"\r\n") + b"\r\n"


def _stuffed(content: bytes) -> bytes:
    return content.replace(b"\r\n.", b"\r\n..")


def _header(name: str, value: str) -> bytes:
    """A header line of ASCII; what would break out of it is refused."""
    if not value.isascii() or not value.isprintable():
        raise Refused(f"the header {name} can't be written")
    line = f"{name}: {value}"
    return (line if len(line) < _LINE else "\r\n ".join(line.split(" "))).encode() + b"\r\n"


def _address(address: str) -> bytes:
    """For the envelope and the head; a domain beyond ASCII in the form that servers know."""
    local, at, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            address = f"{local}{at}{domain.encode('idna').decode()}"
        except UnicodeError as failure:
            raise Refused("no email can be made of it: there can be no such domain") from failure
    if not _ADDRESS.match(address):
        raise Refused("no email can be made of it: the address can't be written")
    return address.encode()


_date = (0, b"")


def _now() -> bytes:
    """The date of this second, as email writes it."""
    global _date  # noqa: PLW0603 - one line for all letters of a second
    second = int(time())
    if _date[0] != second:
        _date = (second, formatdate(second).encode())
    return _date[1]
