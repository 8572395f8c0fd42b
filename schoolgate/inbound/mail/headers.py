"""Email headers as text, whatever was done to them; pure."""

import re
from collections.abc import Iterator
from email.message import Message

from schoolgate.inbound.mail import transfer
from schoolgate.inbound.mail.addresses import parse
from schoolgate.inbound.mail.charsets import decode as decode

_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]{2,40})", re.IGNORECASE)
MOST = 20_000  # characters of one header that are looked at
LONGEST_ADDRESS = 254
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")
# Looser than RFC 2047: broken over lines, with spaces in it, or never closed.
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?\s*([bBqQ])\s*\?([^?]*)(?:\?=|\?$|$)")
# Turning the direction by force (202D, 202E) hides what a name or an address is.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202d\u202e]")


def raw_values(message: Message, name: str) -> Iterator[str]:
    """Every value of a header as it was written, bytes beyond ASCII as what they most likely are"""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            yield _text_of(str(value)[:MOST], message)


def first(message: Message, name: str) -> str:
    """The first value of a header, encoded words still encoded; empty when there is none."""
    return next(raw_values(message, name), "").strip()


def words(message: Message, name: str) -> str:
    """A header as a person reads it, on one line."""
    return decoded(first(message, name))


def decoded(value: str) -> str:
    """Encoded words decoded; what can't be decoded stands as it came."""
    if "=?" not in value:
        return one_line(value)
    pieces: list[str] = []
    end, pending, charset = 0, b"", ""
    for found in _ENCODED.finditer(value):
        between = value[end : found.start()]
        name = found[1].partition("*")[0]
        # A letter of several bytes may be cut in two: equal neighbours are joined before decoding.
        if pending and (between.strip() or name.lower() != charset.lower()):
            pieces.append(decode(pending, charset))
            pending = b""
        if between.strip() or not end:
            pieces.append(between)
        pending += _bytes_of(found[2], found[3])
        charset, end = name, found.end()
    pieces += [decode(pending, charset) if pending else "", value[end:]]
    return one_line("".join(pieces))


def one_line(text: str) -> str:
    """Without line breaks and control characters."""
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """Without null bytes, lone surrogates and control characters that no database or page takes."""
    return _UNPRINTABLE.sub(_instead, text)


def addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """The (name, address) pairs of a header, parsed before decoding: no name becomes an address."""
    found = [pair for value in raw_values(message, name) for pair in parse(value)]
    small = [(decoded(shown), address.lower()) for shown, address in found]
    return [(shown, address) for shown, address in small if _is_address(address)]


def _is_address(words: str) -> bool:
    local, _, domain = words.rpartition("@")
    plain = words.isprintable() and not re.search(r"[\s<>]", words)
    whole = bool(local and domain) and "@" not in local
    return plain and whole and len(words) <= LONGEST_ADDRESS


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """The Message-IDs in a header."""
    values = list(raw_values(message, name))
    return tuple(one_line(found) for value in values for found in _MESSAGE_ID.findall(value))


def _instead(found: re.Match[str]) -> str:
    return "?" if "\ud800" <= found[0] <= "\udfff" else ""


def _text_of(value: str, message: Message) -> str:
    if value.isascii() and "\x1b" not in value:
        return value
    return decode(value.encode("utf-8", "surrogateescape"), _charset_of_words(message))


def _charset_of_words(message: Message) -> str | None:
    """The charset of a mail's words: old programs write their headers in it, too."""
    told = next((v for k, v in message.raw_items() if k.lower() == "content-type"), "")
    found = _CHARSET.search(str(told)[:MOST])
    return found[1] if found else None


def _bytes_of(coding: str, text: str) -> bytes:
    plain = text.encode("utf-8", "replace")
    if coding in "bB":
        return transfer.undone(plain, "base64", words=False)
    return transfer.undone(plain.replace(b"_", b" "), "quoted-printable", words=False)
