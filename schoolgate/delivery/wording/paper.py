"""The words of a letter: it lies in an envelope with a name on it and may say everything."""

from django.utils.translation import gettext as _

from schoolgate.delivery.channel import slot
from schoolgate.delivery.wording.parts import Parts


def words_of_a_letter(parts: Parts) -> str:
    """What the letter says, with slots for the names of its people and their children."""
    lines = [
        _("Hello {greeting},").format(greeting=slot("greeting")),
        slot("about"),
        parts.text,
        _asks(parts),
        _("You can answer on {page} or ring {phone}.").format(page=parts.page, phone=parts.phone),
        parts.school,
    ]
    return "\n\n".join(line for line in lines if line)


def _asks(parts: Parts) -> str:
    if not parts.asks:
        return ""
    return _("Please let us know your answer: on the slip, by telephone, or in the portal.")
