"""A report in the language that is asked for, as far as the catalogue has words."""

import struct
from pathlib import Path
from typing import Any

import pytest

from config.verbs import drill_inside
from schoolgate.rehearsal.cast import Cast

# Welsh; no catalogue is shipped yet, so this is a test's own.
WORDS = {
    "": "Content-Type: text/plain; charset=UTF-8\n",
    "A disclosure on a Saturday at 23:00": "Datgeliad nos Sadwrn am 23:00",
    "Who would be told:": "Pwy fyddai’n cael gwybod:",
    "Where it fails:": "Lle mae’n methu:",
    "No number of children’s services is kept for {council}.": "Nid oes rhif ar gyfer {council}.",
    "{day}, {time}": "{day} am {time}",
}


def written(words: dict[str, str]) -> bytes:
    """A catalogue as the machine reads it (GNU's .mo)."""
    pairs = sorted((key.encode(), value.encode()) for key, value in words.items())
    begins = 28 + 16 * len(pairs)
    tables, texts = [b"", b""], b""
    for place in (0, 1):
        for pair in pairs:
            tables[place] += struct.pack("<II", len(pair[place]), begins + len(texts))
            texts += pair[place] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables[0] + tables[1] + texts


@pytest.fixture
def welsh(settings: Any, tmp_path: Path) -> None:
    """An installation that has words in Welsh."""
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(written(WORDS))
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]


def test_the_command_speaks_the_language_that_is_named(
    medway: Cast, welsh: None, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"slug": "medway-green", "at": "2026-11-28T23:00"}
    assert drill_inside.drill("disclosure", **asked, language="cy") == 1
    said = capsys.readouterr().out
    assert said.startswith("Datgeliad nos Sadwrn am 23:00. Medway Green School")
    assert "Dydd Sadwrn" in said and " am 23:00" in said
    assert "Pwy fyddai’n cael gwybod:" in said and "Lle mae’n methu:" in said
    assert "1. Nid oes rhif ar gyfer Bexley." in said


def test_where_none_is_named_it_speaks_the_schools_own(
    medway: Cast, welsh: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    drill_inside.drill("disclosure", slug="medway-green", at="2026-11-28T23:00")
    assert capsys.readouterr().out.startswith("A disclosure")
    settings.LANGUAGE_CODE = "cy"
    drill_inside.drill("disclosure", slug="medway-green", at="2026-11-28T23:00")
    assert capsys.readouterr().out.startswith("Datgeliad")


def test_a_language_without_words_is_refused_in_a_sentence(
    medway: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    code = drill_inside.drill("disclosure", slug="medway-green", at="", language="xx")
    assert code == drill_inside.CANT
    assert "There are no words for “xx” here. There are: en-gb." in capsys.readouterr().err
