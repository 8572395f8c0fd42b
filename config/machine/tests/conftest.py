"""Folders that the unprivileged user can reach, and clusters in them that are always ended."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.machine import databases, kinds, place, privileges
from config.machine.postgres import Postgres


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder; not below pytest's own, which root keeps closed to everybody else."""
    made = Path(tempfile.mkdtemp(prefix="schoolgate-test-"))
    place.make_private(made, privileges.service_user())
    yield made
    Postgres(made).stop()
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Postgres]:
    """A running database, for tests that leave it as it is."""
    made = Path(tempfile.mkdtemp(prefix="schoolgate-test-"))
    place.make_private(made, privileges.service_user())
    postgres = Postgres(made, durable=False)
    postgres.start()
    databases.make_roles(postgres)
    databases.make_database(postgres, mark=kinds.DEMO)
    yield postgres
    postgres.stop()
    shutil.rmtree(made)
