"""`schoolgate due`: what it prints, what it refuses, and how little it needs."""

import json
from pathlib import Path

import pytest

from config.tests.verbs import START, schoolgate

# The format that the documentation shows.
CALENDAR = """
timezone = "Europe/London"
bank_holidays = "GB-ENG"            # a holidays-package code, or a list of dates
terms = [{first = 2026-09-03, last = 2026-12-18}, {first = 2027-01-04, last = 2027-03-25}]
closures = [{date = 2026-12-03}, {date = 2026-12-17, hours = ["08:00-12:00"]}]
inset = [2026-10-19]
inset_counts = true
[hours]                              # several blocks a day are allowed
mon = ["08:00-16:00"]
tue = ["08:00-16:00"]
wed = ["08:00-16:00"]
thu = ["08:00-16:00"]
fri = ["08:00-16:00"]
"""


@pytest.fixture
def calendar(tmp_path: Path) -> str:
    path = tmp_path / "calendar.toml"
    path.write_text(CALENDAR)
    return str(path)


@pytest.mark.clause("2.2-T1", "2.2-H3")
def test_it_prints_one_object_with_every_due_time() -> None:
    said = schoolgate("due", "medway-green", "2026-11-24T07:30", "--json")
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out) == {
        "received": "2026-11-24T07:30:00+00:00",
        "reply_due": "2026-11-24T16:00:00+00:00",
        "head_due": "2026-11-25T07:30:00+00:00",
        "head_act_by": "2026-11-24T16:00:00+00:00",
        "literal_24h": "2026-11-25T07:30:00+00:00",
        "beyond_calendar": False,
    }


def test_a_calendar_file_stands_in_place_of_the_schools_own(calendar: str) -> None:
    said = schoolgate("due", "trent-acres", "2026-12-02T09:00", "--calendar", calendar, "--json")
    assert json.loads(said.out)["reply_due"] == "2026-12-04T09:00:00+00:00"
    without = schoolgate("due", "trent-acres", "2026-12-02T09:00", "--json")
    assert json.loads(without.out)["reply_due"] == "2026-12-03T09:00:00+00:00"


def test_it_speaks_in_words_to_a_person() -> None:
    said = schoolgate("due", "medway-green", "2026-11-23T10:00")
    assert "by Tuesday 24 November, 10:00" in said.out


def test_it_reads_times_a_line_at_a_time_and_one_bad_line_stops_no_other() -> None:
    lines = "2026-11-23T10:00\n\nsoon\n2026-11-23\n2026-11-23 16:00\n2026-11-23T10:00Z\n"
    said = schoolgate("due", "medway-green", "-", given=lines)
    assert [json.loads(line)["reply_due"] for line in said.out.splitlines()] == [
        "2026-11-24T10:00:00+00:00",
        "2026-11-24T16:00:00+00:00",
        "2026-11-24T10:00:00+00:00",
    ]
    assert said.err.splitlines() == [
        "Line 3: 'soon' is not a time; write for example 2026-11-23T10:00.",
        "Line 4: '2026-11-23' is not a time; write for example 2026-11-23T10:00.",
    ]
    assert said.code == 1


def test_beyond_the_calendar_is_null_and_no_error() -> None:
    said = schoolgate("due", "medway-green", "2027-07-21T12:00", "--json")
    found = json.loads(said.out)
    assert said.code == 0
    assert found["beyond_calendar"] is True
    assert found["reply_due"] is found["head_due"] is found["head_act_by"] is None
    assert found["literal_24h"] == "2027-07-22T12:00:00+01:00"


@pytest.mark.parametrize(
    ("written", "received"),
    [
        ("2027-03-28T01:30", "2027-03-28T02:30:00+01:00"),
        ("2026-10-25T01:30", "2026-10-25T01:30:00+01:00"),
        ("2026-07-06T09:00Z", "2026-07-06T10:00:00+01:00"),
        ("2026-07-06T09:00+05:30", "2026-07-06T04:30:00+01:00"),
    ],
)
def test_times_without_an_offset_are_the_schools_own(written: str, received: str) -> None:
    said = schoolgate("due", "medway-green", written, "--json")
    assert json.loads(said.out)["received"] == received


@pytest.mark.parametrize("time", ["yesterday", "2026-02-30T10:00", "9999-12-31T23:00", "24:00"])
def test_a_time_that_cannot_be_read_is_a_sentence(time: str) -> None:
    said = schoolgate("due", "medway-green", time, "--json")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(repr(time))
    assert "Traceback" not in said.err


def test_a_school_or_calendar_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    said = schoolgate("due", "hogwarts", "2026-11-23T10:00")
    assert said.code == 1
    assert "There is no school 'hogwarts'; there are medway-green" in said.err
    said = schoolgate("due", "medway-green", "2026-11-23T10:00", "--calendar", str(tmp_path / "no"))
    assert said.code == 1
    assert "cannot be read" in said.err


def test_the_third_school_promises_an_acknowledgement_as_well() -> None:
    said = schoolgate("due", "schools/ysgol-afon-wen.toml", "2026-11-27T10:00", "--json")
    assert json.loads(said.out)["acknowledge_due"] == "2026-12-01T10:00:00+00:00"


@pytest.mark.parametrize(
    "words",
    [
        ("due", "medway-green", "2026-11-23T10:00"),
        ("clauses",),
        ("school", "check", "schools/medway-green.toml"),
    ],
)
def test_neither_django_nor_a_database_driver_is_loaded(words: tuple[str, ...]) -> None:
    start = (
        "import atexit, sys; from config.command import main;"
        "atexit.register(lambda: print(sorted({'django', 'psycopg'} & set(sys.modules)),"
        " file=sys.stderr)); main()"
    )
    assert start != START
    assert schoolgate(*words, start=start).err.strip() == "[]"
