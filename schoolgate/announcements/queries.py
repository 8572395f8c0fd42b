"""Questions about announcements: who has not answered, how it goes, what was sent before."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from schoolgate.announcements.models import Announcement, Answer
from schoolgate.announcements.states import OUT
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.models import Carer, NewsConsent

LOOK_BACK = timedelta(days=14)
NEARLY = 0.9
MOST_COMPARED = 50
Channel, State = Parcel.Channel, Parcel.State


def portal_rows(announcement: Announcement) -> QuerySet[Parcel]:
    """The one row of each person who was written to."""
    return Parcel.objects.filter(
        content=announcement.content_id, channel=Channel.PORTAL, state=State.SENT
    )


def silent(announcement: Announcement) -> dict[int, tuple[int, ...]]:
    """Who has said nothing yet: carer -> children. One answer for a child is enough for a slip.

    The same rule for the page, for chasing and for the call list (Clause 3.0-P4).
    """
    answers = list(announcement.answers.filter(replaced_at=None).values_list("carer", "pupil"))
    said, answered = {carer for carer, _ in answers}, {pupil for _, pupil in answers}
    rows = portal_rows(announcement).values_list("carer", "children")
    people = {carer: tuple(children) for carer, children in rows if carer is not None}
    if announcement.asks == Content.Asks.CONFIRM:
        return {carer: children for carer, children in people.items() if carer not in said}
    return {
        carer: still
        for carer, children in people.items()
        if (still := tuple(child for child in children if child not in answered))
    }


def progress(announcement: Announcement) -> Mapping[str, Mapping[str, int]]:
    """How many rows are in which state, by channel."""
    counted: dict[str, dict[str, int]] = {}
    rows = Parcel.objects.filter(content=announcement.content_id).exclude(channel=Channel.PORTAL)
    for channel, state, count in rows.values_list("channel", "state").annotate(n=Count("pk")):
        counted.setdefault(channel, {})[state] = count
    return counted


@dataclass(frozen=True)
class Before:
    """Something that was sent lately in the same or nearly the same words."""

    announcement: Announcement
    people: int


def sent_before(announcement: Announcement, carers: Collection[int], at: datetime) -> list[Before]:
    """What went to some of the same people within 14 days in nearly the same words (UTC)."""
    lately = (
        Announcement.objects.filter(
            school_id=announcement.school_id, state__in=OUT, published_at__gte=at - LOOK_BACK
        )
        .exclude(pk__in=[announcement.pk, announcement.corrects_id or 0])
        .order_by("-published_at")
    )
    alike = [one for one in lately[:MOST_COMPARED] if _nearly_the_same(announcement, one)]
    found = [Before(one, _both(one, carers)) for one in alike]
    return [one for one in found if one.people]


def answers_of(announcement: Announcement, carer: Carer) -> dict[int | None, str]:
    """What a carer has said so far, by child; for no child where it is a confirmation."""
    rows = announcement.answers.filter(carer=carer, replaced_at=None)
    return dict(rows.values_list("pupil", "says"))


def wants_news(carer: Carer) -> bool:
    """Whether a carer has agreed to optional news."""
    return NewsConsent.objects.filter(carer=carer, ended_at=None).exists()


def current_answers(announcement: Announcement) -> QuerySet[Answer]:
    """Every answer that stands, with who gave it."""
    return announcement.answers.filter(replaced_at=None).select_related("carer", "pupil")


def _both(one: Announcement, carers: Collection[int]) -> int:
    return len(set(carers) & set(portal_rows(one).values_list("carer", flat=True)))


def _nearly_the_same(one: Announcement, other: Announcement) -> bool:
    first, second = _bare(one), _bare(other)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY


def _bare(one: Announcement) -> list[str]:
    return f"{one.subject} {one.text}".casefold().split()
