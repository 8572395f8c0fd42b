"""What the file says against what stands here: an import never undoes what the office corrected.

Each row keeps what the file said last. What differs from that here, somebody here has changed, and
it stays; the difference shows both, and the office decides on the person's page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row

EMPTY: tuple[object, ...] = ("", None, False, [])


@dataclass(frozen=True)
class Said:
    """One column: what the file says and what stands here, in words; what to write where."""

    column: str
    theirs: Any
    ours: Any
    field: str
    value: Any


def said_in(row: Row, thing: Model, names: Iterable[str]) -> list[Said]:
    """What a row says in columns that are called like their fields."""
    return [
        Said(name, in_json(row[name]), in_json(getattr(thing, name)), name, row[name])
        for name in names
        if name in row.values
    ]


def in_json(value: Any) -> Any:
    """A cell as it is kept to compare the next file with."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def first_said(row: Row, names: Iterable[str]) -> dict[str, Any]:
    """What a new row says, to be kept."""
    return {name: in_json(row[name]) for name in names if name in row.values}


def settle(part: Part, thing: Any, said: Iterable[Said]) -> list[str]:
    """Take from the file what only the file has changed; the fields that differ now.

    What the office changed is named with both values and stays. The caller saves.
    """
    before: Mapping[str, Any] = dict(thing.in_file)
    changed: list[str] = []
    for one in said:
        known = one.column in before
        if one.theirs == one.ours:
            pass
        elif may_take(one, known=known, base=before.get(one.column)):
            setattr(thing, one.field, one.value)
            changed.append(one.field)
        else:
            part.kept.append(both(thing, one.column, one.ours, one.theirs))
        thing.in_file[one.column] = one.theirs
    return [*changed, *(["in_file"] if thing.in_file != before else [])]


def may_take(one: Said, *, known: bool, base: Any) -> bool:
    """Whether only the file has changed it: here stands what it said last, or nothing yet."""
    if known:
        return bool(one.ours == base)
    return one.ours in EMPTY


def both(thing: Any, column: str, ours: Any, theirs: Any) -> str:
    """The sentence that shows what stands here and what the file says."""
    name = column.removesuffix("_id").replace("_", " ")
    here, there = _word(ours), _word(theirs)
    return f"{thing}: {name} is {here} here and {there} in the file; the office decides"


def _word(value: Any) -> str:
    return "empty" if value in EMPTY else str(value)
