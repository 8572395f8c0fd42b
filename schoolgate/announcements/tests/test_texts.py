"""What a text costs, counted as providers count it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.announcements.texts import BASIC, EXTENSION, cheaper, cost_pence, measure


@pytest.mark.clause("2.1-M3b")
@pytest.mark.parametrize(
    ("words", "units", "parts", "alphabet"),
    [
        ("", 0, 0, "GSM-7"),
        ("a" * 160, 160, 1, "GSM-7"),
        ("a" * 161, 161, 2, "GSM-7"),
        ("a" * 306, 306, 2, "GSM-7"),
        ("a" * 307, 307, 3, "GSM-7"),
        ("€" * 80, 160, 1, "GSM-7"),
        ("€" * 81, 162, 2, "GSM-7"),
        # 153 is odd: an escape and its character are never torn apart, so 76 go in a part.
        ("€" * 152, 304, 2, "GSM-7"),
        ("€" * 153, 306, 3, "GSM-7"),
        ("ł" * 70, 70, 1, "UCS-2"),
        ("ł" * 71, 71, 2, "UCS-2"),
        ("ł" * 134, 134, 2, "UCS-2"),
        ("ł" * 135, 135, 3, "UCS-2"),
        ("🙂" * 35, 70, 1, "UCS-2"),
        ("🙂" * 66, 132, 2, "UCS-2"),
        ("🙂" * 67, 134, 3, "UCS-2"),
        ("It’s", 4, 1, "UCS-2"),
    ],
)
def test_parts_are_counted_by_the_alphabet(
    words: str, units: int, parts: int, alphabet: str
) -> None:
    found = measure(words)
    assert (found.units, found.parts, found.alphabet) == (units, parts, alphabet)


def test_the_dear_characters_are_named_once_in_their_order() -> None:
    assert measure("It’s Łódź, isn’t it").dear == ("’", "Ł", "ó", "ź")


def test_what_says_the_same_for_less_is_offered() -> None:
    assert cheaper("It’s “closed” – sorry…") == 'It\'s "closed" - sorry...'
    assert measure(cheaper("It’s “closed” – sorry…")).is_gsm


@given(st.text())
def test_cheaper_words_never_cost_more_characters_out_of_the_alphabet(words: str) -> None:
    """Of one text in its normal form, as it leaves: the same letter has several there."""
    normal = unicodedata.normalize("NFC", words)
    assert set(measure(cheaper(words)).dear) <= set(measure(normal).dear)


@given(st.text(alphabet=sorted(BASIC | EXTENSION)))
def test_gsm_words_stay_gsm_and_as_they_are(words: str) -> None:
    assert measure(words).is_gsm and cheaper(words) == words


def test_a_price_is_only_named_where_the_school_named_one() -> None:
    assert cost_pence(parts=2, people=16, price=3.2) == 102.4
    assert cost_pence(parts=2, people=16, price=None) is None
