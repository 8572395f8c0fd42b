"""`schoolgate people import` and `schoolgate school open`, as somebody at a terminal meets them."""

import argparse
import time
from pathlib import Path

import pytest

from config.tests.verbs import schoolgate
from config.verbs.people import read_folder
from config.verbs.people_inside import bring
from schoolgate.people.models import Pupil
from schoolgate.rehearsal.cast import open_school
from schoolgate.school.models import School
from schoolgate.school.tenancy import see

THIRTY_SECONDS = 30


def ask(contents: dict[str, bytes], *, school: str = "", apply: bool = False) -> int:
    words = argparse.Namespace(school=school, apply=apply, many_leave=False, one_household=[])
    return bring(words, contents)


@pytest.fixture
def school(db: None) -> School:
    return open_school("medway-green")


def test_a_folder_that_is_not_there_is_said_in_a_sentence() -> None:
    said = schoolgate("people", "import", "/nowhere/at/all")
    assert (said.code, said.err) == (
        1,
        "/nowhere/at/all can't be read: No such file or directory.\n",
    )


def test_a_settings_file_that_is_wrong_opens_no_school(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("slug = 3\n")
    said = schoolgate("school", "open", str(tmp_path / "bad.toml"))
    assert said.code == 1 and "bad.toml, line 1: slug" in said.err


def test_files_are_found_whatever_the_case_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "Pupils.CSV").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")
    assert read_folder(tmp_path) == {"pupils.csv": b"x"}


def test_first_it_says_what_would_change_then_it_does_it(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    contents = {"pupils.csv": b"id,first_name,last_name\nP1,Ada,Moon\n"}
    assert ask(contents) == 0
    said = capsys.readouterr().out
    assert "+ Ada Moon" in said and "Add --apply to do this." in said
    assert ask(contents, apply=True) == 0
    assert capsys.readouterr().out.endswith("Done.\n")
    assert ask(contents, apply=True) == 0
    assert capsys.readouterr().out.endswith("Nothing differs.\n")


def test_what_is_wrong_is_printed_and_nothing_is_changed(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    contents = {"pupils.csv": b"id,first_name,last_name,group\nP1,Ada,Moon,Nowhere\n"}
    assert ask(contents, apply=True) == 1
    said = capsys.readouterr().err
    assert "pupils.csv, line 2, group: There is no tutor group 'Nowhere'." in said
    assert "Nothing was changed." in said


def test_with_several_schools_one_is_named(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    open_school("trent-acres")
    assert ask({}, school="") == 1
    assert "medway-green, trent-acres" in capsys.readouterr().err


def test_two_thousand_pupils_come_in_under_thirty_seconds(school: School) -> None:
    rows = range(2000)
    texts = {
        "pupils.csv": ["id,first_name,last_name"] + [f"P{n},Child {n},Moon" for n in rows],
        "carers.csv": ["id,name,email,household"]
        + [f"C{n},Carer {n},c{n}@example.org,H{n // 2}" for n in range(3600)],
        "links.csv": ["pupil,carer,relationship"] + [f"P{n // 2},C{n},parent" for n in range(3600)],
    }
    begun = time.monotonic()
    assert ask({name: "\n".join(lines).encode() for name, lines in texts.items()}, apply=True) == 0
    assert time.monotonic() - begun < THIRTY_SECONDS
    see(school_id=school.pk)
    assert Pupil.objects.count() == 2000
