"""Questions that the office asks of the post room."""

from datetime import datetime

from django.db.models import Count, Min, QuerySet

from schoolgate.delivery.held import that_may_go
from schoolgate.delivery.models import Bundle, Content, LetterBatch, Parcel, PushSubscription
from schoolgate.people.models import Carer
from schoolgate.school.models import School
from schoolgate.school.settings_parts import EmailRoute

MOST = 100  # contents on one page


def not_reached(school_id: int) -> QuerySet[Parcel]:
    """Emails that failed for good, newest first: families who were not reached (threat T15)."""
    return (
        Parcel.objects.filter(school_id=school_id, state=Parcel.State.FAILED, carer__isnull=False)
        .select_related("carer", "content")
        .order_by("-posted_at")
    )


def owed_by_isams(school_id: int, at: datetime) -> QuerySet[Parcel]:
    """Replies that the office has still to send by iSAMS at a moment (UTC), oldest first (2.1-M2a).

    What waits for somebody who is held back comes here when nothing holds it any more.
    """
    rows = Parcel.objects.filter(school_id=school_id, state=Parcel.State.OWED)
    return that_may_go(rows, at).select_related("carer", "content").order_by("posted_at")


def browsers_of(carer: Carer) -> QuerySet[PushSubscription]:
    """The browsers of a carer that are told when there is a message, newest first."""
    return PushSubscription.objects.filter(carer=carer, ended_at=None).order_by("-since")


def letters_waiting(school_id: int, at: datetime) -> QuerySet[Parcel]:
    """Letters that can be printed at a moment (UTC)."""
    rows = Parcel.objects.filter(
        school_id=school_id,
        channel=Parcel.Channel.LETTER,
        state=Parcel.State.WAITING,
        next_try_at__lte=at,
    )
    return that_may_go(rows, at)


def letter_batches(school_id: int) -> QuerySet[LetterBatch]:
    """What was printed together, newest first."""
    return LetterBatch.objects.filter(school_id=school_id).select_related("pdf", "school")


def owed_contents(school_id: int, at: datetime) -> list[tuple[Content, int, datetime]]:
    """What is owed and in no bundle yet: the content, to how many, and since when; oldest first."""
    owed = Parcel.objects.filter(school_id=school_id, state=Parcel.State.OWED, bundle=None)
    rows = (
        that_may_go(owed, at)
        .values_list("content")
        .annotate(people=Count("pk"), since=Min("posted_at"))
        .order_by("since", "content")
    )
    counted = list(rows[:MOST])
    contents = Content.objects.in_bulk([content for content, _, _ in counted])
    return [(contents[content], people, since) for content, people, since in counted]


def open_bundles(school_id: int) -> QuerySet[Bundle]:
    """Bundles that are prepared, and neither marked sent nor given back; oldest first."""
    return Bundle.objects.filter(
        school_id=school_id, sent_at=None, given_back_at=None
    ).select_related("content", "school")


def off_route(school: School) -> int:
    """Emails that left to families past iSAMS where all must go by it: none (Clause 2.1-M2a).

    Each is judged at the moment that it left: while what the head has recorded held, it might.
    """
    if school.settings.email_route != EmailRoute.ISAMS:
        return 0
    left = Parcel.objects.filter(
        school=school,
        channel=Parcel.Channel.EMAIL,
        state=Parcel.State.SENT,
        carer__isnull=False,
    ).values_list("ended_at", "posted_at")
    may = school.settings.notices_may_be_emailed
    return sum(not may(ended_at or posted_at) for ended_at, posted_at in left.iterator())
