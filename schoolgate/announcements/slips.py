"""What waits for a family: slips that it has not answered, to be answered in one press."""

from collections.abc import Sequence
from dataclasses import dataclass

from schoolgate.announcements.actions.answering import is_open
from schoolgate.announcements.models import Announcement, Answer
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.access import Who
from schoolgate.people.entitlement import links_with_level
from schoolgate.people.models import Carer, Pupil


@dataclass(frozen=True)
class Slip:
    """One announcement that asks, and the children for whom there is no answer yet."""

    announcement: Announcement
    children: list[Pupil]

    @property
    def confirms(self) -> bool:
        """Whether it only asks to be confirmed."""
        return self.announcement.asks == Content.Asks.CONFIRM


def slips_of(who: Who, announcements: Sequence[Announcement]) -> list[Slip]:
    """Of what access gave a carer, what still waits for their answer, soonest end first.

    By the same rule as asking again: one answer for a child is enough (see `queries.silent`).
    """
    asking = [one for one in announcements if is_open(one, who.at)]
    if not asking or who.carer is None:
        return []
    written = Parcel.objects.filter(
        content__in=[one.content_id for one in asking],
        carer=who.carer,
        channel=Parcel.Channel.PORTAL,
    )
    named = dict(written.values_list("content", "children"))
    mine = _children(who, who.carer)
    answers = Answer.objects.filter(announcement__in=asking, replaced_at=None)
    said = set(answers.values_list("announcement", "pupil", "carer"))
    found = []
    for one in asking:
        children = [mine[child] for child in named.get(one.content_id or 0, ()) if child in mine]
        told = {about for told, about, by in said if told == one.pk and _counts(one, by, who.carer)}
        waits = [
            child for child, level in children if level >= one.level and not told & {child.pk, None}
        ]
        found.append(Slip(one, waits))
    waiting = [slip for slip in found if slip.children]
    return sorted(
        waiting, key=lambda slip: (slip.announcement.answer_by is None, slip.announcement.answer_by)
    )


def _children(who: Who, carer: Carer) -> dict[int, tuple[Pupil, int]]:
    """A carer's children, and how much they may hear of each now."""
    links = links_with_level(who.at).filter(carer=carer, school=who.school)
    rows = links.select_related("pupil")
    return {link.pupil_id: (link.pupil, getattr(link, "level", 0)) for link in rows}


def _counts(one: Announcement, by: int, carer: Carer) -> bool:
    """Whose answer ends it: a confirmation is each one's own."""
    return one.asks != Content.Asks.CONFIRM or by == carer.pk
