"""After a drill everything is as before: no row, no job, no email, and no sealed thing in sight."""

import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import transaction

from config.verbs.drill_inside import lines_of
from schoolgate.delivery.tests.posting import Post
from schoolgate.drill.playing import DAYS, play
from schoolgate.drill.stage import stage
from schoolgate.drill.tests.conftest import SATURDAY_NIGHT, WHEN
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.rehearsal.fake_mail_host import MailHost
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.actions.ringing import ring
from schoolgate.safeguarding.tests.acting import raises, seen_by, told
from schoolgate.school.tenancy import one_school, see


class Broken(Exception):
    """What breaks in the middle."""


@pytest.fixture
def there(transactional_db: None, now: datetime) -> Cast:
    """Medway Green, committed, with a concern that nobody has read."""
    with transaction.atomic():
        cast = assemble("medway-green", now)
        raises(cast, "ewa", now)
    return cast


def counted(owner: psycopg.Connection) -> dict[str, tuple[int, str]]:
    """Every row of every table, by number and by what all of them say."""
    tables = owner.execute(
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in tables:
        row = owner.execute(
            f"SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
            f' FROM "{name}" t'
        ).fetchone()
        assert row is not None
        found[name] = (row[0], row[1])
    return found


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may be called and no name asked for; the database's own line is no Python socket."""

    def refuses(*_what: object, **_more: object) -> None:
        raise AssertionError("A drill opened a socket.")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuses)
    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuses)


@pytest.mark.parametrize("name", list(DAYS))
def test_no_socket_is_opened_and_no_file_is_left(
    there: Cast, no_socket: None, settings: Any, tmp_path: Path, name: str
) -> None:
    own = {"BACKEND": settings.STORAGES["default"]["BACKEND"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": own}
    settings.CHECK_SENDERS = True
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    play(name=name, school=there.school, at=WHEN[name])
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("name", list(DAYS))
def test_no_table_has_changed_and_nothing_is_sent(
    there: Cast, owner_connection: psycopg.Connection, settings: Any, name: str
) -> None:
    with MailHost() as host:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{host.port}"
        before = counted(owner_connection)
        report = play(name=name, school=there.school, at=WHEN[name])
        assert counted(owner_connection) == before
        assert host.taken == []
    assert report.lines
    assert sum(number for number, _ in before.values()) > 100


def test_a_drill_that_breaks_in_the_middle_leaves_nothing_either(
    there: Cast, owner_connection: psycopg.Connection
) -> None:
    before = counted(owner_connection)
    with pytest.raises(KeyError):
        play(name="no such day", school=there.school, at=SATURDAY_NIGHT)
    with pytest.raises(Broken), stage(there.school, SATURDAY_NIGHT):
        raise Broken
    assert counted(owner_connection) == before


def test_the_real_concern_still_rings_when_its_time_has_come(there: Cast, now: datetime) -> None:
    play(name="disclosure", school=there.school, at=now + timedelta(minutes=1))
    post = Post()
    assert ring(school=there.school, at=now, channel=post) == 3


@pytest.mark.parametrize("name", list(DAYS))
def test_nobody_can_tell_from_a_report_whether_there_is_a_concern(
    medway: Cast, now: datetime, name: str
) -> None:
    see(school_id=medway.school.pk)
    without = lines_of(play(name=name, school=medway.school, at=WHEN[name]))
    raises(medway, "ewa", now)
    see(school_id=medway.school.pk, user_id=medway.user_id("ruth"))
    assert lines_of(play(name=name, school=medway.school, at=WHEN[name])) == without


def test_who_asks_sees_afterwards_what_they_saw_before(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    before = told(medway, concern)
    with seen_by(medway, "ruth"):
        play(name="head-away", school=medway.school, at=WHEN["head-away"])
        assert [one.concern for one in asked.unread()] == [concern.pk]
    assert told(medway, concern) == before


def test_the_stage_is_no_school_that_somebody_finds(there: Cast) -> None:
    play(name="taxi", school=there.school, at=WHEN["taxi"])
    with one_school(there.school.pk):
        assert not type(there.school).objects.exclude(pk=there.school.pk).exists()
