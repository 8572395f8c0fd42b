"""The coding in which a part's bytes travelled, undone however it was broken; pure."""

import binascii
import re

MOST_PIECES = 2_000  # of base64, each with its own end
MOST_UU = 20  # files written into the words
_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=]+")
_SOFT = re.compile(rb"=[ \t]+(?=\r?\n)")
_PADDED = re.compile(rb"=+")
_HEX = re.compile(rb"=[0-9A-F]{2}")
_HIGH = re.compile(rb"(?:=[89A-F][0-9A-F]){2}")
_SOFT_END = re.compile(rb"=\r?\n")
_WHOLLY_BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]{20,100}\r?\n)*[A-Za-z0-9+/]+={0,2}\s*")
_UU = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n((?:[ -`]{1,90}\r?\n){1,400000})"
    rb"end[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE,
)


def undone(content: bytes, coding: str, *, words: bool) -> bytes:
    """The bytes behind a coding; of words, what stands uncoded beside them is kept."""
    name = coding.strip().lower()
    if name.startswith("base"):
        return _from_base64(content, words=words)
    if name.startswith("quoted"):
        return binascii.a2b_qp(_SOFT.sub(b"=", content))
    if name in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        found = _UU.search(content)
        return _from_uu(found[2]) if found else content
    return _untold(content) if words and len(content) < 2_000_000 else content


def files_in_words(content: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Words without the files that were written into them by uuencode; and these, with names."""
    if b"begin " not in content:
        return content, []
    files: list[tuple[bytes, bytes]] = []

    def taken(found: re.Match[bytes]) -> bytes:
        if len(files) >= MOST_UU:
            return found[0]
        files.append((found[1].strip(), _from_uu(found[2])))
        return b""

    return _UU.sub(taken, content), files


def _from_base64(content: bytes, *, words: bool) -> bytes:
    if words and len(content) < 1_500_000:
        return _words_from_base64(content)
    try:
        return binascii.a2b_base64(content)
    except binascii.Error:
        return _lenient(content)


def _words_from_base64(content: bytes) -> bytes:
    """Words in base64, after which a list or a virus scanner may have put plain ones."""
    coded, plain, ended = [], [], False
    for line in content.split(b"\n"):
        bare = line.strip()
        if len(bare) > 3 and not _looks_coded(bare) and (ended or b" " in bare):
            plain.append(bare)
        elif bare:
            coded.append(bare)
            ended = bare.endswith(b"=") or len(bare) < 60
    if sum(map(len, plain)) > sum(map(len, coded)):
        return content  # it never was base64
    found = _lenient(b"".join(coded))
    return found + b"\n\n" + b"\n".join(plain) if plain else found


def _looks_coded(line: bytes) -> bool:
    return len(_FOREIGN.sub(b"", line)) >= len(line) * 0.9 and b" " not in line


def _lenient(content: bytes) -> bytes:
    """Base64 with rubbish in it, bad padding, or several pieces one after the other."""
    pieces = []
    for piece in _PADDED.split(_FOREIGN.sub(b"", content), maxsplit=MOST_PIECES):
        whole = piece.replace(b"=", b"")
        whole = whole[: len(whole) - 1] if len(whole) % 4 == 1 else whole
        pieces.append(binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)))
    return b"".join(pieces)


def _untold(content: bytes) -> bytes:
    """Words that are coded without saying so, where nothing else could be meant."""
    if b"=" in content and (
        (_SOFT_END.search(content) and _HEX.search(content)) or _HIGH.search(content)
    ):
        plain = binascii.a2b_qp(_SOFT.sub(b"=", content))
        return plain if _is_utf8(plain) else content
    start = content.strip()
    if (
        len(start) >= 40
        and len(b"".join(start.split())) % 4 == 0
        and _WHOLLY_BASE64.fullmatch(start)
    ):
        plain = _lenient(start)
        printable = not any(byte < 9 for byte in plain[:2000])
        return plain if printable and _is_utf8(plain) and b" " in plain else content
    return content


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeError:
        return False
    return True


def _from_uu(lines: bytes) -> bytes:
    found = []
    for line in lines.splitlines():
        try:
            found.append(binascii.a2b_uu(line))
        except binascii.Error:
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            found.append(_short_uu(line[:length]))
    return b"".join(found)


def _short_uu(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
