"""Header lines with words beyond ASCII, folded by ourselves and read back before they are used.

The standard library loses spaces between words where it folds them: of Urdu subjects one in five.
Here the spaces stand inside the encoded words (RFC 2047), so that no reader can drop them.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from email.header import decode_header, make_header
from functools import lru_cache

from schoolgate.delivery.errors import Refused

LONGEST_WORD = 75  # characters of one encoded word
LONGEST_LINE = 76  # characters, where words can be folded
_BEFORE, _AFTER = "=?utf-8?{}?", "?="
# In a name fewer signs may stand as they are than in a subject: these are allowed in both.
_BARE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def header_line(name: str, text: str) -> bytes:
    """A header of plain words, such as a subject. Raises Refused where it reads back otherwise."""
    return _line(name, _pieces(text, len(name) + 2))


def address_line(name: str, shown: str, address: bytes) -> bytes:
    """A header of one address under a name. Raises Refused where the name reads back otherwise."""
    angled = f"<{address.decode('ascii')}>"
    if _is_plain(shown):
        quoted = shown.replace("\\", "\\\\").replace('"', '\\"')
        return _line(name, [f'"{quoted}"', angled] if shown else [angled])
    return _line(name, [*_pieces(shown, len(name) + 2), angled])


@lru_cache(maxsize=256)  # each letter of many bears the same name
def _pieces(text: str, taken: int) -> tuple[str, ...]:
    """Words that may stand on lines of their own: as they are, or encoded."""
    if _is_plain(text):
        return tuple(text.split(" "))
    for how in (_shorter_of(text), _base64):
        words = tuple(_encoded(text, how, taken))
        if _read_back(words) == text:
            return words
    raise Refused("no email can be made of it: its subject or name can't be written")


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text


def _encoded(text: str, how: Callable[[str], str], taken: int) -> Iterator[str]:
    """Encoded words, each short enough; no letter is cut in two."""
    room = LONGEST_WORD - taken
    held = ""
    for letter in text:
        if held and len(how(held + letter)) > room:
            yield how(held)
            held, room = "", LONGEST_WORD
        held += letter
    yield how(held)


def _read_back(words: Sequence[str]) -> str:
    return str(make_header(decode_header("\r\n ".join(words))))


def _shorter_of(text: str) -> Callable[[str], str]:
    return _quoted if len(_quoted(text)) < len(_base64(text)) else _base64


def _base64(text: str) -> str:
    return _BEFORE.format("b") + base64.b64encode(text.encode()).decode() + _AFTER


def _quoted(text: str) -> str:
    coded = (
        chr(octet) if octet in _BARE else "_" if octet == 0x20 else f"={octet:02X}"
        for octet in text.encode()
    )
    return _BEFORE.format("q") + "".join(coded) + _AFTER


def _line(name: str, words: Sequence[str]) -> bytes:
    """The words on as many lines as they need."""
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > LONGEST_LINE and line != f"{name}:":
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line]).encode("ascii") + b"\r\n"
