"""Reads the tables of a settings file key by key, and collects everything that is wrong in them."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeVar

from schoolgate.school.errors import SettingsError, SettingsProblem
from schoolgate.school.toml_lines import Path, lines_of_keys
from schoolgate.working_time.errors import WorkingTimeError

T = TypeVar("T")
_KEY_OF_LINE = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*=")
_TOML_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass
class Findings:
    """What was found wrong in one file so far."""

    file: str
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[SettingsProblem] = field(default_factory=list)

    def add(self, path: Path, sentence: str) -> None:
        """Note a sentence about the key at `path`, with its line or that of the table around it."""
        around = path
        while around and around not in self.lines:
            around = around[:-1]
        self.problems.append(
            SettingsProblem(self.lines.get(around, 1), _written(path), sentence, self.file)
        )

    def raise_any(self) -> None:
        """Raise SettingsError if anything is wrong."""
        if self.problems:
            raise SettingsError(self.problems)


class Table:
    """One table of the file: each reader takes one key, and `close` refuses what nobody took.

    A reader notes what is wrong and returns its default, so that one run finds every mistake.
    """

    def __init__(self, values: dict[str, Any], findings: Findings, path: Path = ()) -> None:
        self.values = values
        self.findings = findings
        self.path = path
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def wrong(self, key: str | int, sentence: str) -> None:
        """Note that the value of `key` is wrong."""
        self.findings.add((*self.path, key), sentence)

    def raw(self, key: str, *, required: bool = False) -> Any:
        """The value as the file has it, or None."""
        self._known.add(key)
        if required and key not in self.values:
            self.findings.add((*self.path, key), "This key is required and is missing.")
        return self.values.get(key)

    def text(self, key: str, *, required: bool = False, default: str = "") -> str:
        """A text on one line, not empty if it is there."""
        value = self.raw(key, required=required)
        if value is None:
            return default
        if not isinstance(value, str) or not value.strip() or "\n" in value:
            self.wrong(key, "This must be a text in quotes, on one line and not empty.")
            return default
        return value.strip()

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self.raw(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.wrong(key, 'This must be a list of texts, for example ["one", "two"].')
            return ()
        if required and not value:
            self.wrong(key, "This list needs at least one entry.")
        return tuple(entry.strip() for entry in value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Either true or false."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.wrong(key, "This must be true or false, without quotes.")
        return default

    def number(self, key: str, *, required: bool = False, default: float = 0) -> float:
        """A number, whole or with a decimal point."""
        value = self.raw(key, required=required)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(key, "This must be a number, without quotes.")
            return default
        return value

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date without quotes, as 2026-12-18."""
        value = self.raw(key, required=required)
        if value is None or is_day(value):
            return value  # type: ignore[no-any-return]  # is_day has judged it
        self.wrong(key, "This must be a date without quotes, for example 2026-12-18.")
        return None

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(map(is_day, value)):
            self.wrong(key, "This must be a list of dates, for example [2026-10-19].")
            return ()
        return tuple(value)

    def choice(
        self, key: str, allowed: Iterable[str], *, default: str, required: bool = False
    ) -> str:
        """One of a few words."""
        words = list(allowed)
        value = self.raw(key, required=required)
        if value is None:
            return default
        if value not in words:
            self.wrong(key, f"{value!r} is not possible here; possible are {', '.join(words)}.")
            return default
        return str(value)

    def read(
        self, key: str, reader: Callable[[str], T], *, default: T, required: bool = False
    ) -> T:
        """A text read by `reader`, whose ValueError or own error is the sentence."""
        words = self.text(key, required=required)
        if not words:
            return default
        try:
            return reader(words)
        except (ValueError, WorkingTimeError) as error:
            self.wrong(key, str(error))
            return default

    def table(self, key: str, *, required: bool = False) -> "Table":
        """The table under `key`, empty if it is not there."""
        value = self.raw(key, required=required)
        if value is not None and not isinstance(value, dict):
            self.wrong(key, f"This must be a table: a line [{key}] with its keys below.")
            value = None
        return Table(value or {}, self.findings, (*self.path, key))

    def tables(self, key: str) -> list["Table"]:
        """The list of tables under `key`."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(key, "This must be a list of tables, for example [{date = 2026-12-03}].")
            return []
        path = (*self.path, key)
        return [Table(v, self.findings, (*path, number)) for number, v in enumerate(value)]

    def close(self) -> None:
        """Refuse every key that nobody asked for, and name the one that was probably meant."""
        for key in self.values.keys() - self._known:
            close = difflib.get_close_matches(key, self._known - self.values.keys(), n=1)
            meant = f" Did you mean {close[0]!r}?" if close else ""
            self.wrong(key, f"This key is not known.{meant}")


def open_document(text: str, file: str) -> Table:
    """The top table of a TOML text. Raises SettingsError where it is not TOML."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_not_toml(str(error), text, file)]) from error
    return Table(values, Findings(file, lines_of_keys(text)))


def is_day(value: object) -> bool:
    """Whether a TOML value is a date without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)


def clock_time(value: object) -> time | None:
    """A wall-clock time written as 15:30, with or without quotes; None if it is not one."""
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", value) if isinstance(value, str) else None
    return time(int(found[1]), int(found[2])) if found else None


def _not_toml(message: str, text: str, file: str) -> SettingsProblem:
    found = _TOML_LINE.search(message)
    lines = text.rstrip("\n").split("\n")
    line = min(int(found[1]) if found and found[1] else len(lines), len(lines))
    key = _KEY_OF_LINE.match(lines[line - 1])
    while key is None and line > 1 and (found is None or not found[1]):
        # The end of the file says little; what was left open began at the last key before it.
        line -= 1
        key = _KEY_OF_LINE.match(lines[line - 1])
    sentence = f"This line cannot be read as TOML ({_TOML_LINE.sub('', message)})."
    return SettingsProblem(line, key[1] if key else "", sentence, file)


def _written(path: Path) -> str:
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words
