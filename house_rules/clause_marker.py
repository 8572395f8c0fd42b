"""Pytest plugin: a test that proves a clause says so, and only with a clause that exists."""

import pytest

from schoolgate.policy.clauses import CLAUSES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a marker whose clause is not in the register."""
    known = {clause.id for clause in CLAUSES}
    for item in items:
        for marker in item.iter_markers("clause"):
            for clause_id in marker.args:
                if clause_id not in known:
                    raise pytest.UsageError(f"{item.nodeid}: no clause {clause_id!r} is known")
