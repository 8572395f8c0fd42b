"""What every test may ask for: the database as the plain role, and a way in as the owner."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection

from config.machine.postgres import OWNER
from house_rules.database_plugin import DATABASE
from schoolgate.rehearsal.cast import Cast, assemble


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None
) -> Iterator[None]:
    """Start the tests' database; Django's own default connection in it is the plain role."""
    database = request.config.stash[DATABASE]
    database.start()
    # The plain role can't TRUNCATE: it is not what empties the tables after a transactional test.
    connection.ops.execute_sql_flush = database.empty
    yield
    connection.close()
    database.end()


@pytest.fixture
def owner_connection(
    request: pytest.FixtureRequest, django_db_setup: None
) -> Iterator[psycopg.Connection]:
    """The owner of the tables, past row-level security; what it writes is not rolled back."""
    address = request.config.stash[DATABASE].url(OWNER)
    with psycopg.connect(address, autocommit=True) as owner:
        yield owner


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, 10:00 at both schools: in core hours, in term."""
    return datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def medway(db: None, now: datetime) -> Cast:
    """Medway Green with its whole cast; the transaction sees that school alone."""
    return assemble("medway-green", now)


@pytest.fixture
def trent(db: None, now: datetime) -> Cast:
    """Trent Acres, the other school: its people are outsiders to Medway Green."""
    return assemble("trent-acres", now)
