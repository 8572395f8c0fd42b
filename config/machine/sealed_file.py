"""A file sealed to a key whose other half is kept elsewhere, written and read piece by piece.

The school's machine holds the public half alone, so that whoever takes a backup, or the machine,
reads nothing of it. X25519 makes a key for the one file, ChaCha20-Poly1305 seals each piece with
its number and whether it is the last: what was cut off, turned round or changed is known.
"""

import base64
import binascii
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config.machine.errors import MachineError

BEGINS = b"Schoolgate sealed backup 1\n"
PIECE = 1 << 20
_HALF, _TAG = 32, 16
_PRIVATE, _PUBLIC = "schoolgate-private-", "schoolgate-public-"


class SealError(MachineError):
    """The file can't be opened with this key."""


def new_pair() -> tuple[str, str]:
    """A private half, to be kept elsewhere, and the public half that seals for it."""
    private = X25519PrivateKey.generate()
    return _words(_PRIVATE, private.private_bytes_raw()), _words(
        _PUBLIC, private.public_key().public_bytes_raw()
    )


def is_sealed(source: IO[bytes]) -> bool:
    """Whether a file begins like a sealed one; it is read from its beginning afterwards."""
    source.seek(0)
    begins = source.read(len(BEGINS))
    source.seek(0)
    return begins == BEGINS


def seal(source: IO[bytes], into: IO[bytes], public: str) -> None:
    """Seal all of a file for the holder of the other half. Raises SealError."""
    reader = X25519PublicKey.from_public_bytes(_octets(_PUBLIC, public))
    mine = X25519PrivateKey.generate()
    half = mine.public_key().public_bytes_raw()
    cipher = _cipher(mine.exchange(reader), half, reader.public_bytes_raw())
    into.write(BEGINS + half)
    number, piece = 0, source.read(PIECE)
    while True:
        after = source.read(PIECE)
        into.write(cipher.encrypt(_nonce(number, last=not after), piece, None))
        if not after:
            return
        number, piece = number + 1, after


def open_sealed(source: IO[bytes], into: IO[bytes], private: str) -> None:
    """Open all of a sealed file with the other half. Raises SealError, and then `into` is worth
    nothing."""
    mine = X25519PrivateKey.from_private_bytes(_octets(_PRIVATE, private))
    source.read(len(BEGINS))
    half = source.read(_HALF)
    if len(half) != _HALF:
        raise SealError("This backup was cut off.")
    shared = mine.exchange(X25519PublicKey.from_public_bytes(half))
    cipher = _cipher(shared, half, mine.public_key().public_bytes_raw())
    number, piece = 0, source.read(PIECE + _TAG)
    while True:
        after = source.read(PIECE + _TAG)
        try:
            into.write(cipher.decrypt(_nonce(number, last=not after), piece, None))
        except InvalidTag as error:
            raise SealError(
                "This backup was sealed for another key, or it was changed or cut off."
            ) from error
        if not after:
            return
        number, piece = number + 1, after


def read_private(path: Path) -> str:
    """The private half out of its file. Raises SealError."""
    try:
        return path.read_text().strip()
    except OSError as error:
        raise SealError(f"{path} can't be read: {error.strerror}.") from error


def _cipher(shared: bytes, half: bytes, reader: bytes) -> ChaCha20Poly1305:
    made = HKDF(hashes.SHA256(), 32, salt=half + reader, info=BEGINS).derive(shared)
    return ChaCha20Poly1305(made)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _words(begins: str, half: bytes) -> str:
    return begins + base64.urlsafe_b64encode(half).decode().rstrip("=")


def _octets(begins: str, words: str) -> bytes:
    rest = words.strip().removeprefix(begins)
    try:
        half = base64.urlsafe_b64decode(rest + "=" * (-len(rest) % 4))
    except (binascii.Error, ValueError):
        half = b""
    if not words.strip().startswith(begins) or len(half) != _HALF:
        raise SealError(f"This is no key of a backup: one begins with {begins}")
    return half
