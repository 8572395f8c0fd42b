"""Which rows are one adult or one child, whatever the school's system calls them (decision 26).

It gives nobody anything: what lies on one row is laid on the others too, and who was told less
goes on being told less.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Q, QuerySet

from schoolgate.people.models import Carer, ContactRoute, Link, Pupil
from schoolgate.people.same_name import is_one_name, name_key
from schoolgate.people.telephone import same_number

_key = lru_cache(maxsize=50_000)(name_key)


class Sameness:
    """The links of some children, ended ones too, asked once; `twins` finds the other rows."""

    def __init__(self, links: Iterable[Link]) -> None:
        self.of_child: dict[tuple[str, ...], list[Link]] = defaultdict(list)
        self.routes: dict[int, list[tuple[str, str]]] | None = None
        for link in links:
            self.add(link)

    def add(self, link: Link) -> None:
        """One link more."""
        self.of_child[child_key(link.pupil)].append(link)

    def twins(self, link: Link) -> list[Link]:
        """The links of what is the same adult and the same child in other rows or earlier."""
        return [
            other
            for other in self.of_child[child_key(link.pupil)]
            if other.pk != link.pk
            and is_one_child(other.pupil, link.pupil)
            and self._is_one_adult(other, link)
        ]

    def _is_one_adult(self, earlier: Link, later: Link) -> bool:
        one, other = earlier.carer, later.carer
        if one.pk == other.pk or _key(one.name) == _key(other.name):
            return True
        if one.ended_at is None:
            return False
        # A row that is gone may have come back under another id, and perhaps another name.
        return is_one_name(one.name, other.name) or (
            earlier.relationship.casefold() == later.relationship.casefold()
            and self._share_a_route(one.pk, other.pk)
        )

    def _share_a_route(self, one: int, other: int) -> bool:
        if self.routes is None:
            self.routes = _routes_of(
                {link.carer_id for links in self.of_child.values() for link in links}
            )
        mine, theirs = self.routes.get(one, []), self.routes.get(other, [])
        return any(_same_route(first, second) for first in mine for second in theirs)


def child_key(pupil: Pupil) -> tuple[str, ...]:
    """What two rows of one child have in common: the name, however it is written."""
    return _key(f"{pupil.first_name} {pupil.last_name}")


def is_one_child(one: Pupil, other: Pupil) -> bool:
    """Whether two rows may be one child: one name, and no two birthdays."""
    return one.pk == other.pk or (
        child_key(one) == child_key(other)
        and (one.born_on is None or other.born_on is None or one.born_on == other.born_on)
    )


def links_of_the_same_child(pupil: Pupil) -> QuerySet[Link]:
    """The links of a child and of its other rows, ended ones too."""
    names = Q(pupil__last_name__iexact=pupil.last_name) | Q(pupil=pupil)
    return (
        Link.objects.filter(names, school_id=pupil.school_id)
        .select_related("carer", "pupil")
        .order_by("pk")
    )


def rows_of_the_same_adult(carer: Carer) -> list[Carer]:
    """The other rows of an adult of the same child, those that are gone too: they may come back."""
    mine = list(carer.links.select_related("carer", "pupil"))
    found: dict[int, Carer] = {}
    for link in mine:
        sameness = Sameness(links_of_the_same_child(link.pupil))
        for twin in sameness.twins(link):
            if twin.carer_id != carer.pk:
                found[twin.carer_id] = twin.carer
    return list(found.values())


def _routes_of(carers: set[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = ContactRoute.objects.filter(carer__in=carers)
    for carer, kind, value in rows.values_list("carer", "kind", "value"):
        found[carer].append((kind, value))
    return found


def _same_route(one: tuple[str, str], other: tuple[str, str]) -> bool:
    email = ContactRoute.Kind.EMAIL
    if email in {one[0], other[0]}:
        return one[0] == other[0] and one[1].casefold() == other[1].casefold()
    return same_number(one[1], other[1])


def least_of(twins: Iterable[Link]) -> int | None:
    """The least that anybody of these rows receives, each by its latest link; none: no rows."""
    latest: dict[tuple[int, int], Link] = {}
    for link in sorted(twins, key=lambda one: one.pk):
        latest[link.carer_id, link.pupil_id] = link
    return min((link.receives for link in latest.values()), default=None)
