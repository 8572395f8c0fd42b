"""The journal: what one sorting has handed over and not yet written to the database.

It is a file on this machine, so that a worker that is killed repeats at most the mail in hand: the
next sweep reads what it left behind. Lines reach the file before and after each hand-over; a loss
of the whole machine may take the last of them, and then one claim is repeated, in doubt.
"""

import hashlib
import os
import secrets
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

KEPT = 86_400  # seconds
_MACHINE_BITS, _OWN_BITS = 20, 42


@dataclass(slots=True)
class Entry:
    """One hand-over as the journal has it: begun, and perhaps answered; seconds since 1970."""

    begun_at: float
    ended_at: float | None = None
    outcome: str = ""
    said: str = ""


class Journal:
    """One sorting's journal, open for writing. Every method may raise OSError: the disk says no."""

    def __init__(self, claimant: int) -> None:
        folder().mkdir(parents=True, exist_ok=True)
        self.path = _path(claimant)
        self.file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.ends = b""  # of those handed over since the last line was written

    def begun(self, parcel: int, at: float) -> None:
        """The parcel is about to be handed over; in the file before this returns."""
        ends, self.ends = self.ends, b""
        os.write(self.file, b"%s+ %d %.6f\n" % (ends, parcel, at))

    def ended(self, parcel: int, at: float, outcome: str, said: str) -> None:
        """The parcel's outcome and what was said.

        It reaches the file with the next that is begun: until then it is the mail in hand.
        """
        words = " ".join(said[:300].split())
        self.ends += f"= {parcel} {at:.6f} {outcome.replace(' ', '-')} {words}\n".encode()

    def complete(self) -> None:
        """Everything that ended is in the file."""
        ends, self.ends = self.ends, b""
        os.write(self.file, ends)

    def settled(self) -> None:
        """Everything in it stands in the database now."""
        self.ends = b""
        os.ftruncate(self.file, 0)

    def close(self, *, settled: bool) -> None:
        """Let go of the file; it stays where something in it is not settled."""
        if not settled:
            with suppress(OSError):
                self.complete()
        os.close(self.file)
        if settled:
            forget(int(self.path.name))


def new_claimant() -> int:
    """A number for one sorting; its upper bits tell the machine that has its journal."""
    return _this_machine() << _OWN_BITS | secrets.randbits(_OWN_BITS)


def is_of_this_machine(claimant: int) -> bool:
    """Whether the journal of a claimant, if it has one, lies here."""
    return claimant >> _OWN_BITS == _this_machine()


def read(claimant: int) -> Mapping[int, Entry] | None:
    """What a sorting left behind, by parcel; None where there is no journal of it here."""
    try:
        lines = _path(claimant).read_text(errors="replace").split("\n")
    except FileNotFoundError:
        return None
    entries: dict[int, Entry] = {}
    for line in lines[:-1]:  # what ends without a line's end was cut off while it was written
        _read_line(line, entries)
    return entries


def forget(claimant: int) -> None:
    """Remove a journal that nobody needs any more."""
    _path(claimant).unlink(missing_ok=True)


def tidy(now: float) -> None:
    """Remove what nobody came back for within a day: its claims were settled long ago (seconds)."""
    if folder().is_dir():
        for path in folder().iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < now - KEPT:
                    path.unlink()


def folder() -> Path:
    """Where this machine's journals lie."""
    return Path(settings.DATA) / "journal"


def _read_line(line: str, entries: dict[int, Entry]) -> None:
    mark, parcel, at, *rest = [*line.split(" ", 4), "", ""][:5] if line else ["", "", ""]
    if mark == "+":
        entries[int(parcel)] = Entry(begun_at=float(at))
    elif mark == "=":
        entry = entries.setdefault(int(parcel), Entry(begun_at=float(at)))
        entry.ended_at, entry.said = float(at), rest[1]
        entry.outcome = rest[0].replace("-", " ")


def _path(claimant: int) -> Path:
    return folder() / str(claimant)


def _this_machine() -> int:
    name = f"{uuid.getnode()} {settings.DATA}".encode()
    return int.from_bytes(hashlib.sha256(name).digest()[:4], "big") >> 32 - _MACHINE_BITS
