"""The words of a notice on a browser: that there is a message, and no more (decision 12)."""

from django.utils.translation import gettext as _

from schoolgate.delivery.wording.parts import Parts


def words_of_a_push(parts: Parts) -> str:
    """What the notice says on a locked screen (threat T4)."""
    return _("You have a message from {school}.").format(school=parts.school) + parts.phrase


def fixed_phrase(*, purpose: str, asks: str, is_pressing: bool) -> str:
    """One of the fixed phrases, for who chose them; nothing where none of them is surely true.

    A service message may hold something to do, so that it is never "nothing to do".
    """
    if is_pressing:
        return " " + _("Please read today.")
    if asks:
        return " " + _("A question.")
    if purpose == "reply":
        return " " + _("An answer for you.")
    return " " + _("News, nothing to do.") if purpose == "news" else ""
