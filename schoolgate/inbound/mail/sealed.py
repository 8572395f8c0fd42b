"""S/MIME and PGP: what is only signed is opened, what is encrypted is said to be; pure, bounded."""

import re

_SIGNED = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
MOST_STEPS = 100_000
_PGP_SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n(?:[A-Za-z]+: [^\n]*\n)*[ \t]*\r?\n?"
    r"(.*?)(?:-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----[ \t]*\n?|\Z)|\Z)",
    re.DOTALL,
)
_PGP_CLOSED = re.compile(
    r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----[ \t]*\n?|\Z)", re.DOTALL
)
_PGP_KEY = re.compile(
    r"-----BEGIN PGP PUBLIC KEY BLOCK-----.*?(?:-----END PGP PUBLIC KEY BLOCK-----[ \t]*\n?|\Z)",
    re.DOTALL,
)


def without_armour(text: str) -> tuple[str, bool]:
    """Words without the signature around them, and whether something in them is encrypted."""
    if "-----BEGIN PGP" not in text:
        return text, False
    opened = _PGP_SIGNED.sub(lambda found: _undashed(found[1]), text)
    opened = _PGP_KEY.sub("", opened)
    closed = _PGP_CLOSED.sub("", opened)
    return closed, closed != opened


def _undashed(text: str) -> str:
    return re.sub(r"^- ", "", text, flags=re.MULTILINE)


def inside_signed(content: bytes) -> bytes | None:
    """The mail that a PKCS #7 file has signed; nothing where it is encrypted or broken."""
    at = content.find(_SIGNED, 0, 64)
    if at < 0:
        return None
    inner = content.find(_DATA, at)
    if inner < 0:
        return None
    return _octets(content, inner + len(_DATA))


def _octets(content: bytes, at: int) -> bytes | None:
    """What the OCTET STRINGs after an object's name hold, in one piece or in many."""
    pieces: list[bytes] = []
    open_ends: list[int] = []
    for _ in range(MOST_STEPS):
        if at + 2 > len(content) or (pieces and not open_ends):
            break
        while open_ends and 0 <= open_ends[-1] <= at:
            open_ends.pop()
        if pieces and not open_ends:
            break
        tag = content[at]
        length, at = _length(content, at + 1)
        if tag in {0xA0, 0x24}:
            open_ends.append(at + length if length >= 0 else -1)
        elif tag == 0x04 and length >= 0:
            pieces.append(content[at : at + length])
            at += length
            if not open_ends or len(open_ends) == 1 and open_ends[0] == at:
                break
        elif tag == 0 and length == 0 and open_ends:
            open_ends.pop()
        else:
            break
    return b"".join(pieces) or None


def _length(content: bytes, at: int) -> tuple[int, int]:
    """A length and where its content begins; -1 for one that is told by its end."""
    first = content[at] if at < len(content) else 0
    if first < 0x80:
        return first, at + 1
    if first == 0x80:
        return -1, at + 1
    size = first & 0x7F
    return int.from_bytes(content[at + 1 : at + 1 + min(size, 8)], "big"), at + 1 + size
