"""The words of rich text (RTF), as Outlook packs them into winmail.dat; pure, and bounded."""

import re
from dataclasses import dataclass, replace

from schoolgate.inbound.mail.charsets import known, paired

MOST = 2_000_000  # bytes of RTF that are looked at
MOST_WORDS = 300_000  # characters
MOST_UNPACKED = 600_000  # bytes
DEEPEST = 300
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}]+)", re.S
)
# Groups that hold no words.
_SILENT = {
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer",
    b"generator", b"themedata", b"datastore", b"listtable", b"xmlnstbl", b"fldinst", b"rsidtbl",
    b"listoverridetable", b"latentstyles", b"footnote", b"nonshppict", b"shppict",
}  # fmt: skip
_SIGNS = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"row": "\n", b"cell": "  ", b"sect": "\n",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•",
}  # fmt: skip
# A prefix that packed RTF may refer back to (MS-OXRTFCP 2.1.3.1.1).
_PREFIX = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


@dataclass(frozen=True, slots=True)
class _State:
    silent: bool = False
    skip: int = 1  # signs that stand for one in old programs


def words_of(content: bytes) -> str:
    """The words, a line for each paragraph; of HTML packed in RTF, the words between the tags."""
    reader = _Reader()
    for token in _TOKEN.finditer(content[:MOST]):
        reader.take(token)
        if reader.length > MOST_WORDS or len(reader.stack) > DEEPEST:
            break
    return reader.text()


class _Reader:
    """Follows the groups and collects what is meant to be seen."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.pending = b""
        self.charset = "cp1252"
        self.state = _State()
        self.stack: list[_State] = []
        self.skip = 0
        self.length = 0

    def take(self, token: re.Match[bytes]) -> None:
        """One token."""
        word, number, code, sign, brace, plain = token.groups()
        if brace == b"{":
            self.stack.append(self.state)
        elif brace == b"}":
            self.state = self.stack.pop() if self.stack else _State()
        elif word:
            self._command(word, int(number) if number else None)
        elif code:
            self._byte(bytes([int(code, 16)]))
        elif sign == b"*":
            self.state = replace(self.state, silent=True)
        elif sign in (b"\\", b"{", b"}"):
            self._byte(sign)
        elif sign == b"~":
            self._say(" ")
        elif plain:
            self._plain(plain)

    def text(self) -> str:
        """All words."""
        self._flush()
        return re.sub(r"\n{3,}", "\n\n", paired("".join(self.pieces))).strip()

    def _command(self, word: bytes, number: int | None) -> None:
        if word in _SILENT:
            self.state = replace(self.state, silent=True)
        elif word == b"htmlrtf":
            # What RTF needs and the packed HTML does not.
            self.state = replace(self.state, silent=number != 0)
        elif word == b"ansicpg" and number:
            self.charset = known(f"cp{number}") or self.charset
        elif word == b"uc" and number is not None:
            self.state = replace(self.state, skip=min(number, 4))
        elif word == b"u" and number is not None:
            self._say(chr(number % 65536))
            self.skip = self.state.skip
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _plain(self, plain: bytes) -> None:
        text = plain.replace(b"\r", b"").replace(b"\n", b"")
        while self.skip and text:
            text, self.skip = text[1:], self.skip - 1
        if text and not self.state.silent:
            self.pending += text
            self.length += len(text)

    def _byte(self, byte: bytes) -> None:
        if self.skip:
            self.skip -= 1
        elif not self.state.silent:
            self.pending += byte

    def _say(self, words: str) -> None:
        if not self.state.silent:
            self._flush()
            self.pieces.append(words)

    def _flush(self) -> None:
        if self.pending:
            self.pieces.append(self.pending.decode(self.charset, "replace"))
            self.pending = b""


def unpacked(content: bytes) -> bytes:
    """RTF as Outlook compresses it (MS-OXRTFCP), up to what is looked at."""
    if content[8:12] == b"MELA":
        return content[16 : 16 + MOST]
    if content[8:12] != b"LZFu":
        return b""
    window = bytearray(_PREFIX.ljust(4096, b"\0"))
    place, found, at = len(_PREFIX), bytearray(), 16
    while at < len(content) and len(found) < MOST_UNPACKED:
        flags = content[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                piece = content[at : at + 1]
                at += 1
            else:
                pair = int.from_bytes(content[at : at + 2], "big")
                at += 2
                if pair >> 4 == place or at > len(content):
                    return bytes(found)
                piece = b""
                for step in range((pair & 15) + 2):
                    byte = window[((pair >> 4) + step) % 4096]
                    found.append(byte)
                    window[place] = byte
                    place = (place + 1) % 4096
            for byte in piece:
                found.append(byte)
                window[place] = byte
                place = (place + 1) % 4096
    return bytes(found)
