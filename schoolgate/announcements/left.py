"""Who is left: those whom an announcement reached by no way, and whether somebody rang them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from schoolgate.announcements.audience import is_rung_about
from schoolgate.announcements.models import Announcement, Call, CallTry
from schoolgate.announcements.queries import portal_rows
from schoolgate.announcements.wording import in_words
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.models import Carer

State = Parcel.State
# What left, or is about to, or waits for a person's hand: it may still arrive.
HOPED = (
    State.WAITING,
    State.CLAIMED,
    State.SENT,
    State.OWED,
    State.HANDED_OFF,
    State.GATHERED,
    State.PRINTED,
)


@dataclass(frozen=True)
class Left:
    """One adult who has it by no way, why, and what became of ringing them."""

    carer: Carer
    why: str
    rung: str
    is_reached: bool


def left(announcement: Announcement, seen: frozenset[int] | None) -> list[Left]:
    """Everybody of an announcement that has gone to whom nothing went, by name.

    They stay here when they have been spoken to, so that the page goes on saying how. Of optional
    news nobody is left: who did not ask for it misses nothing.
    """
    if announcement.purpose == Content.Purpose.NEWS and not announcement.is_safety:
        return []
    other = Parcel.objects.filter(content=announcement.content_id, carer__isnull=False)
    hoped = other.exclude(channel=Parcel.Channel.PORTAL).filter(state__in=HOPED)
    rows = portal_rows(announcement).exclude(carer__in=hoped.values("carer"))
    if seen is not None:
        rows = rows.filter(children__overlap=list(seen))
    calls = {
        call.carer_id: call for call in announcement.calls.prefetch_related("tries").order_by("pk")
    }
    return [
        _left(row, calls.get(row.carer_id or 0), may_be_rung=is_rung_about(announcement))
        for row in rows.select_related("carer").order_by("carer__sorted_by", "pk")
        if row.carer
    ]


def _left(row: Parcel, call: Call | None, *, may_be_rung: bool) -> Left:
    assert row.carer is not None  # asked for above
    tries = list(call.tries.all()) if call else []
    spoke = any(one.outcome == CallTry.Outcome.SPOKE for one in tries)
    why = in_words(call.because) if call else _("Nothing left to them.")
    return Left(row.carer, why, _what_came_of_it(call, tries, spoke, may_be_rung), spoke)


def _what_came_of_it(
    call: Call | None, tries: Sequence[CallTry], spoke: bool, may_be_rung: bool
) -> str:
    if spoke:
        return _("Somebody has spoken to them.")
    if call is not None and call.ended_at is None:
        return _("They are on the call list.")
    if tries:
        return _("Nobody has spoken to them: {outcome}.").format(
            outcome=in_words(tries[-1].outcome).lower()
        )
    if may_be_rung:
        return _("Nobody has spoken to them.")
    return _("It stands in their portal, and nowhere else.")
