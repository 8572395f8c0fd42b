"""The words of a text: short, from the school by name, and how to answer (Clause 2.1-M3b)."""

from django.utils.translation import gettext as _

from schoolgate.delivery.wording.alphabet import plain
from schoolgate.delivery.wording.parts import Parts

# Characters of the author's own words; the rest stands behind the link.
LIMIT = 300


def words_of_a_text(parts: Parts) -> str:
    """What the text says; the page asks for signing in, the answer's link does not."""
    if parts.is_code:
        return plain(f"{parts.school}: {parts.text}")
    if parts.hidden:
        lines = [
            _("You have a message from {school}.").format(school=parts.school) + parts.phrase,
            _("Read and answer it: {page}").format(page=parts.page),
        ]
    else:
        own = _("{school}: {words}").format(school=parts.school, words=_cut(parts.text))
        lines = [own, _link(parts)]
    return plain("\n".join([*lines, _how_to_answer(parts)]))


def _link(parts: Parts) -> str:
    if parts.asks == "confirm":
        return _("Please confirm: {link}").format(link=parts.answer)
    if parts.asks:
        return _("Please answer: {link}").format(link=parts.answer)
    return _("More: {link}").format(link=parts.page)


def _how_to_answer(parts: Parts) -> str:
    if parts.can_reply:
        return _("You can answer this text, or ring {phone}.").format(phone=parts.phone)
    return _("Texts to this number are not read: ring {phone}.").format(phone=parts.phone)


def _cut(text: str) -> str:
    """Its beginning, cut between words where it is too long."""
    whole = " ".join(plain(text).split())
    if len(whole) <= LIMIT:
        return whole
    return whole[: LIMIT - 3].rsplit(" ", 1)[0] + "..."
