"""The register of breaks is fit to be tried."""

from collections import Counter

import pytest

from house_rules.breaking import ROOT, Break, BreakError, breaks
from schoolgate.policy.clauses import clause_ids
from schoolgate.policy.proof import clauses_marked

BREAKS = breaks()
ONE = Break("x", (), "f.py", "a = 1", "a = 2", "t")


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.name)
def test_a_breaks_line_stands_in_its_file_exactly_once(one: Break) -> None:
    text = (ROOT / one.file).read_text("utf-8")
    assert one.applied(text) != text


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.name)
def test_a_breaks_test_proves_the_clauses_that_it_names(one: Break) -> None:
    file, _, name = one.test.partition("::")
    marked = set(clauses_marked(ROOT / file))
    assert set(one.clauses) <= clause_ids()
    assert {(name.partition("[")[0], clause) for clause in one.clauses} <= marked


def test_every_break_has_a_name_of_its_own() -> None:
    assert max(Counter(one.name for one in BREAKS).values()) == 1


def test_a_line_is_replaced_where_it_stands() -> None:
    assert ONE.applied("if b:\n    a = 1\na = 10\n") == "if b:\n    a = 2\na = 10\n"


@pytest.mark.parametrize("text", ["a = 10\n", "a = 1\n  a = 1\n"])
def test_a_line_that_is_missing_or_doubled_is_refused(text: str) -> None:
    with pytest.raises(BreakError):
        ONE.applied(text)
