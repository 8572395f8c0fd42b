"""Telephone numbers: read as people write them, kept in the international form."""

import phonenumbers

from schoolgate.people.errors import NotANumber

# Where a number without a country is dialled.
HOME = "GB"


def read_number(words: str) -> str:
    """A number as it is kept. Raises NotANumber.

    Only its length is judged: numbers that nobody has, such as Ofcom keeps for drama, are fine.
    """
    try:
        number = phonenumbers.parse(words, HOME)
    except phonenumbers.NumberParseException:
        raise NotANumber from None
    judged = phonenumbers.is_possible_number_with_reason(number)
    if judged != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NotANumber
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def same_number(one: str, other: str) -> bool:
    """Whether two ways of writing are the same number."""
    return _kept(one) == _kept(other)


def _kept(words: str) -> str:
    try:
        return read_number(words)
    except NotANumber:
        return "".join(words.split())
