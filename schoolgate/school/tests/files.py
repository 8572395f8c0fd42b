"""A settings file to change in tests: one line replaced at a time."""

from pathlib import Path

SCHOOLS = Path(__file__).resolve().parents[3] / "schools"
MEDWAY = (SCHOOLS / "medway-green.toml").read_text("utf-8")


def changed(old: str, new: str, text: str = MEDWAY) -> str:
    """The text with `old`, which stands there exactly once, replaced."""
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)


def line_of(words: str, text: str) -> int:
    """The line, from 1, on which `words` stand."""
    return text[: text.index(words)].count("\n") + 1
