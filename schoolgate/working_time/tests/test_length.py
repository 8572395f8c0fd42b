"""Lengths of time as they are written in a policy."""

import pytest

from schoolgate.working_time.errors import UnreadableLengthError
from schoolgate.working_time.length import Length, Unit


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("1 working day", Length(1, Unit.WORKING_DAYS)),
        ("3 working days", Length(3, Unit.WORKING_DAYS)),
        ("48 hours", Length(48, Unit.HOURS)),
        ("1 working hour", Length(1, Unit.WORKING_HOURS)),
        ("15 Working  Minutes", Length(15, Unit.WORKING_MINUTES)),
    ],
)
def test_a_length_is_read_from_words(words: str, length: Length) -> None:
    assert Length.read(words) == length


@pytest.mark.parametrize(
    "words", ["", "soon", "0 hours", "-1 hours", "1.5 hours", "3 wroking days"]
)
def test_other_words_are_refused_with_an_example(words: str) -> None:
    with pytest.raises(UnreadableLengthError, match="48 hours"):
        Length.read(words)


@pytest.mark.parametrize("words", ["1 working day", "3 working days", "48 hours", "1 hour"])
def test_a_length_is_written_as_it_was_read(words: str) -> None:
    assert str(Length.read(words)) == words
