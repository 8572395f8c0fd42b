"""The register of clauses, and the count of what proves them."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_type_hints

import pytest

from schoolgate.policy.clauses import CLAUSES, clause_ids
from schoolgate.policy.proof import clauses_marked, proofs
from schoolgate.school.settings import SchoolSettings

ROOT = Path(__file__).resolve().parents[3]
A_TEST_FILE = """
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.clause("2.2-T1")]

@pytest.mark.clause("2.2-H3", "6.0-C")
def test_one(): ...

def test_two(): ...

@pytest.mark.clause("5.0-R")
def helper(): ...

class TestMore:
    pytestmark = pytest.mark.clause("3.0-P6")

    @pytest.mark.clause("2.2-T1")
    async def test_three(self): ...
"""


def test_the_register_holds_71_clauses_each_once() -> None:
    assert len(CLAUSES) == len(clause_ids()) == 71


@pytest.mark.clause("2.1-M2a", "2.1-M2b", "2.1-M7")
def test_what_one_school_alone_prints_is_marked_so() -> None:
    single = {clause.id: clause.schools for clause in CLAUSES if clause.schools != "both"}
    assert single == {"2.1-M2a": "A", "2.1-M2b": "B", "2.1-M2c": "B", "2.1-M7": "B"}


@pytest.mark.parametrize("clause", [c for c in CLAUSES if c.setting], ids=lambda clause: clause.id)
def test_a_setting_that_a_clause_names_exists(clause) -> None:
    kind: object = SchoolSettings
    for part in clause.setting.split("."):
        assert is_dataclass(kind)
        assert part in {field.name for field in fields(kind)}
        kind = get_type_hints(kind)[part]


def test_tests_are_counted_with_the_marks_around_them(tmp_path) -> None:
    path = tmp_path / "test_it.py"
    path.write_text(A_TEST_FILE)
    assert clauses_marked(path) == [
        ("test_one", "2.2-H3"),
        ("test_one", "2.2-T1"),
        ("test_one", "6.0-C"),
        ("test_two", "2.2-T1"),
        ("TestMore::test_three", "2.2-T1"),
        ("TestMore::test_three", "3.0-P6"),
    ]


def test_a_clause_is_shown_by_a_test_and_a_break_together(tmp_path) -> None:
    (tmp_path / "schoolgate").mkdir()
    (tmp_path / "schoolgate" / "test_it.py").write_text(A_TEST_FILE)
    assert not any(proof.shown for proof in proofs(tmp_path))
    (tmp_path / "house_rules").mkdir()
    breaks = '[[break]]\nname = "x"\nclauses = ["2.2-H3", "5.0-R"]\n'
    (tmp_path / "house_rules" / "breaks.toml").write_text(breaks)
    assert [proof.clause.id for proof in proofs(tmp_path) if proof.shown] == ["2.2-H3"]


def test_this_checkout_can_be_counted() -> None:
    by_id = {proof.clause.id: proof for proof in proofs(ROOT)}
    assert by_id["2.2-T1"].tests > 3
