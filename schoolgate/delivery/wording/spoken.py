"""The words of a call: read aloud twice; to an answering machine only that they shall ring."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from schoolgate.delivery.wording.parts import Parts

LIMIT = 900  # characters: about a minute
TIMES = 2


@dataclass(frozen=True, slots=True)
class Script:
    """A call in sentences: what is read aloud, asked, said after, and said to machines."""

    message: str
    asks: str
    thanks: str
    machine: str
    language: str = "en-GB"


def script_of(parts: Parts, *, language: str) -> Script:
    """What a call says; who holds the telephone is not known (Clause 2.1-M1, threat T4)."""
    machine = _("This is {school}. Please ring the school on {phone}.").format(
        school=parts.school, phone=spaced(parts.phone)
    )
    message = machine
    if not parts.hidden:
        message = _("This is {school}. {words}").format(
            school=parts.school, words=" ".join(parts.text.split())[:LIMIT]
        )
    return Script(
        message=message,
        asks=_("Please press 1 to confirm that you have heard this."),
        thanks=_("Thank you. The school knows that you have heard this. Goodbye."),
        machine=machine,
        language=_SPOKEN.get(language, language),
    )


def spaced(number: str) -> str:
    """A number as it is read aloud, figure by figure."""
    return " ".join(number.replace(" ", ""))


_SPOKEN = {"en": "en-GB", "cy": "cy-GB", "pl": "pl-PL"}
