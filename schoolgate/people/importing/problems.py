"""What is wrong in the files, each thing by file, line and column, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from schoolgate.people.errors import PeopleError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where it stands, and what, as a sentence."""

    file: str
    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return (
            f"{place}, {self.column}: {self.sentence}"
            if self.column
            else f"{place}: {self.sentence}"
        )


class ImportRefused(PeopleError):
    """Nothing was brought in; `problems` holds all that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
