"""Where a tray item may be filed: to whom it may be from, and to whomever was looked for."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation
from schoolgate.inbound import access
from schoolgate.inbound.models import TrayItem
from schoolgate.inbound.queries import carers_behind, children_of
from schoolgate.people.access import Who, pupils_for_team
from schoolgate.people.models import Carer, Pupil

MOST_CARERS = 8
MOST_THREADS = 4
SHORTEST = 2


@dataclass(frozen=True)
class Place:
    """One thread of a carer, or a new one about one child or none; or a child's, for the team."""

    carer: Carer | None = None
    pupil: Pupil | None = None
    thread: Conversation | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        if self.thread:
            return f"thread {self.thread.public_id}"
        if self.carer is None:
            return f"child {self.pupil.public_id if self.pupil else '-'}"
        return f"new {self.carer.public_id} {self.pupil.public_id if self.pupil else '-'}"

    @property
    def words(self) -> str:
        """How a person names it."""
        if self.carer is None:
            return _("About {child}, for the team alone: the family does not see it").format(
                child=str(self.pupil)
            )
        if self.thread:
            return _("{name}: add it to “{subject}”").format(
                name=self.carer.name, subject=self.thread.subject
            )
        if self.pupil:
            return _("{name}: new conversation about {child}").format(
                name=self.carer.name, child=str(self.pupil)
            )
        return _("{name}: new conversation, not about one child").format(name=self.carer.name)


def places_for(who: Who, item: TrayItem, asked: str = "") -> list[Place]:
    """Every place that is offered, the likeliest first."""
    carers = _carers(who, item, asked)
    theirs = [place for carer in carers for place in _of(who, item, carer)]
    named = {place.pupil.pk: place.pupil for place in theirs if place.pupil}
    named |= {pupil.pk: pupil for pupil in _children_looked_for(who, asked)}
    return [*theirs, *(Place(pupil=pupil) for pupil in named.values())]


def suggested(places: list[Place], item: TrayItem) -> str:
    """The place to begin with: the likeliest of the one carer whose address it is; else none."""
    if item.carer is None:
        return ""
    theirs = [place for place in places if place.carer == item.carer and not place.thread]
    return next((place.key for place in theirs if place.pupil == item.pupil), "")


def _of(who: Who, item: TrayItem, carer: Carer) -> list[Place]:
    children = children_of(carer, who.at)
    threads = access.threads_of(who, carer)[:MOST_THREADS]
    return [
        *[Place(carer, pupil=child) for child in children],
        Place(carer),
        *[Place(carer, thread=thread) for thread in threads],
    ]


def _carers(who: Who, item: TrayItem, asked: str) -> list[Carer]:
    by_address = carers_behind(item.school, item.sender, who.at)
    found = {carer.pk: carer for carer in by_address}
    for carer in _looked_for(who, asked):
        found.setdefault(carer.pk, carer)
    return list(found.values())[:MOST_CARERS]


def _looked_for(who: Who, asked: str) -> list[Carer]:
    if len(asked) < SHORTEST:
        return []
    rows = access.carers(who).filter(
        Q(name__icontains=asked)
        | Q(links__ended_at=None, links__pupil__first_name__icontains=asked)
        | Q(links__ended_at=None, links__pupil__last_name__icontains=asked)
        | Q(links__ended_at=None, links__pupil__known_as__icontains=asked)
    )
    return list(rows.distinct()[:MOST_CARERS])


def _children_looked_for(who: Who, asked: str) -> list[Pupil]:
    if len(asked) < SHORTEST:
        return []
    rows = pupils_for_team(who).filter(
        Q(first_name__icontains=asked)
        | Q(last_name__icontains=asked)
        | Q(known_as__icontains=asked)
    )
    return list(rows.order_by("sorted_by")[:MOST_CARERS])


def place_named(places: list[Place], key: str) -> Place | None:
    """The offered place that a form names."""
    return next((place for place in places if place.key == key), None)
