"""`schoolgate restore FILE`: a backup into an empty installation."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import IO

from config import env
from config.machine import archive, databases, place, sealed_file
from config.machine.apart import apart
from config.machine.errors import MachineError
from config.machine.postgres import ADMIN
from config.machine.role_check import mark_of
from config.machine.standing import Standing, add_installation, standing

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
NOT_EMPTY = (
    "This installation is not empty, and a restore never writes over anything. Choose an empty "
    "folder with DATA=, or an empty database."
)


def main(arguments: list[str]) -> int:
    """Check the backup first, then restore all of it or nothing."""
    parser = argparse.ArgumentParser(prog="schoolgate restore")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", type=Path, help="the file that `schoolgate backup-key` wrote")
    add_installation(parser)
    chosen = parser.parse_args(arguments)
    try:
        with chosen.file.open("rb") as file, tempfile.TemporaryFile() as opened:
            whole = _opened(file, opened, chosen.key)
            return apart(lambda: _work(whole, chosen))
    except MachineError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{chosen.file} can't be read: {error.strerror}.", file=sys.stderr)
        return 1


def _opened(file: IO[bytes], into: IO[bytes], key: Path | None) -> IO[bytes]:
    """The backup itself, out of its seal if it has one."""
    if not sealed_file.is_sealed(file):
        return file
    if key is None:
        raise MachineError("This backup is sealed. Name the file of its key with --key.")
    sealed_file.open_sealed(file, into, sealed_file.read_private(key))
    into.flush()
    into.seek(0)
    return into


def _work(file: IO[bytes], chosen: argparse.Namespace) -> None:
    data = place.settle("demo" if chosen.demo else "school", chosen.data)
    manifest = archive.verify(file)
    _refuse_newer(manifest)
    if any((data / "files").glob("*")):
        raise MachineError(NOT_EMPTY)
    unfinished = data / "restore.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        archive.unpack(file, unfinished)
        with standing(data, new=True) as found:
            bring_in(found, manifest, unfinished)
    except OSError as error:
        raise MachineError(f"Nothing was restored: {error.strerror} ({data}).") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    print(f"The backup of {manifest.made} is restored into {data}.")


def _refuse_newer(manifest: archive.Manifest) -> None:
    """A backup of a later Schoolgate has tables that this one does not know."""
    rooms = env.ROOT / "schoolgate"
    for each in manifest.migrations:
        app, _, name = each.partition(".")
        folder = rooms / app / "migrations"
        if folder.exists() and not (folder / f"{name}.py").exists():
            raise MachineError(
                f"The backup was made by a later version of Schoolgate (it has {each}). Install "
                "that version or a newer one, then restore."
            )


def bring_in(found: Standing, manifest: archive.Manifest, unpacked: Path) -> None:
    """The files first, the database last: its appearing is what makes the restore count."""
    dump = unpacked / archive.DUMP
    if found.postgres:
        _prepare_embedded(found)
    elif found.ask(TABLES) != "0":
        raise MachineError(NOT_EMPTY)
    _refuse_other_roles(found, manifest)
    for name in (archive.KEY, "files"):
        if (unpacked / name).exists():
            shutil.rmtree(found.data / name, ignore_errors=True)
            (unpacked / name).rename(found.data / name)
    if found.postgres:
        _into_embedded(found, manifest, dump)
    else:
        _pg_restore(found, found.owner_url, dump)
    (found.data / "migrated").unlink(missing_ok=True)


def _prepare_embedded(found: Standing) -> None:
    assert found.postgres
    databases.make_roles(found.postgres)
    if databases.exists(found.postgres, "schoolgate"):
        raise MachineError(NOT_EMPTY)


def _refuse_other_roles(found: Standing, manifest: archive.Manifest) -> None:
    if found.postgres:
        return
    roles = [found.ask("SELECT current_user"), found.ask("SELECT current_user", found.url)]
    if roles != manifest.roles:
        raise MachineError(
            f"The rights in the backup are those of the roles {manifest.roles[0]} (the owner) and "
            f"{manifest.roles[1]} (plain). Please name the roles of this server the same; here "
            f"they are {roles[0]} and {roles[1]}."
        )
    if mark_of(found.url) != manifest.kind:
        raise MachineError(
            f"The backup is of the kind {manifest.kind!r}, and the database is not marked so."
        )


def _into_embedded(found: Standing, manifest: archive.Manifest, dump: Path) -> None:
    """Into a database of another name, so that a half-restored one is never served."""
    postgres = found.postgres
    assert postgres
    databases.drop_database(postgres, "restoring")
    databases.make_bare(postgres, "restoring", mark=manifest.kind)
    _pg_restore(found, postgres.url(ADMIN, "restoring"), dump)
    databases.sql(postgres, "ALTER DATABASE restoring RENAME TO schoolgate;")


def _pg_restore(found: Standing, url: str, dump: Path) -> None:
    """With owners and rights as they were; the whole or nothing."""
    name = found.ask("SELECT current_database()", url)
    found.run(
        "pg_restore", "--exit-on-error", "--single-transaction", "--no-password",
        f"--dbname={name}", str(dump), url=url,
    )  # fmt: skip
