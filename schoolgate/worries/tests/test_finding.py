"""What a message speaks of is found by its wording, in any language, and its tone never counts."""

import time
import tomllib

import pytest

from schoolgate.worries.finding import first, found
from schoolgate.worries.reasons import Kind
from schoolgate.worries.tests.sentences import FOLDER, sentences


def kinds(text: str) -> set[str]:
    return {worry.kind.value for worry in found(text)}


@pytest.mark.parametrize(("about", "text"), sentences("tuned", "learnt"))
def test_what_the_wording_was_tuned_on_is_found_and_what_only_sounds_like_it_is_not(
    about: str, text: str
) -> None:
    if about == "harmless":
        assert kinds(text) == set()
    else:
        assert about in kinds(text)


@pytest.mark.parametrize(
    "text", tomllib.loads((FOLDER / "tone.toml").read_text("utf-8"))["sentences"]
)
def test_an_angry_rude_or_sad_message_finds_nothing(text: str) -> None:
    assert found(text) == ()
    assert found(text.upper()) == ()
    assert found(" ".join([text] * 40)) == ()


def test_a_finding_says_its_kind_its_reason_the_words_and_the_language() -> None:
    (worry,) = found("Hello. She said she WANTS  to die.")
    assert worry.kind is Kind.DANGER
    assert worry.reason == "It speaks of somebody who may not want to live."
    assert worry.words == "WANTS to die"
    assert worry.language == "English"


@pytest.mark.parametrize(
    "text",
    [
        "i want to d\u200bie",
        "I don\u2019t want to live",
        "I dont want to live",
        "self-harm",
        "selfharm",
        "she is self\u00adharming",
        "he talks about sucide",
        "ＫＩＬＬ ＭＹＳＥＬＦ",
        "kill\nmyself",
        "nie chcę żyć",
        "nie chce zyc",
        "N'IE; Je veux mourir",
    ],
)
def test_ways_of_writing_do_not_hide_what_is_said(text: str) -> None:
    assert "danger" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "He was never hit by his dad.",
        "She does not want to die.",
        "She no longer talks about dying.",
        "He beat me at Fortnite and killed it.",
        "I want to. Die Schuhe passen.",
    ],
)
def test_a_denial_an_idiom_or_the_end_of_a_sentence_takes_words_back(text: str) -> None:
    assert "danger" not in kinds(text)


def test_two_languages_in_one_message_are_both_read() -> None:
    text = "Kuba won't be in school today. Ojciec bije Kubę pasem."
    assert kinds(text) == {"absence", "danger"}


def test_danger_stands_first_and_each_reason_once() -> None:
    text = "She is off today with a temperature. I want to die. I want to die. He hits me."
    worries = found(text)
    assert worries[0].kind is Kind.DANGER
    assert len({worry.reason for worry in worries}) == len(worries)


def test_only_danger_is_read_first() -> None:
    assert first("My dad hits me.")
    assert not first("Kuba won't be in school today.")
    assert not first("You are all idiots.")


@pytest.mark.parametrize("text", ["", " ", "\0", "....", "''''", "\u0640" * 9, "\ufdfa" * 99])
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "never hit me " * 20_000,
        "he " * 60_000,
        "想" * 90_000,
        "\ufdfa" * 90_000,
        "want to " * 30_000,
    ],
)
def test_no_text_however_long_holds_anybody_up(text: str) -> None:
    begun = time.process_time()
    found(text)
    # Far above what it takes: this is about a text that would take minutes.
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("text", ["Dad hit Kuba.", "He strangled KUBA"])
def test_a_childs_name_is_as_good_as_my_son(text: str) -> None:
    assert not first_of(text, ())
    assert first_of(text, ("Kuba",))


def first_of(text: str, names: tuple[str, ...]) -> bool:
    """Whether danger is found where these are the names of the family's children."""
    return any(worry.kind is Kind.DANGER for worry in found(text, names))
