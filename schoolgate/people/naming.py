"""Another child's name in words that go to a family: the one finding that stops the button.

Decision 17, threat T7. Found among the names of the school's own children, written with a capital.
"""

import re
from collections.abc import Iterable

from schoolgate.people.models import Pupil, TeamMember

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 2


def other_children_in(text: str, pupil: Pupil, team: Iterable[TeamMember]) -> list[str]:
    """Other children of the school who may be named in a text, by the name that they go by.

    The child's own names don't count, nor those of the adults whom the text names on purpose.
    """
    said = {word.lower() for word in WORD.findall(text) if word[:1].isupper()}
    said -= words_of(pupil.first_name, pupil.last_name, pupil.known_as)
    said -= words_of(*(one.name for one in team))
    others = Pupil.objects.filter(school_id=pupil.school_id).exclude(pk=pupil.pk)
    return sorted(
        {
            known_as or first
            for first, last, known_as in others.values_list("first_name", "last_name", "known_as")
            if said & words_of(first, last, known_as)
        }
    )


def words_of(*names: str) -> set[str]:
    """The words of names or of a text, in lower case; single letters are none."""
    found = {word.lower() for name in names for word in WORD.findall(name)}
    return {word for word in found if len(word) >= SHORTEST}
