"""The embedded database survives what is done to it, and says in sentences what it can't do."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from config import env
from config.machine import databases, kinds, postmaster
from config.machine.errors import DatabaseStartError, UpgradeError
from config.machine.postgres import ADMIN, OWNER, PLAIN, Postgres

STARTER = """
import sys, time
from pathlib import Path
from config.machine.postgres import Postgres
Postgres(Path(sys.argv[1])).start(with_parent=sys.argv[2] == "with")
print("up", flush=True)
time.sleep(60)
"""


def start_elsewhere(folder: Path, how: str) -> subprocess.Popen[str]:
    """Another process that starts the database and then waits."""
    other = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(folder), how],
        cwd=env.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "up\n"
    return other


def rows(postgres: Postgres) -> int:
    with psycopg.connect(postgres.url(OWNER)) as connection:
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found is not None
    return int(found[0])


def keep_rows(postgres: Postgres) -> None:
    databases.make_roles(postgres)
    databases.make_database(postgres, mark=kinds.REAL)
    with psycopg.connect(postgres.url(OWNER), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        for n in range(100):
            connection.execute("INSERT INTO kept VALUES (%s)", [n])


def test_rows_survive_a_stop_and_a_kill(folder: Path) -> None:
    postgres = Postgres(folder)
    postgres.start()
    keep_rows(postgres)
    postgres.stop()
    assert not postgres.is_alive()
    postgres.start()
    assert rows(postgres) == 100
    open_client = psycopg.connect(postgres.url())
    assert postgres.child is not None
    os.kill(postgres.child.pid, signal.SIGKILL)
    # Dead, and a zombie from now on: on a busy machine a signal takes its time.
    os.waitid(os.P_PID, postgres.child.pid, os.WEXITED | os.WNOWAIT)
    postgres.start()
    assert postgres.is_alive()
    assert rows(postgres) == 100
    open_client.close()


def test_a_killed_database_is_started_by_a_process_that_is_not_its_parent(folder: Path) -> None:
    other = start_elsewhere(folder, "without")
    found = postmaster.read(folder / "postgres")
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)  # a zombie from now on: its parent does not ask for it
    postgres = Postgres(folder)
    postgres_started = _start_while(postgres, other)
    assert postgres_started
    other.kill()
    other.wait()


def _start_while(postgres: Postgres, other: subprocess.Popen[str]) -> bool:
    """Let the zombie be reaped after a second, as pid 1 does it after two."""
    reaper = subprocess.Popen(
        [sys.executable, "-c", f"import os,time; time.sleep(1); os.kill({other.pid}, 9)"]
    )
    postgres.start()
    reaper.wait()
    return postgres.is_alive()


def test_one_whose_starter_was_killed_is_adopted(folder: Path) -> None:
    other = start_elsewhere(folder, "without")
    before = postmaster.read(folder / "postgres")
    other.kill()
    other.wait()
    postgres = Postgres(folder)
    postgres.start()
    assert postmaster.read(folder / "postgres") == before
    postgres.stop()
    assert postmaster.read(folder / "postgres") is None


def test_one_that_belongs_to_a_supervisor_ends_with_it(folder: Path) -> None:
    other = start_elsewhere(folder, "with")
    other.kill()
    other.wait()
    deadline = time.monotonic() + 4
    while postmaster.read(folder / "postgres") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert postmaster.read(folder / "postgres") is None


def test_a_number_in_the_lock_file_that_is_now_somebody_elses_does_not_stop_it(
    folder: Path,
) -> None:
    postgres = Postgres(folder)
    postgres.start()
    postgres.stop()
    neighbour = subprocess.Popen(
        ["sleep", "60"],
        preexec_fn=lambda: os.setuid(postgres.user.pw_uid) if os.geteuid() == 0 else None,
    )
    lock = postgres.pgdata / "postmaster.pid"
    lock.write_text(f"{neighbour.pid}\n{postgres.pgdata}\n1\n5432\n\n\n0 0\nready\n")
    os.chown(lock, postgres.user.pw_uid, postgres.user.pw_gid)
    lock.chmod(0o600)
    try:
        postgres.start()
        assert postgres.is_alive()
    finally:
        neighbour.kill()
        neighbour.wait()


def test_data_of_another_version_is_refused_with_what_to_do(folder: Path) -> None:
    postgres = Postgres(folder)
    postgres.make()
    (postgres.pgdata / "PG_VERSION").write_text("14\n")
    with pytest.raises(UpgradeError, match=r"PostgreSQL 14.*PG_BIN=.* schoolgate backup"):
        postgres.start()


def test_a_cluster_that_was_half_made_is_made_anew(folder: Path) -> None:
    half = folder / "postgres.unfinished"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    Postgres(folder).make()
    assert (folder / "postgres" / "global").is_dir()


def test_files_that_belong_to_others_are_named(folder: Path) -> None:
    postgres = Postgres(folder)
    postgres.make()
    (postgres.pgdata / "global").chmod(0)
    with pytest.raises(DatabaseStartError, match="must belong to"):
        postgres.start()
    (postgres.pgdata / "global").chmod(0o700)


def test_a_deep_folder_gets_a_short_private_socket(folder: Path) -> None:
    deep = folder / ("deep" * 20)
    deep.mkdir()
    os.chown(deep, *_owner_of(folder))
    postgres = Postgres(deep)
    assert len(str(postgres.socket / ".s.PGSQL.5432")) < 107
    assert postgres.socket.stat().st_mode & 0o777 == 0o700
    postgres.socket.rmdir()


def _owner_of(folder: Path) -> tuple[int, int]:
    return folder.stat().st_uid, folder.stat().st_gid


def test_nobody_is_trusted(cluster: Postgres) -> None:
    assert "trust" not in [
        word
        for line in (cluster.pgdata / "pg_hba.conf").read_text().splitlines()
        if not line.startswith("#")
        for word in line.split()
    ]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url(ADMIN).replace(cluster.passwords[ADMIN], "guess"))
    assert cluster.socket.stat().st_mode & 0o777 == 0o700
    assert (cluster.data / "database.json").stat().st_mode & 0o777 == 0o600


def test_it_listens_on_no_network(cluster: Postgres) -> None:
    assert databases.sql(cluster, "SHOW listen_addresses;") == ""


def test_the_roles_are_no_more_than_they_should_be(cluster: Postgres) -> None:
    with psycopg.connect(cluster.url(PLAIN)) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole "
            "FROM pg_roles WHERE rolname LIKE 'schoolgate%' ORDER BY rolname"
        ).fetchall()
    assert found == [(PLAIN, False), (ADMIN, True), (OWNER, False)]


def test_the_plain_role_uses_the_owners_tables_and_changes_none(cluster: Postgres) -> None:
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE pupils (id bigserial, name text)")
    with psycopg.connect(cluster.url(PLAIN), autocommit=True) as plain:
        plain.execute("INSERT INTO pupils (name) VALUES ('A')")
        plain.execute("UPDATE pupils SET name = 'B'")
        assert plain.execute("SELECT name FROM pupils").fetchall() == [("B",)]
        plain.execute("DELETE FROM pupils")
        for forbidden in ("TRUNCATE pupils", "DROP TABLE pupils", "CREATE TABLE mine (n int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                plain.execute(forbidden)


def test_a_database_bears_its_mark_from_the_first_moment(cluster: Postgres) -> None:
    databases.make_database(cluster, "another", mark=kinds.REAL)
    databases.make_database(cluster, "another", mark=kinds.DEMO)  # it is there: it stays
    assert databases.mark(cluster, "another") == kinds.REAL
