"""Tries every named break: its test passes as the code stands, and fails with one line changed.

`python -m house_rules.breaking [--only NAME]` works on a copy of the checkout in a temporary
folder; nothing of the checkout itself is changed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schoolgate.policy.proof import read_breaks

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = (".venv", "var", ".git", "__pycache__", "node_modules", ".mypy_cache", ".hypothesis")
PASSED, FAILED = 0, 1  # pytest's exit codes; any other is neither (no such test, broken import)


class BreakError(Exception):
    """A break cannot be tried as it is written down."""


@dataclass(frozen=True)
class Break:
    """One line of `file` that, replaced, must make `test` (a pytest node id) fail."""

    name: str
    clauses: tuple[str, ...]
    file: str
    find: str
    replace: str
    test: str

    def applied(self, text: str) -> str:
        """The text with the line replaced. Raises BreakError unless it stands there once."""
        lines = text.split("\n")
        places = [number for number, line in enumerate(lines) if line.strip() == self.find.strip()]
        if len(places) != 1:
            raise BreakError(f"{self.file} has this line {len(places)} times: {self.find}")
        line = lines[places[0]]
        indent = line[: len(line) - len(line.lstrip())]
        lines[places[0]] = indent + self.replace.strip()
        return "\n".join(lines)


def breaks(root: Path = ROOT) -> list[Break]:
    """The register of breaks. Raises TypeError for an entry with a key missing or unknown."""
    return [Break(**(row | {"clauses": tuple(row["clauses"])})) for row in read_breaks(root)]


def main(arguments: list[str] | None = None) -> int:
    """Try the breaks; 1 if any of them goes unnoticed."""
    parser = argparse.ArgumentParser(prog="python -m house_rules.breaking", description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="try the break of this name alone")
    options = parser.parse_args(arguments)
    wanted = [one for one in breaks() if options.only in (None, one.name)]
    if not wanted:
        print(f"There is no break named {options.only!r}.", file=sys.stderr)
        return 1
    unnoticed = _try_all(wanted)
    print(f"{len(wanted) - unnoticed} of {len(wanted)} breaks are noticed.")
    return 1 if unnoticed else 0


def _try_all(wanted: list[Break]) -> int:
    with tempfile.TemporaryDirectory(prefix="schoolgate-breaks-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        whole = {test: _run(copy, test) for test in sorted({one.test for one in wanted})}
        unnoticed = 0
        for one in wanted:
            verdict = _verdict(copy, one, whole[one.test])
            unnoticed += verdict != "noticed"
            print(f"{verdict:<12} {one.name}", flush=True)
    return unnoticed


def _verdict(copy: Path, one: Break, code_when_whole: int) -> str:
    if code_when_whole != PASSED:
        return "FAILS WHOLE"
    try:
        with _broken(copy, one):
            code = _run(copy, one.test)
    except BreakError as error:
        print(error, file=sys.stderr)
        return "NO SUCH LINE"
    return {FAILED: "noticed", PASSED: "UNNOTICED"}.get(code, "DID NOT RUN")


@contextmanager
def _broken(copy: Path, one: Break) -> Iterator[None]:
    path = copy / one.file
    text = path.read_text("utf-8")
    path.write_text(one.applied(text), "utf-8")
    try:
        yield
    finally:
        path.write_text(text, "utf-8")


def _run(copy: Path, test: str) -> int:
    # Compiled files would be taken for current when a line of the same length changes in a second.
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    return subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
