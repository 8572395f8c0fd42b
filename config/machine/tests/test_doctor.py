"""The doctor finds what is wrong, in sentences, and nothing where nothing is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import env
from config.machine import standing
from config.machine.postgres import ADMIN, OWNER, Postgres
from config.verbs import doctor


@pytest.fixture
def found(cluster: Postgres, monkeypatch: pytest.MonkeyPatch) -> standing.Standing:
    """An installation without any tables yet."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with standing.standing(cluster.data) as made:
        return made


def test_a_healthy_database_clock_and_disk_are_not_worth_a_word(found: standing.Standing) -> None:
    assert [*doctor.role(found), *doctor.clock(found), *doctor.disk(found)] == []


def test_a_role_that_is_not_plain_is_named(found: standing.Standing, cluster: Postgres) -> None:
    powerful = standing.Standing(cluster.data, cluster.url(ADMIN), cluster.url(OWNER), None, False)
    assert "superuser" in doctor.role(powerful)[0]


def test_a_mail_server_that_is_away_is_named(
    found: standing.Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHOOLGATE_EMAIL_URL", "smtp://127.0.0.1:9")
    assert "127.0.0.1:9 does not answer" in doctor.mail(found)[0]
    monkeypatch.setenv("SCHOOLGATE_EMAIL_URL", "")
    assert doctor.mail(found) == []  # a demo keeps its mail to itself


def test_a_full_disk_is_named(found: standing.Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_ROOM", 1 << 60)
    assert "MB are free" in doctor.disk(found)[0]


def test_tables_that_are_not_up_to_date_are_named(found: standing.Standing) -> None:
    assert "changes of the tables are waiting" in doctor.tables_and_calendars(found)[0]


def test_the_verb_says_everything_and_fails(folder: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from config.command import main; main()",
            "doctor",
            "--data",
            folder,
        ],
        cwd=env.ROOT,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
    )
    assert done.returncode == 1
    assert "There is no installation in" in done.stderr
