"""What the file postmaster.pid says, and whether that process really is this database.

After a kill -9 the process can stay a zombie until it is reaped, and after a restart of the machine
its number can belong to anything; both look alive to a simple signal 0.
"""

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """A database process as it describes itself."""

    pid: int
    status: str  # starting, ready, stopping, standby


def read(pgdata: Path) -> Postmaster | None:
    """The postmaster that is alive on this data, or None."""
    lines = _lines(pgdata)
    if not lines or not lines[0].strip().isdecimal():
        return None
    pid = int(lines[0])
    if not is_postgres(pid, pgdata):
        return None
    return Postmaster(pid, lines[7].strip() if len(lines) > 7 else "starting")


def _lines(pgdata: Path) -> list[str]:
    try:
        return (pgdata / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def is_postgres(pid: int, pgdata: Path) -> bool:
    """Whether this process lives (a zombie does not) and is the database of this data."""
    if not PROC.exists():
        return _answers(pid)
    try:
        state = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        words = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return state not in {"Z", "X"} and os.fsencode(pgdata) in words


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove_stale_lock(pgdata: Path) -> None:
    """Remove a postmaster.pid whose number now belongs to a process that is no database.

    PostgreSQL itself clears the file of a dead process; it can't know that the number was given
    away. A zombie is left to it, and so is data that any process still works in.
    """
    lines = _lines(pgdata)
    if not lines or not lines[0].strip().isdecimal() or not PROC.exists():
        return
    pid = int(lines[0])
    if _is_zombie_or_gone(pid) or is_postgres(pid, pgdata) or _somebody_works_in(pgdata):
        return
    (pgdata / "postmaster.pid").unlink(missing_ok=True)


def _is_zombie_or_gone(pid: int) -> bool:
    try:
        state = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in {"Z", "X"}


def _somebody_works_in(pgdata: Path) -> bool:
    """Every process of a database has the data as its working folder."""
    for process in PROC.glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == pgdata:
                return True
        except OSError:
            continue
    return False
