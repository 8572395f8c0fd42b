"""`schoolgate due SCHOOL TIME`: by when a message received at a time must be answered."""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.verbs.school_files import find_school
from schoolgate.response_clock.reckoning import DueTimes, due_times
from schoolgate.school.errors import SchoolError
from schoolgate.school.settings import SchoolSettings, load_calendar
from schoolgate.school.settings_parts import Promises
from schoolgate.working_time.calendar import WorkingCalendar

# Outside these years neither bank holidays nor clock changes are known.
FIRST_YEAR, LAST_YEAR = 1970, 2099

_TIME = re.compile(
    r"\d{4}-?\d{2}-?\d{2}[Tt ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?\s*([Zz]|[+-]\d{2}(:?\d{2})?)?"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose promises are asked about, on which calendar."""

    school: SchoolSettings
    calendar: WorkingCalendar

    @property
    def promises(self) -> Promises:
        """What the school promises."""
        return self.school.promises

    def reckoned(self, words: str) -> DueTimes:
        """What a message received at the time in `words` makes due. Raises ValueError."""
        return due_times(self.calendar, self.promises, read_time(words, self.calendar))


def main(arguments: list[str]) -> int:
    """Print what is due; 1 if something could not be read."""
    options = _parser().parse_args(arguments)
    try:
        school = find_school(options.school)
        replaced = load_calendar(options.calendar) if options.calendar else None
    except SchoolError as error:
        print(error, file=sys.stderr)
        return 1
    asked = Asked(school, replaced or school.reply_calendar())
    if options.time == "-":
        try:
            return _answer_lines(asked, _lines_of_input())
        except BrokenPipeError:
            # Whoever read our lines has had enough; there is nobody left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
    return _answer_one(asked, options.time, as_json=options.json)


def read_time(words: str, calendar: WorkingCalendar) -> datetime:
    """A time as written on the command line; without an offset it is the school's local time.

    Raises ValueError with a sentence.
    """
    sentence = f"{words!r} is not a time; write for example 2026-11-23T10:00."
    if not _TIME.fullmatch(words.strip()):
        raise ValueError(sentence)
    try:
        found = datetime.fromisoformat(re.sub(r"\s+(?=[+-]|[Zz])", "", words.strip()).upper())
    except ValueError:
        raise ValueError(sentence) from None
    if not FIRST_YEAR < found.year < LAST_YEAR:
        raise ValueError(f"{words!r} is too far away; years from 1971 to 2098 are known.")
    return calendar.local_moment(found)


def _answer_lines(asked: Asked, lines: Iterable[str]) -> int:
    exit_code = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            print(json.dumps(as_object(asked.promises, asked.reckoned(line.strip()))), flush=True)
        except ValueError as error:
            print(f"Line {number}: {error}", file=sys.stderr)
            exit_code = 1
    return exit_code


def _answer_one(asked: Asked, time: str, *, as_json: bool) -> int:
    try:
        found = asked.reckoned(time)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        json.dumps(as_object(asked.promises, found), indent=2)
        if as_json
        else "\n".join(in_words(asked.school, found))
    )
    return 0


def as_object(promises: Promises, found: DueTimes) -> dict[str, str | bool | None]:
    """What `--json` prints: times in ISO 8601 with offset, null beyond the calendar."""
    times = {
        "received": found.received,
        "reply_due": found.reply_due,
        "head_due": found.head_due,
        "head_act_by": found.head_act_by,
        "literal_24h": found.literal_24h,
    }
    if promises.acknowledge:
        times["acknowledge_due"] = found.acknowledge_due
    written = {name: at.isoformat() if at else None for name, at in times.items()}
    return written | {"beyond_calendar": found.beyond_calendar}


def in_words(school: SchoolSettings, found: DueTimes) -> Iterator[str]:
    """The same for a person, a line for each moment."""
    year = found.received.year
    rows = [
        ("A reply", found.reply_due, ""),
        (f"The {school.head_title}", found.head_due, ""),
        ("  to act on", found.head_act_by, " at the latest within working hours"),
        ("24 hours by the clock", found.literal_24h, ""),
    ]
    if school.promises.acknowledge:
        rows.insert(0, ("A first word", found.acknowledge_due, ""))
    yield f"Received {moment_in_words(found.received)}"
    width = max(len(name) for name, _, _ in rows) + 2
    for name, at, more in rows:
        when = f"by {moment_in_words(at, year)}{more}" if at else "beyond the known calendar"
        yield f"{name:<{width}}{when}"
    if found.beyond_calendar:
        yield "The calendar ends before this is due: add the next term's dates."


def moment_in_words(at: datetime, year: int = 0) -> str:
    """A moment such as "Tuesday 24 November, 10:00", with its year if that is not `year`."""
    its_year = "" if at.year == year else f" {at.year}"
    return f"{at:%A} {at.day} {at:%B}{its_year}, {at:%H:%M}"


def _lines_of_input() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolgate due", description=__doc__)
    parser.add_argument("school", help="a school's short name, or the path of its settings file")
    parser.add_argument("time", help="such as 2026-11-23T10:00; - reads times, one a line")
    parser.add_argument("--calendar", type=Path, help="a file in place of the school's calendar")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser
