"""Telephone numbers: read as people write them, kept in the international form."""

import re
from collections.abc import Iterable

import phonenumbers

from schoolgate.design.dialling import digits_in
from schoolgate.people.errors import NotANumber

# Where a number without a country is dialled.
HOME = "GB"
# The same country's number also belongs to Jersey, Guernsey and the Isle of Man.
_BRITISH = 44
# A mobile at home, and any number that begins with a country's.
_BETWEEN = r"[ .()/\-\u00a0\u2010-\u2015]{0,3}"
_MOBILE = re.compile(
    rf"(?<!\d)0{_BETWEEN}7(?:{_BETWEEN}\d){{9}}(?!\d)|(?:\+|(?<!\d)00)(?:{_BETWEEN}\d){{9,15}}"
)


def read_number(words: str) -> str:
    """A number as it is kept. Raises NotANumber.

    Only its length is judged: numbers that nobody has, such as Ofcom keeps for drama, are fine.
    """
    number = _read(words)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def kind_of(words: str, otherwise: str) -> str:
    """Mobile or phone by the number itself, since a column may say what it is not."""
    try:
        number = _read(words)
    except NotANumber:
        return otherwise
    if number.country_code != _BRITISH:
        return otherwise
    national = str(number.national_number)
    if national[:1] in "123":
        return "phone"
    # 070 is a number that follows a person, 076 a pager, but for the Isle of Man's 07624.
    is_mobile = national[:1] == "7" and (national[:2] not in {"70", "76"} or national[:4] == "7624")
    return "mobile" if is_mobile else otherwise


def same_number(one: str, other: str) -> bool:
    """Whether two ways of writing are the same number."""
    return _kept(one) == _kept(other)


def numbers_in(words: str) -> tuple[str, ...]:
    """The telephone numbers that stand in a text, such as in the name of a school's line."""
    found = phonenumbers.PhoneNumberMatcher(words, HOME, leniency=phonenumbers.Leniency.POSSIBLE)
    return tuple(one.raw_string for one in found)


def other_mobile_in(words: str, known: Iterable[str]) -> bool:
    """Whether a text holds what looks like a mobile number and is none of those that are known."""
    ours = {_kept(one) for one in known}
    return any(_kept(found) not in ours for found in _MOBILE.findall(words))


def _read(words: str) -> phonenumbers.PhoneNumber:
    try:
        number = phonenumbers.parse(digits_in(words), HOME)
    except phonenumbers.NumberParseException:
        raise NotANumber from None
    judged = phonenumbers.is_possible_number_with_reason(number)
    if judged != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NotANumber
    return number


def _kept(words: str) -> str:
    try:
        return read_number(words)
    except NotANumber:
        return "".join(words.split())
