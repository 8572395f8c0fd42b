"""The embedded PostgreSQL: made, started, watched and stopped, reached by a private socket only."""

import contextlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from config.machine import binaries, postmaster, privileges
from config.machine.errors import DatabaseStartError, UpgradeError, no_room
from config.machine.place import socket_folder

ADMIN = "schoolgate_admin"
OWNER = "schoolgate_owner"
PLAIN = "schoolgate"
PATIENCE = 20.0  # seconds; a killed postmaster can linger for two of them
RECOVERY = 300.0  # seconds, while it says that it is starting: it reads its log after a crash
LOG_LIMIT = 5_000_000

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "40",
    "shared_buffers": "32MB",
    "huge_pages": "off",
    "random_page_cost": "1.1",
    "jit": "off",
    "autovacuum_max_workers": "1",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "max_wal_size": "256MB",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "default_text_search_config": "'pg_catalog.english'",
    "password_encryption": "'scram-sha-256'",
    # What fails is told to whoever asked and not to the log: an error names its row.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
MOVED_CLOCK = ("LD_PRELOAD", "FAKETIME")
SINCE_18 = {"io_method": "sync", "autovacuum_worker_slots": "2"}
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One database cluster below a data folder; `durable=False` is for tests alone."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data
        self.pgdata = data / "postgres"
        self.log = data / "postgres.log"
        self.durable = durable
        self.user: pwd.struct_passwd = privileges.service_user()
        self.child: subprocess.Popen[bytes] | None = None

    @cached_property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs."""
        return binaries.locate(self.user, self.data)

    @cached_property
    def version(self) -> int:
        """The major version of the programs."""
        return binaries.major_version(self.programs)

    @cached_property
    def socket(self) -> Path:
        """The private folder of the socket."""
        return socket_folder(self.data, self.user)

    @cached_property
    def passwords(self) -> dict[str, str]:
        """The roles' passwords: random, made once, readable by this user alone."""
        kept = self.data / "database.json"
        if not kept.exists():
            made = {role: secrets.token_urlsafe(24) for role in (ADMIN, OWNER, PLAIN)}
            write_private(kept, json.dumps(made), self.user)
        found: dict[str, str] = json.loads(kept.read_text())
        return found

    def url(self, role: str = PLAIN, database: str = "schoolgate") -> str:
        """The address of a database for a role, by the socket."""
        password, host = quote(self.passwords[role], safe=""), quote(str(self.socket), safe="")
        return f"postgresql://{role}:{password}@{host}/{database}"

    def start(self, *, with_parent: bool = True) -> None:
        """Make the cluster if there is none, adopt one that runs, else start it; wait till ready.

        `with_parent` stops it when the process that started it ends, however that ends.
        """
        self.make()
        self._write_settings()
        deadline = time.monotonic() + PATIENCE
        while not self._is_up():
            self._launch(with_parent)
            if self._becomes_ready():
                return
            if time.monotonic() > deadline or not self._may_pass():
                raise DatabaseStartError(self._why())
            self.child = None
            postmaster.remove_stale_lock(self.pgdata)
            time.sleep(0.3)

    def is_alive(self) -> bool:
        """Whether it is there and takes connections."""
        if self.child is not None and self.child.poll() is not None:
            self.child = None
        found = postmaster.read(self.pgdata)
        return found is not None and found.status == "ready"

    def stop(self, *, patience: float = 2.0) -> None:
        """Stop it fast: open work is rolled back. After `patience` seconds it is stopped hard."""
        found = postmaster.read(self.pgdata)
        for step in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if found is None:
                break
            _signal(found.pid, step)
            if self._wait(lambda: postmaster.read(self.pgdata) is None, patience):
                break
            patience = 0.7
        if self.child is not None:
            self.child.wait()
            self.child = None

    def make(self) -> None:
        """Make the cluster's files, unless they are there; a half-made one never counts."""
        if self.pgdata.exists():
            self._refuse_other_version()
            return
        unfinished = self.data / "postgres.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        secret = self.data / "initdb-password"
        write_private(secret, self.passwords[ADMIN] + "\n", self.user)
        # C.UTF-8 sorts the same on every machine; a page sorts names for its readers.
        done = self.run(
            "initdb", f"--pgdata={unfinished}", f"--username={ADMIN}", f"--pwfile={secret}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        secret.unlink()
        if done.returncode:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise DatabaseStartError(self._sentence(done.stderr.strip()))
        unfinished.rename(self.pgdata)

    def run(
        self, program: str, *words: str, given: str | None = None, role: str = ADMIN
    ) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs, without any right of ours, and return what it said."""
        return subprocess.run(
            [str(self.programs / program), *words],
            input=given,
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "PGPASSWORD": self.passwords[role],
                 "HOME": str(self.data), "LC_ALL": "C"},
            preexec_fn=lambda: privileges.lose_every_right(self.user),
        )  # fmt: skip

    def _refuse_other_version(self) -> None:
        written = (self.pgdata / "PG_VERSION").read_text().strip()
        if written != str(self.version):
            raise UpgradeError(
                f"The data in {self.pgdata} was written by PostgreSQL {written}, and the programs "
                f"here are PostgreSQL {self.version}. Make a backup with the old programs "
                "(PG_BIN=... schoolgate backup FILE), then restore it into an empty DATA folder."
            )

    def _write_settings(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": f"'{self.socket}'"}
        settings |= SINCE_18 if self.version >= 18 else {}
        settings |= {} if self.durable else FOR_TESTS
        words = "".join(f"{name} = {value}\n" for name, value in settings.items())
        path = self.pgdata / "postgresql.conf"
        try:
            if path.read_text() != words:
                write_private(path, words, self.user)
        except OSError as error:
            raise DatabaseStartError(self._sentence(str(error.strerror))) from error

    def _is_up(self) -> bool:
        """Whether one already runs; one that is starting or stopping is waited for."""
        self._wait(lambda: self._status() in {None, "ready", "standby"}, RECOVERY)
        return self._status() == "ready"

    def _status(self) -> str | None:
        found = postmaster.read(self.pgdata)
        return found.status if found else None

    def _launch(self, with_parent: bool) -> None:
        def prepare() -> None:
            privileges.lose_every_right(self.user)
            if with_parent:
                privileges.end_with_parent(signal.SIGINT)

        write_private(self.log, "", self.user)  # what was there may be of an older version
        with self.log.open("ab") as log:
            self._log_starts_at = log.tell()
            self.child = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.pgdata)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"} | self._clock(),
                start_new_session=True,
                preexec_fn=prepare,
            )

    def _clock(self) -> dict[str, str]:
        """Where the tests' clock is moved for all processes, it is for this one."""
        if self.durable:
            return {}
        return {name: os.environ[name] for name in MOVED_CLOCK if name in os.environ}

    def keep_log_small(self) -> None:
        """Begin the log anew when it has grown; the server goes on writing at its end."""
        with contextlib.suppress(OSError):
            if self.log.stat().st_size > LOG_LIMIT:
                os.truncate(self.log, 0)

    def _becomes_ready(self) -> bool:
        child = self.child
        assert child is not None
        self._wait(lambda: child.poll() is not None or self._status() == "ready", RECOVERY)
        return child.poll() is None and self._status() == "ready"

    def _last_words(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._log_starts_at)
            return log.read().decode(errors="replace").strip()

    def _may_pass(self) -> bool:
        """Whether what stopped it goes away by itself: an earlier one that is not quite gone."""
        words = self._last_words()
        return "already exists" in words or "still in use" in words or not words

    def _why(self) -> str:
        return self._sentence(self._last_words())

    def _sentence(self, words: str) -> str:
        if "No space left" in words:
            return no_room(self.data)
        if "Permission denied" in words:
            return (
                f"The database may not write below {self.data}. Everything in that folder must "
                f"belong to {self.user.pw_name}."
            )
        last = words.splitlines()[-1] if words else "it said nothing"
        return f"The embedded database did not start: {last} (more in {self.log})."

    @staticmethod
    def _wait(until: Callable[[], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not until():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


def write_private(path: Path, words: str, user: pwd.struct_passwd) -> None:
    """Write a file that only this user can read, whole or not at all."""
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    if privileges.is_root():
        os.chown(unfinished, user.pw_uid, user.pw_gid)
    unfinished.rename(path)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
