"""The wording is data: every language is there, can be read, and is counted on enough sentences."""

import tomllib

import pytest

from schoolgate.worries.patterns import read_patterns
from schoolgate.worries.reading import cleaned, words_of
from schoolgate.worries.reasons import REASONS, Kind
from schoolgate.worries.tests.sentences import files
from schoolgate.worries.wording import FOLDER, read_wording

LANGUAGES = {
    "arabic", "chinese", "dutch", "english", "french", "german", "italian", "polish",
    "portuguese", "romanian", "spanish", "urdu", "welsh",
}  # fmt: skip


def stands(says: str, text: str) -> bool:
    words = words_of(cleaned(text))
    return any(
        pattern.end(words, place) is not None
        for pattern in read_patterns(says, {"child": "son|little one"})
        for place in range(len(words))
    )


def test_every_language_has_its_wording_and_its_sentences() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == LANGUAGES == set(files())


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_knows_every_reason(language: str) -> None:
    file = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    assert set(file["reasons"]) == set(REASONS)
    assert list(read_wording(file))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_is_counted_on_enough_sentences(language: str) -> None:
    data = files()[language]
    parts = [data[part] for part in ("tuned", "held", "learnt", "fresh")]
    harmless = sum(len(part["harmless"]) for part in parts)
    worrying = sum(len(texts) for part in parts for texts in part.values()) - harmless
    least = 30 if language == "english" else 12
    assert min(harmless, worrying) >= least


def test_every_reason_is_one_sentence_without_a_verdict() -> None:
    for reason in REASONS.values():
        assert reason.says.startswith("It speaks of ") and reason.says.endswith(".")
    assert {reason.kind for reason in REASONS.values()} == set(Kind)


@pytest.mark.parametrize(
    ("says", "text"),
    [
        ("hit*", "hitting"),
        ("my son|little_one", "my little one"),
        ("my {child}", "My little one"),
        ("want ?to die", "want die"),
        ("said ... me", "said of one and me"),
        ("said * me", "said to me"),
        ("hurt <> her", "her arm was hurt"),
        ("don't", "DON’T"),
    ],
)
def test_a_pattern_reads_as_it_is_written_down(says: str, text: str) -> None:
    assert stands(says, text)


@pytest.mark.parametrize(
    ("says", "text"),
    [
        ("hit", "hitting"),
        ("said ... me", "said a b c d me"),
        ("said me", "said. Me"),
        ("said ... me", "said. Me"),
    ],
)
def test_a_pattern_reads_no_more_than_is_written_down(says: str, text: str) -> None:
    assert not stands(says, text)


@pytest.mark.parametrize("says", ["... me", "?to me", "|me", ""])
def test_wording_that_can_not_be_read_is_refused(says: str) -> None:
    with pytest.raises(ValueError):
        read_patterns(says, {})
