"""Another child's name in words that go to a family: the one finding that stops the button.

Decision 17, threat T7. Found among the names of the school's own children, written with a capital.
"""

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from schoolgate.people.entitlement import links_at
from schoolgate.people.models import Carer, Pupil, Receives

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 2


def other_children_in(
    text: str, *, school_id: int, own: Collection[int], adults: Iterable[str] = ()
) -> list[Pupil]:
    """Other children of a school who may be named in a text, by the name that they go by.

    The names of the readers' `own` children don't count, nor those of the adults whom the text
    names on purpose, such as who writes it and who reads it.
    """
    said = {word.lower() for word in WORD.findall(text) if word[:1].isupper()}
    if not said:
        return []
    children = list(Pupil.objects.filter(school_id=school_id))
    said -= words_of(*adults)
    for child in children:
        if child.pk in own:
            said -= _names_of(child)
    others = [child for child in children if child.pk not in own and said & _names_of(child)]
    return sorted(others, key=lambda child: (child.called, child.pk))


def own_children_of(carer: Carer, pupil: Pupil | None, at: datetime) -> frozenset[int]:
    """The children who are no others to one reader: whom it is about, and of whom they may hear.

    A child of theirs whose news they may not have is another child to them (UTC).
    """
    links = links_at(at, Receives.PROGRESS).filter(carer=carer)
    theirs = frozenset(links.values_list("pupil", flat=True))
    return theirs | {pupil.pk} if pupil else theirs


def words_of(*names: str) -> set[str]:
    """The words of names or of a text, in lower case; single letters are none."""
    found = {word.lower() for name in names for word in WORD.findall(name)}
    return {word for word in found if len(word) >= SHORTEST}


def _names_of(child: Pupil) -> set[str]:
    return words_of(child.first_name, child.last_name, child.known_as)
