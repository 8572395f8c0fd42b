"""The wording of every language, read once from `wordings/`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from schoolgate.worries.patterns import Book, Pattern, read_patterns
from schoolgate.worries.reasons import REASONS

FOLDER = Path(__file__).resolve().parent / "wordings"


class Role(StrEnum):
    """What a line of wording does."""

    WORRY = "worry"
    IDIOM = "idiom"  # a manner of speaking: what stands inside it is not meant
    NO = "no"  # denies what follows it
    UNLESS = "unless"  # takes one reason back within its sentence


@dataclass(frozen=True)
class Line:
    """Where a pattern comes from and what it is for."""

    language: str
    role: Role
    reason: str = ""
    unless: str = ""


def read_wording(file: dict[str, Any]) -> Iterator[tuple[Pattern, Line]]:
    """The patterns of one language's file. Raises ValueError for what can't be read."""
    language, sets, leap = file["language"], _sets(file), file.get("leap", 3)
    for role in (Role.IDIOM, Role.NO):
        for says in file.get(role.value, []):
            for pattern in read_patterns(says, sets, leap):
                yield pattern, Line(language, role)
    for reason, entry in file["reasons"].items():
        if reason not in REASONS:
            raise ValueError(f"{language}: there is no reason {reason!r}")
        for role, line in (
            (Role.WORRY, Line(language, Role.WORRY, reason=reason)),
            (Role.UNLESS, Line(language, Role.UNLESS, unless=reason)),
        ):
            for says in entry.get("says" if role is Role.WORRY else "unless", []):
                for pattern in read_patterns(says, sets, leap):
                    yield pattern, line


def _sets(file: dict[str, Any]) -> dict[str, str]:
    return {name: words.replace(" ", "_") for name, words in file.get("sets", {}).items()}


def files() -> list[Path]:
    """One file for each language."""
    return sorted(FOLDER.glob("*.toml"))


BOOK: Book[Line] = Book(
    pair for path in files() for pair in read_wording(tomllib.loads(path.read_text("utf-8")))
)
