"""Which clauses the tests prove: counted from the test files, without running or importing them."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from schoolgate.policy.clauses import CLAUSES, Clause

TEST_FOLDERS = ("schoolgate", "config", "house_rules", "journeys")


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands behind one clause; it is shown if a break makes one of its tests fail."""

    clause: Clause
    tests: int
    breaks: int

    @property
    def shown(self) -> bool:
        """Whether there is a test, and a named break that the test is known to notice."""
        return self.tests > 0 and self.breaks > 0


def proofs(root: Path) -> list[Proof]:
    """Every clause with its tests and breaks, as the checkout at `root` has them.

    Raises SyntaxError for a test file that cannot be read, TOMLDecodeError for a broken register.
    """
    tests = Counter(clause for path in files_of_tests(root) for _, clause in clauses_marked(path))
    breaks = Counter(clause for one in read_breaks(root) for clause in one.get("clauses", []))
    return [Proof(clause, tests[clause.id], breaks[clause.id]) for clause in CLAUSES]


def files_of_tests(root: Path) -> Iterator[Path]:
    """The test files of a checkout."""
    for folder in TEST_FOLDERS:
        yield from sorted((root / folder).rglob("test_*.py"))


def read_breaks(root: Path) -> list[dict[str, Any]]:
    """The register of breaks, empty where a checkout has none."""
    path = root / "house_rules" / "breaks.toml"
    if not path.exists():
        return []
    found: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("break", [])
    return found


def clauses_marked(path: Path) -> list[tuple[str, str]]:
    """The tests of one file with the clauses that each proves, a pair for each.

    A test in a class is named as pytest names it, "TestMore::test_three".
    """
    text = path.read_text("utf-8")
    # Reading a tree is slow, and most files prove no clause.
    if "mark.clause" not in text:
        return []
    tree = ast.parse(text, str(path))
    return list(_marked(tree.body, frozenset(_module_marks(tree))))


def _marked(
    body: Iterable[ast.stmt], around: frozenset[str], prefix: str = ""
) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            own = around | set(_ids(node.decorator_list)) | set(_module_marks(node))
            yield from _marked(node.body, own, f"{prefix}{node.name}::")
        elif _is_test(node):
            for clause in sorted(around | set(_ids(node.decorator_list))):
                yield prefix + node.name, clause


def _is_test(node: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    return is_function and getattr(node, "name", "").startswith("test")


def _module_marks(scope: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in scope.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            marks = (
                node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
            )
            yield from _ids(marks)


def _ids(marks: Iterable[ast.expr]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.clause":
            for argument in mark.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
