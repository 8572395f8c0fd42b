"""`schoolgate school check` and `schoolgate clauses`."""

import json
from pathlib import Path

import pytest

from config.tests.verbs import ROOT, schoolgate


@pytest.mark.parametrize("name", ["medway-green", "trent-acres", "ysgol-afon-wen"])
def test_a_sound_file_is_told_back(name: str) -> None:
    said = schoolgate("school", "check", f"schools/{name}.toml")
    assert (said.code, said.err) == (0, "")
    assert name in said.out
    assert "Reading O11" in said.out


def test_a_broken_file_is_told_with_every_file_line_and_key(tmp_path: Path) -> None:
    text = (ROOT / "schools" / "medway-green.toml").read_text("utf-8")
    path = tmp_path / "broken.toml"
    path.write_text(text.replace("hue = 155", "hue = 300").replace("chroma", "crome"))
    said = schoolgate("school", "check", str(path))
    assert (said.code, said.out) == (1, "")
    line = text[: text.index("hue = 155")].count("\n") + 1
    assert f"{path}, line {line}: brand.hue: " in said.err
    assert f"{path}, line {line + 1}: brand.crome: This key is not known." in said.err


def test_a_sub_verb_that_is_not_there_shows_those_that_are() -> None:
    said = schoolgate("school", "close")
    assert said.code == 2
    assert "schoolgate school check FILE" in said.err


def test_clauses_are_printed_with_the_tests_behind_each() -> None:
    found = json.loads(schoolgate("clauses", "--json").out)
    by_id = {clause["id"]: clause for clause in found}
    assert len(found) == len(by_id) == 71
    assert by_id["2.2-T1"]["tests"] > 3
    assert by_id["2.2-T1"]["shown"] is True
    assert all(clause["shown"] == bool(clause["tests"] and clause["breaks"]) for clause in found)
    assert "of 71 clauses are shown" in schoolgate("clauses").out
