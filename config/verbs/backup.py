"""`schoolgate backup FILE`: the database, the files and the key in one file."""

import argparse
import contextlib
import datetime as dt
import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from config.machine import archive, place, sealed_file
from config.machine.apart import apart
from config.machine.errors import MachineError, no_room
from config.machine.role_check import mark_of
from config.machine.standing import Standing, add_installation, standing
from config.verbs.backup_key import PUBLIC

MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY id"


# Who is signed in, and how often somebody tried to: no business of another machine's.
LEFT_OUT = [
    f"--exclude-table-data={table}"
    for table in ("django_session", "usersessions_usersession", "limits_on_tries")
]
NO_KEY = (
    "There is no key to seal the backup for. Make one with `schoolgate backup-key FILE` and keep "
    "its file elsewhere; or write the backup as it is with --unsealed."
)


def main(arguments: list[str]) -> int:
    """Write a backup whole or not at all; it may run while the school works."""
    parser = argparse.ArgumentParser(
        prog="schoolgate backup",
        description="The file holds everything about everybody, sealed for the key that "
        "`schoolgate backup-key` made. It holds no live sessions: everybody signs in anew.",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--unsealed", action="store_true", help="whoever has the file can read all of it"
    )
    add_installation(parser)
    chosen = parser.parse_args(arguments)
    try:
        return write_whole(chosen.file.absolute(), chosen)
    except OSError as error:
        print(_sentence(error, chosen.file), file=sys.stderr)
        return 1


def write_whole(target: Path, chosen: argparse.Namespace) -> int:
    """Under another name until it is complete and on the disk; then it gets its own."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            code = apart(lambda: _work(file, target, chosen))
            if code == 0:
                os.fsync(file.fileno())
                unfinished.rename(target)
                _sync_folder(target.parent)
                print(f"Everything is in {target} ({target.stat().st_size / 1e6:.1f} MB).")
        return code
    finally:
        unfinished.unlink(missing_ok=True)


def _work(file: IO[bytes], target: Path, chosen: argparse.Namespace) -> None:
    data = place.settle("demo" if chosen.demo else "school", chosen.data)
    try:
        with standing(data) as found:
            if chosen.unsealed:
                make(found, file)
            else:
                _make_sealed(found, file)
            file.flush()
    except OSError as error:
        raise MachineError(_sentence(error, target)) from error


def _make_sealed(found: Standing, file: IO[bytes]) -> None:
    """What is not sealed yet lies in the data folder, where it is no more than what lies there."""
    try:
        public = (found.data / PUBLIC).read_text()
    except OSError as error:
        raise MachineError(NO_KEY) from error
    with tempfile.TemporaryFile(dir=found.data) as whole:
        make(found, whole)
        whole.seek(0)
        sealed_file.seal(whole, file, public)


def make(found: Standing, file: IO[bytes]) -> None:
    """Dump the database first: the files that it names are there before their rows."""
    version = int(found.ask("SHOW server_version_num")) // 10000
    manifest = archive.Manifest(
        made=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        kind=mark_of(found.url),
        postgres=version,
        roles=[found.ask("SELECT current_user"), found.ask("SELECT current_user", found.url)],
        migrations=found.ask(MIGRATIONS).splitlines(),
    )
    with tempfile.TemporaryDirectory(prefix="backup-", dir=found.data) as folder:
        dump = Path(folder) / archive.DUMP
        with dump.open("wb") as content:
            found.run("pg_dump", "--format=custom", "--no-password", *LEFT_OUT, into=content)
        archive.write(file, manifest, _members(found.data, dump))


def _members(data: Path, dump: Path) -> Iterator[tuple[str, Path]]:
    yield archive.DUMP, dump
    if (data / archive.KEY).exists():  # links in emails that were sent are signed with it
        yield archive.KEY, data / archive.KEY
    for path in sorted((data / "files").rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield str(path.relative_to(data)), path


def _sentence(error: OSError, path: Path) -> str:
    if error.errno == errno.ENOSPC:
        return no_room(path)
    return f"The backup could not be written to {path}: {error.strerror}."


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
