"""Pytest plugin: the tests' database is named before Django reads its settings."""

from collections.abc import Generator

import pytest

from config.machine import testing_database

DATABASE = pytest.StashKey[testing_database.TestingDatabase]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Set DATABASE_URL to the plain role on a database of this process's own."""
    early_config.stash[DATABASE] = testing_database.announce()
    return (yield)
