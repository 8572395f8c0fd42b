"""A backup brings everything back, rights and files included, or says why it does not."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import env
from config.machine import archive, databases, kinds, place, privileges
from config.machine.postgres import OWNER, Postgres, write_private

VERB = [sys.executable, "-c", "from config.command import main; main()"]
TABLES = """
CREATE TABLE django_migrations (id serial, app text, name text);
INSERT INTO django_migrations (app, name) VALUES ('nowhere', '0001_first');
CREATE TABLE letters (school_id int, words text);
CREATE TABLE book (words text);
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_school ON letters
  USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
REVOKE UPDATE, DELETE ON book FROM schoolgate;
INSERT INTO letters VALUES (1, 'Dear family'), (2, 'Another school');
INSERT INTO book VALUES ('once and for all');
"""


def verb(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a verb of the console as a person does."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    return subprocess.run(
        [*VERB, *map(str, words)], cwd=env.ROOT, capture_output=True, text=True, env=known
    )


@pytest.fixture
def school(folder: Path) -> Path:
    """A real school with two rows, rights of its own, a file and a key; its database is stopped."""
    postgres = Postgres(folder)
    postgres.start()
    databases.make_roles(postgres)
    databases.make_database(postgres, mark=kinds.REAL)
    with psycopg.connect(postgres.url(OWNER), autocommit=True) as owner:
        owner.execute(TABLES)
    postgres.stop()
    (folder / "files" / "ab").mkdir(parents=True)
    write_private(folder / "files" / "ab" / "cdef", "a photo", postgres.user)
    write_private(folder / "secret-key", "key", postgres.user)
    if privileges.is_root():
        for path in (folder / "files").rglob("*"):
            os.chown(path.parent, postgres.user.pw_uid, postgres.user.pw_gid)
    return folder


@pytest.fixture
def empty(folder: Path) -> Iterator[Path]:
    """A folder for the installation that a backup is restored into."""
    made = folder.with_name(folder.name + "-restored")
    place.make_private(made, privileges.service_user())
    yield made
    Postgres(made).stop()
    shutil.rmtree(made)


def test_what_was_backed_up_is_there_again(school: Path, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "school.backup"
    done = verb("backup", file, "--unsealed", "--data", school)
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["school.backup"]

    done = verb("restore", file, "--data", empty)
    assert done.returncode == 0, done.stderr
    assert (empty / "files" / "ab" / "cdef").read_text() == "a photo"
    assert (empty / "secret-key").read_text() == "key"
    postgres = Postgres(empty)
    postgres.start()
    assert databases.mark(postgres) == kinds.REAL
    with psycopg.connect(postgres.url(), autocommit=True) as plain:
        assert plain.execute("SELECT * FROM letters").fetchall() == []
        plain.execute("SET schoolgate.school = '1'")
        assert plain.execute("SELECT * FROM letters").fetchall() == [(1, "Dear family")]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            plain.execute("UPDATE book SET words = 'something else'")
    with psycopg.connect(postgres.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE later (n int)")
    with psycopg.connect(postgres.url(), autocommit=True) as plain:
        plain.execute("INSERT INTO later VALUES (1)")

    assert "not empty" in verb("restore", file, "--data", empty).stderr


def test_it_may_run_while_the_school_works(school: Path, tmp_path: Path) -> None:
    Postgres(school).start()
    assert verb("backup", tmp_path / "now", "--unsealed", "--data", school).returncode == 0
    assert Postgres(school).is_alive()


def test_a_damaged_or_cut_off_backup_restores_nothing(
    school: Path, empty: Path, tmp_path: Path
) -> None:
    file = tmp_path / "school.backup"
    assert verb("backup", file, "--unsealed", "--data", school).returncode == 0
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"a photo", b"a phone"))
    assert "damaged: files/ab/cdef" in verb("restore", file, "--data", empty).stderr
    file.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in verb("restore", file, "--data", empty).stderr
    file.write_bytes(b"Dear all")
    assert "no backup of Schoolgate" in verb("restore", file, "--data", empty).stderr
    assert not (empty / "postgres").exists()
    assert not (empty / "files").exists()


def test_a_backup_of_a_later_version_is_refused(school: Path, empty: Path, tmp_path: Path) -> None:
    postgres = Postgres(school)
    postgres.start()
    with psycopg.connect(postgres.url(OWNER), autocommit=True) as owner:
        owner.execute("INSERT INTO django_migrations (app, name) VALUES ('ledger', '9999_later')")
    file = tmp_path / "later"
    assert verb("backup", file, "--unsealed", "--data", school).returncode == 0
    done = verb("restore", file, "--data", empty)
    assert "later version of Schoolgate (it has ledger.9999_later)" in done.stderr


def test_a_folder_without_an_installation_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    done = verb("backup", tmp_path / "x", "--data", folder)
    assert done.returncode == 1
    assert "There is no installation in" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_an_error_and_not_half_a_backup(tmp_path: Path) -> None:
    manifest = archive.Manifest(made="", kind="", postgres=18, roles=[], migrations=[])
    (tmp_path / "file").write_bytes(b"x" * 100_000)
    with pytest.raises(OSError, match="No space left"), Path("/dev/full").open("wb") as full:
        archive.write(full, manifest, iter([("files/x", tmp_path / "file")]))


def test_no_name_in_a_backup_leads_out_of_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "bad"
    with tarfile.open(file, "w") as tar:
        for name in ("files/../../etc/cron.d/x", archive.MANIFEST):
            path = tmp_path / "content"
            path.write_text(json.dumps({}))
            tar.add(path, name)
    with file.open("rb") as content, pytest.raises(archive.ArchiveError, match="not ours"):
        archive.verify(content)
