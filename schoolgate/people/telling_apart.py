"""Two people of one name are told apart wherever one of them is chosen or ticked."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from schoolgate.people.letters import plain
from schoolgate.people.models import Carer, Pupil, TeamMember

Person = TypeVar("Person", Pupil, Carer, TeamMember)


def told_apart(rows: Iterable[Person]) -> list[tuple[Person, str]]:
    """Each with its name, and with more where another of the list is called the same."""
    people = list(rows)
    names = Counter(plain(str(one)) for one in people)
    return [(one, one.told_apart if names[plain(str(one))] > 1 else str(one)) for one in people]
