"""Email headers as text, whatever was done to them; pure."""

import codecs
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

MOST = 20_000  # characters of one header that are looked at
LONGEST_ADDRESS = 254
# Codecs that are no charsets, or that take minutes over a megabyte.
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")


def raw_values(message: Message, name: str) -> Iterator[str]:
    """Every value of a header as it was written, bytes beyond ASCII read as UTF-8 or Latin-1."""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            yield _text_of(str(value)[:MOST])


def first(message: Message, name: str) -> str:
    """The first value of a header, encoded words still encoded; empty when there is none."""
    return next(raw_values(message, name), "").strip()


def words(message: Message, name: str) -> str:
    """A header as a person reads it, on one line."""
    return decoded(first(message, name))


def decoded(value: str) -> str:
    """Encoded words decoded; what can't be decoded stands as it came."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return one_line(value)
    return one_line("".join(_piece(content, charset) for content, charset in pieces))


def one_line(text: str) -> str:
    """Without line breaks and control characters."""
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """Without null bytes, lone surrogates and control characters that no database or page takes."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in whole if c in "\n\t" or c.isprintable() or not c.isascii())


def decode(content: bytes, charset: str | None) -> str:
    """Bytes as text: by the charset that is claimed, else UTF-8, else Windows-1252."""
    for candidate in (charset, "utf-8"):
        known = _known(candidate)
        if known:
            try:
                return content.decode(known)
            except (UnicodeError, ValueError):
                continue
    return content.decode("cp1252", "replace")


def addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """The (name, address) pairs of a header, parsed before decoding: no name becomes an address."""
    values = list(raw_values(message, name))
    found = getaddresses([value.replace("\r", " ").replace("\n", " ") for value in values])
    return [
        (decoded(shown), address.strip().lower())
        for shown, address in found
        if _is_address(address.strip().lower())
    ]


def _is_address(words: str) -> bool:
    plain = words.isprintable() and not re.search(r"\s", words)
    return plain and "@" in words and len(words) <= LONGEST_ADDRESS


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """The Message-IDs in a header."""
    values = list(raw_values(message, name))
    return tuple(one_line(found) for value in values for found in _MESSAGE_ID.findall(value))


def _text_of(value: str) -> str:
    if value.isascii():
        return value
    return decode(value.encode("utf-8", "surrogateescape"), None)


def _piece(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        return content
    # Text between encoded words comes back as bytes without a charset, escaped where not ASCII.
    return decode(content, charset) if charset else content.decode("raw_unicode_escape", "replace")


def _known(charset: str | None) -> str:
    if not charset:
        return ""
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("-", "_") in _NOT_CHARSETS else name
