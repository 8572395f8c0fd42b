"""A test that reads a real clock says why: else it is green on a Tuesday morning alone."""

import ast
import subprocess
from pathlib import Path

from config import env

SAYS_WHY = "# Real clock: "
CLOCKS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("date", "today"),
    ("time", "time"),
}


def reads_a_clock(text: str) -> bool:
    """Whether a test asks the machine what time it is."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of, asked = node.func.value, node.func.attr
            name = of.id if isinstance(of, ast.Name) else getattr(of, "attr", "")
            if (name, asked) in CLOCKS:
                return True
    return False


def tests() -> list[Path]:
    """Every file of tests that git knows."""
    known = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=env.ROOT, capture_output=True, text=True, check=True
    )
    return [
        env.ROOT / name
        for name in known.stdout.split()
        if "/tests/" in name or name.startswith(("house_rules/", "journeys/"))
    ]


def test_whoever_reads_a_real_clock_says_why() -> None:
    silent = [
        str(path.relative_to(env.ROOT))
        for path in tests()
        if reads_a_clock(text := path.read_text()) and SAYS_WHY not in text
    ]
    assert silent == []


def test_the_rule_can_fail() -> None:
    assert reads_a_clock("from django.utils import timezone\nat = timezone.now()\n")
    assert reads_a_clock("import datetime as dt\nat = dt.datetime.now(dt.UTC)\n")
    assert not reads_a_clock("def test(now):\n    assert now\n")
