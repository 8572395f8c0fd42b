"""Telephone numbers as providers want them: E.164, and only those that can be somebody's."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from schoolgate.delivery.errors import Refused
from schoolgate.design.dialling import digits_in

HOME = "GB"
# Numbers that Ofcom keeps for drama belong to nobody: a real provider is never given one.
_DRAMA = (
    "+447700900",
    "+44306999",
    "+44808157",
    "+44909879",
    "+441134960",
    "+441144960",
    "+441154960",
    "+441164960",
    "+441174960",
    "+441184960",
    "+441214960",
    "+441314960",
    "+441414960",
    "+441514960",
    "+441614960",
    "+442079460",
    "+441914980",
    "+442896496",
    "+442920180",
    "+441632960",
)


class NotANumber(Refused):
    """This is no telephone number that can be reached."""


def e164(words: str, *, drama: bool = False) -> str:
    """A number in E.164; with `drama` also those that nobody has. Raises NotANumber."""
    try:
        number = phonenumbers.parse(digits_in(words), HOME)
    except NumberParseException:
        raise NotANumber from None
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if written.startswith(_DRAMA):
        if drama and len(written) == 13:
            return written
        raise NotANumber
    if not phonenumbers.is_valid_number(number):
        raise NotANumber
    return written
