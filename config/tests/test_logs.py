"""No log holds what a family wrote, nor a token out of an address."""

import io
import logging
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from config.logs import Guarded
from config.machine.postgres import SETTINGS
from config.machine.testing_database import TestingDatabase
from house_rules.database_plugin import DATABASE
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.models import Concern
from schoolgate.safeguarding.tests.acting import raises

WORDS = "He said that his uncle locks the cellar."


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    """All that our processes would print into their log."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Guarded("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> TestingDatabase:
    """The tests' own cluster, with its log."""
    found: TestingDatabase = request.config.stash[DATABASE]
    return found


BREAKING = (
    "INSERT INTO safeguarding_concern (school_id, words) VALUES (1, %s)",  # what is missing
    "SELECT %s::uuid",  # what is no such value
    "SELECT %s::int / 0",
    "SELEKT %s",
    "UPDATE safeguarding_concern SET words = %s",
    "INSERT INTO people_teammember (school_id, name) VALUES (999999, %s)",
)


@pytest.mark.parametrize("statement", BREAKING)
def test_what_fails_in_the_database_tells_no_log_the_words(
    medway: Cast, now: datetime, console: io.StringIO, database: TestingDatabase, statement: str
) -> None:
    raises(medway, "ewa", now)
    before = database.postgres.log.stat().st_size
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [WORDS])
    except DatabaseError:
        logging.getLogger("schoolgate.tests").exception("A job has failed at %s.", "medway-green")
    shown = console.getvalue()
    assert "cellar" not in shown
    with database.postgres.log.open() as log:
        log.seek(min(before, database.postgres.log.stat().st_size))
        assert "cellar" not in log.read()


def test_a_failure_that_ours_began_is_told_with_its_places_and_without_the_row(
    medway: Cast, now: datetime, console: io.StringIO
) -> None:
    concern = raises(medway, "ewa", now)
    try:
        try:
            with transaction.atomic():
                Concern.objects.create(
                    school=concern.school, words=WORDS, author_user_id=concern.author_user_id,
                    raised_at=now, public_id=concern.public_id,
                )  # fmt: skip
        except DatabaseError as error:
            raise RuntimeError("The sweep stopped.") from error
    except RuntimeError:
        logging.getLogger("schoolgate.tests").exception("It has failed.")
    shown = console.getvalue()
    assert "cellar" not in shown and "test_logs.py" in shown
    assert "RuntimeError: The sweep stopped." in shown and "psycopg.errors." in shown


@pytest.mark.parametrize("token", ["AbCdEfGhIjKlMnOpQrSt", "550e8400-e29b-41d4-a716-446655440000"])
def test_a_page_that_is_not_there_leaves_no_token_in_the_log(
    medway: Cast, console: io.StringIO, token: str
) -> None:
    for page in (f"answer/{token}/", f"today/confirming/{token}/", f"nowhere/?code={token}"):
        assert Client().get(f"/medway-green/{page}").status_code in {302, 404}
    assert token not in console.getvalue()
    assert "/medway-green/" in console.getvalue()


def test_the_embedded_database_writes_no_error_down() -> None:
    assert SETTINGS["log_min_messages"] == "log"
    assert SETTINGS["log_min_error_statement"] == "panic"
