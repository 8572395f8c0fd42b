"""Telephone numbers are read as their digits, whatever words stand beside them."""

import phonenumbers
import pytest

from schoolgate.delivery.numbers import NotANumber as NotReachable
from schoolgate.delivery.numbers import e164
from schoolgate.people.errors import NotANumber
from schoolgate.people.telephone import kind_of, read_number, same_number


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("07700 900001 (mum)", "+44 7700 900001"),
        ("mum 07700900001 MUM", "+44 7700 900001"),
        ("Tel.: (01632) 960001", "+44 1632 960001"),
        ("+44 (0) 7700 900001", "+44 7700 900001"),
        ("٠٧٧٠٠ ٩٠٠٠٠١", "+44 7700 900001"),
        ("01632 960001 ext. 7", "+44 1632 960001 x7"),
        ("07700 900001, flat 2", "+44 7700 900001"),
    ],
)
def test_words_beside_a_number_are_not_dialled(words: str, kept: str) -> None:
    assert read_number(words) == kept


@pytest.mark.parametrize(
    "words", ["", "none", "0800 SCHOOL", "07700 900001 / 07700 900002", "1 2 3", "²³⁴⁵⁶⁷⁸⁹"]
)
def test_what_holds_no_number_or_two_is_none(words: str) -> None:
    with pytest.raises(NotANumber):
        read_number(words)


@pytest.mark.parametrize("region", ["JE", "GG", "IM"])
def test_numbers_of_jersey_guernsey_and_man_can_be_reached(region: str) -> None:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert e164(f"{national} (dad)").startswith("+44")
    assert kind_of(national, "phone") == "mobile"


def test_letters_make_no_number_longer_where_it_is_sent() -> None:
    assert e164("07700 900001 (mum)", drama=True) == "+447700900001"
    with pytest.raises(NotReachable):
        e164("0800 SCHOOL")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("07700 900001", "mobile"),
        ("01632 960001", "phone"),
        ("020 7946 0001", "phone"),
        ("not a number", "phone"),
    ],
)
def test_a_number_says_itself_whether_it_is_a_mobile(words: str, kind: str) -> None:
    assert kind_of(words, "phone") == kind


def test_words_beside_it_make_no_other_number() -> None:
    assert same_number("07700 900001 (mum)", "+44 7700 900001")
