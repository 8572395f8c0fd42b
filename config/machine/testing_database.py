"""One embedded PostgreSQL for the tests, migrated by the owner, used as the plain role.

The tables are migrated once for each state of the migrations, into a template; every process of a
test run copies that. So the tests of requests and jobs meet the same rights as they do in service.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper

import psycopg

from config.machine import databases, kinds, migrations, place, privileges
from config.machine.postgres import ADMIN, OWNER, PLAIN, Postgres

SESSION = "SCHOOLGATE_TEST_SESSION"
PREFIX = "test_schoolgate"


@dataclass
class TestingDatabase:
    """The database of one process of a test run; it starts when the first test needs it."""

    __test__ = False  # not a test itself, for all its name

    postgres: Postgres
    name: str
    in_use: TextIOWrapper | None = field(default=None)

    def url(self, role: str) -> str:
        """The address of this process's database for a role."""
        return self.postgres.url(role, self.name)

    def start(self) -> None:
        """Start the server unless another run did, and copy the template for this process."""
        with self._alone():
            self.in_use = (self.postgres.data / "in-use").open("w")
            fcntl.flock(self.in_use, fcntl.LOCK_SH)
            self.postgres.start(with_parent=False)
            databases.make_roles(self.postgres)
            self._remove_left_over()
            template = self._template()
            databases.drop_database(self.postgres, self.name)
            databases.make_database(self.postgres, self.name, mark=kinds.DEMO, template=template)

    def end(self) -> None:
        """Remove this process's database; the last one out stops the server."""
        assert self.in_use is not None
        with self._alone():
            databases.drop_database(self.postgres, self.name)
            try:
                fcntl.flock(self.in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.postgres.stop()
            except BlockingIOError:
                pass
            self.in_use.close()

    def empty(self, statements: list[str]) -> None:
        """Run Django's statements that empty tables, which the plain role may not."""
        with psycopg.connect(self.url(ADMIN), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement.encode())

    def _template(self) -> str:
        template = f"test_template_{migrations.digest()}"
        if databases.exists(self.postgres, template):
            return template
        for name in self._names("test_template_"):
            databases.drop_database(self.postgres, name)
        databases.drop_database(self.postgres, "test_building")
        databases.make_database(self.postgres, "test_building", mark=kinds.DEMO)
        migrations.migrate(self.postgres.url(OWNER, "test_building"))
        databases.sql(self.postgres, f"ALTER DATABASE test_building RENAME TO {template};")
        return template

    def _remove_left_over(self) -> None:
        """Remove the databases of test runs that were killed."""
        for name in self._names(f"{PREFIX}_"):
            session = name.removeprefix(f"{PREFIX}_").partition("_")[0]
            if session.isdecimal() and not _lives(int(session)):
                databases.drop_database(self.postgres, name)

    def _names(self, prefix: str) -> list[str]:
        listed = databases.sql(self.postgres, "SELECT datname FROM pg_database;")
        return [name for name in listed.splitlines() if name.startswith(prefix)]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.postgres.data / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def announce() -> TestingDatabase:
    """Name this process's database in the environment, before Django reads its settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        os.environ[SESSION] = str(os.getpid())
    user = privileges.service_user()
    data = place.choose("test-pg", None, user)
    place.make_private(data, user)
    found = TestingDatabase(
        Postgres(data, durable=False), f"{PREFIX}_{os.environ[SESSION]}_{worker or 'only'}"
    )
    with found._alone():
        os.environ["DATABASE_URL"] = found.url(PLAIN)
    os.environ.pop("DATABASE_OWNER_URL", None)
    return found


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
