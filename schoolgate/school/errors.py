"""What can be wrong with a school's settings and files; a class docstring is the sentence."""

from collections.abc import Sequence
from dataclasses import dataclass


class SchoolError(Exception):
    """Something about the school's settings or files is not right."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class StorageFull(SchoolError):  # noqa: N818 - it says what has happened
    """The file could not be kept because the disk took no more; nothing was half kept."""


@dataclass(frozen=True, slots=True, order=True)
class SettingsProblem:
    """One thing that is wrong in a settings file: where, at which key, and what, as a sentence."""

    line: int
    key: str
    sentence: str
    file: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.sentence}" if self.key else f"{place}: {self.sentence}"


class SettingsError(SchoolError):
    """The settings file cannot be used; `problems` holds all that is wrong in it."""

    def __init__(self, problems: Sequence[SettingsProblem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
