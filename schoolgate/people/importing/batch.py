"""One import under way: what is known by its id, what differs, and what is wrong."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model

from schoolgate.ledger.actors import Actor
from schoolgate.people.importing.difference import Difference
from schoolgate.people.importing.problems import Problem
from schoolgate.people.importing.reading import Row, Sheets
from schoolgate.people.models import Carer, Group, Pupil, TeamMember
from schoolgate.school.models import School

T = TypeVar("T", bound=Model)
AT_ONCE = 500


@dataclass
class Batch:
    """The import of one folder into one school, at one moment (UTC)."""

    school: School
    actor: Actor
    sheets: Sheets
    at: datetime
    tick: Callable[[], None] = lambda: None
    together: frozenset[str] = frozenset()  # households that somebody has said are one
    difference: Difference = field(default_factory=Difference)
    problems: list[Problem] = field(default_factory=list)
    members: dict[str, TeamMember] = field(default_factory=dict)
    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    carers: dict[str, Carer] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day at the school."""
        return self.at.astimezone(ZoneInfo(self.school.settings.timezone)).date()

    def has(self, name: str) -> bool:
        """Whether a file was given; what was not given is left as it is."""
        return name in self.sheets.rows

    def wrong(self, row: Row, column: str, sentence: str) -> None:
        """Note that a cell can't be used."""
        self.problems.append(Problem(row.file, row.line, column, sentence))

    def find(self, row: Row, column: str, known: Mapping[str, T], what: str) -> T | None:
        """Whom a cell names by id; an id that nobody has is a problem, an empty cell is not."""
        wanted = row.get(column)
        if wanted and wanted not in known:
            self.wrong(row, column, f"There is no {what} with the id {wanted!r}.")
        return known.get(wanted)


def by_id(rows: Iterable[T]) -> dict[str, T]:
    """What came by an earlier import, by its id there."""
    return {row.external_id: row for row in rows}  # type: ignore[attr-defined]  # all have one


def written(row: Row, names: Iterable[str]) -> dict[str, object]:
    """What a row says in those of the columns that its file has."""
    return {name: row[name] for name in names if name in row.values}


def in_words(fields: Iterable[str]) -> str:
    """The names of changed fields for a person."""
    return ", ".join(name.removesuffix("_id").replace("_", " ") for name in fields)
