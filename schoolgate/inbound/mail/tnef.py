"""winmail.dat: the words and files that Outlook packs in its own format (MS-OXTNEF); pure, bounded.

Lengths that lie end the reading; what was found before stands.
"""

import struct
from dataclasses import dataclass, field

from schoolgate.inbound.mail import rtf
from schoolgate.inbound.mail.charsets import decode

SIGNATURE = 0x223E9F78
MOST_ATTRIBUTES = 5_000
MOST_FILES = 100
_MESSAGE, _ATTACHMENT = 1, 2
_BODY, _MAPI, _CODEPAGE = 0x800C, 0x9003, 0x9007
_RENDERING, _DATA, _TITLE, _FILE_MAPI = 0x9002, 0x800F, 0x8010, 0x9005
_P_BODY, _P_RTF, _P_HTML = 0x1000, 0x1009, 0x1013
_P_NAME, _P_SHORT_NAME, _P_MIME, _P_DATA, _P_SHOWN = 0x3707, 0x3704, 0x370E, 0x3701, 0x3001
_SIZES = {
    0x2: 4,
    0x3: 4,
    0x4: 4,
    0x5: 8,
    0x6: 8,
    0x7: 8,
    0xA: 4,
    0xB: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_LONG = {0xD, 0x1E, 0x1F, 0x102}


@dataclass
class Packed:
    """What was in it: files as (name, type, bytes), the words in one of three forms."""

    plain: str = ""
    html: str = ""
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    whole: bool = True


def unpack(content: bytes) -> Packed:
    """Everything that can be taken out."""
    found = Packed()
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != SIGNATURE:
        found.whole = False
        return found
    reader = _Reader(found)
    at = 6
    for _ in range(MOST_ATTRIBUTES):
        if at + 9 > len(content):
            break
        level, tag, _kind, length = struct.unpack_from("<BHHI", content, at)
        value = content[at + 9 : at + 9 + length]
        if level not in {_MESSAGE, _ATTACHMENT} or len(value) < length:
            found.whole = False
        reader.take(level, tag, value)
        if not found.whole:
            break
        at += 11 + length
    reader.end_file()
    return found


class _Reader:
    def __init__(self, found: Packed) -> None:
        self.found = found
        self.charset = "cp1252"
        self.file: dict[str, bytes | str] = {}

    def take(self, level: int, tag: int, value: bytes) -> None:
        """One attribute."""
        if tag == _CODEPAGE and len(value) >= 4:
            self.charset = f"cp{struct.unpack_from('<I', value)[0]}"
        elif level == _MESSAGE and tag == _BODY:
            self.found.plain = self._text(value)
        elif level == _MESSAGE and tag == _MAPI:
            self._words(properties(value))
        elif level == _ATTACHMENT:
            self._of_file(tag, value)

    def end_file(self) -> None:
        """The file that was being read is whole."""
        content = self.file.get("data", b"")
        if isinstance(content, bytes) and content and len(self.found.files) < MOST_FILES:
            name, kind = str(self.file.get("name", "")), str(self.file.get("kind", ""))
            self.found.files.append((name, kind, content))
        self.file = {}

    def _of_file(self, tag: int, value: bytes) -> None:
        if tag == _RENDERING:
            self.end_file()
        elif tag == _DATA:
            self.file["data"] = value
        elif tag == _TITLE:
            self.file.setdefault("name", self._text(value))
        elif tag == _FILE_MAPI:
            said = properties(value)
            for wanted in (_P_SHOWN, _P_SHORT_NAME, _P_NAME):
                if wanted in said:
                    self.file["name"] = self._said(said[wanted])
            if _P_MIME in said:
                self.file["kind"] = self._said(said[_P_MIME])
            if _P_DATA in said:
                self.file.setdefault("data", said[_P_DATA][1])

    def _words(self, said: dict[int, tuple[int, bytes]]) -> None:
        if _P_BODY in said and not self.found.plain.strip():
            self.found.plain = self._said(said[_P_BODY])
        if _P_HTML in said:
            self.found.html = decode(said[_P_HTML][1].rstrip(b"\0"), None)
        if _P_RTF in said and not self.found.plain.strip() and not self.found.html:
            self.found.plain = rtf.words_of(rtf.unpacked(said[_P_RTF][1]))

    def _said(self, value: tuple[int, bytes]) -> str:
        kind, content = value
        if kind == 0x1F:
            return content.decode("utf_16_le", "replace").rstrip("\0")
        return self._text(content)

    def _text(self, value: bytes) -> str:
        return decode(value.rstrip(b"\0"), self.charset)


def properties(value: bytes) -> dict[int, tuple[int, bytes]]:
    """The MAPI properties of a block: id -> (kind, bytes); the first of several values."""
    said: dict[int, tuple[int, bytes]] = {}
    try:
        (count,) = struct.unpack_from("<I", value)
        at = 4
        for _ in range(min(count, MOST_ATTRIBUTES)):
            at = _property(value, at, said)
    except (struct.error, ValueError):
        pass  # what was read before the lie stands
    return said


def _property(value: bytes, at: int, said: dict[int, tuple[int, bytes]]) -> int:
    kind, name = struct.unpack_from("<HH", value, at)
    at += 4
    if name >= 0x8000:
        at = _past_name(value, at)
    several, kind = kind & 0x1000, kind & 0xEFFF
    times = 1
    if several or kind in _LONG:
        (times,) = struct.unpack_from("<I", value, at)
        at += 4
    if kind not in _LONG and kind not in _SIZES:
        raise ValueError
    for _ in range(min(times, MOST_ATTRIBUTES)):
        length = _SIZES.get(kind, 0)
        if kind in _LONG:
            (length,) = struct.unpack_from("<I", value, at)
            at += 4
        if at + length > len(value):
            raise ValueError
        said.setdefault(name, (kind, value[at : at + length]))
        at += length + (-length % 4)
    return at


def _past_name(value: bytes, at: int) -> int:
    (form,) = struct.unpack_from("<I", value, at + 16)
    if form == 0:
        return at + 24
    length = int(struct.unpack_from("<I", value, at + 20)[0])
    return at + 24 + length + (-length % 4)
