"""Reads the files, in any common encoding, into typed rows; touches no database."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from charset_normalizer import from_bytes

from schoolgate.people.importing.columns import FILES, Column, File
from schoolgate.people.importing.problems import ImportRefused, Problem

MOST_BYTES = 50 * 1024 * 1024
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOT_NAME = re.compile(r"[^a-z]+")


@dataclass(frozen=True)
class Row:
    """One row: where it stands and what it says, by column; some columns may be absent."""

    file: str
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def get(self, column: str, default: Any = "") -> Any:
        """What stands in a column that may not be in the file."""
        return self.values.get(column, default)


@dataclass
class Sheets:
    """What the folder holds: the rows of each file that is there, and the columns left aside."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    ignored: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of(self, name: str) -> list[Row]:
        """The rows of a file; none if it is not there."""
        return self.rows.get(name, [])


def read_files(contents: Mapping[str, bytes]) -> Sheets:
    """Read the files by their names. Raises ImportRefused with everything that is wrong in them."""
    sheets = Sheets()
    for file in FILES:
        if file.name in contents:
            _read_file(sheets, file, contents[file.name])
    if not sheets.rows and not sheets.problems:
        names = ", ".join(file.name for file in FILES)
        sheets.problems.append(Problem(names, 0, "", "None of these files is in the folder."))
    if sheets.problems:
        raise ImportRefused(sheets.problems)
    return sheets


def decode(content: bytes) -> str:
    """The text of a file: by its mark, else UTF-8, else what Windows writes, else the best guess.

    Raises UnicodeError where nothing fits.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding)
    if b"\0" in content[:1000]:
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(content).best()
    if best is None:
        raise UnicodeError
    return str(best)


def _read_file(sheets: Sheets, file: File, content: bytes) -> None:
    problem = _unreadable(content)
    if problem:
        sheets.problems.append(Problem(file.name, 0, "", problem))
        return
    try:
        lines = list(_lines(decode(content)))
    except UnicodeError:
        sheets.problems.append(
            Problem(
                file.name,
                0,
                "",
                "The letters of this file are of no kind that we know; save it as CSV in UTF-8.",
            )
        )
        return
    except csv.Error as error:
        sheets.problems.append(Problem(file.name, 0, "", f"This is not a table in CSV ({error})."))
        return
    if not lines:
        sheets.problems.append(
            Problem(file.name, 0, "", "This file is empty; its first line must name the columns.")
        )
        return
    header = [_name(words) for words in lines[0][1]]
    if _header_is_good(sheets, file, header):
        sheets.rows[file.name] = list(_rows(sheets, file, header, lines[1:]))


def _unreadable(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        return f"This file is over {MOST_BYTES // 1024 // 1024} MB."
    if content.startswith(b"PK\x03\x04"):
        return "This is a workbook, not CSV; save it as CSV in UTF-8."
    return ""


def _lines(words: str) -> Iterator[tuple[int, list[str]]]:
    first = words.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _name(words: str) -> str:
    return _NOT_NAME.sub("_", words.strip().lower()).strip("_")


def _header_is_good(sheets: Sheets, file: File, header: list[str]) -> bool:
    known = {column.name for column in file.columns}
    sheets.ignored[file.name] = [name for name in header if name and name not in known]
    missing = [c.name for c in file.columns if c.required and c.name not in header]
    twice = {name for name in header if name in known and header.count(name) > 1}
    sheets.problems += [
        Problem(file.name, 1, name, "This column is required and is missing.") for name in missing
    ]
    sheets.problems += [
        Problem(file.name, 1, name, "There are several columns of this name.") for name in twice
    ]
    return not missing and not twice


def _rows(
    sheets: Sheets, file: File, header: list[str], lines: list[tuple[int, list[str]]]
) -> Iterator[Row]:
    seen: dict[tuple[Any, ...], int] = {}
    columns = {column.name: column for column in file.columns}
    for line, cells in lines:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            sheets.problems.append(
                Problem(
                    file.name,
                    line,
                    "",
                    f"This line has {len(cells)} cells, but there are {len(header)} columns.",
                )
            )
            continue
        values = {
            name: _cell(
                sheets, file, line, columns[name], cells[at].strip() if at < len(cells) else ""
            )
            for at, name in enumerate(header)
            if name in columns
        }
        key = tuple(values.get(name, "") for name in file.key)
        if key in seen and None not in key:
            sheets.problems.append(
                Problem(
                    file.name,
                    line,
                    file.key[0],
                    f"The same {' and '.join(file.key)} stands on line {seen[key]} already.",
                )
            )
        seen.setdefault(key, line)
        yield Row(file.name, line, values)


def _cell(sheets: Sheets, file: File, line: int, column: Column, words: str) -> Any:
    words = " ".join(words.replace("\0", "").split())
    if column.required and not words:
        sheets.problems.append(Problem(file.name, line, column.name, "This must not be empty."))
        return None
    try:
        return column.read(words)
    except ValueError as error:
        sheets.problems.append(Problem(file.name, line, column.name, str(error)))
        return None
