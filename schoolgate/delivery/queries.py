"""Questions that the office asks of the post room."""

from datetime import datetime

from django.db.models import QuerySet

from schoolgate.delivery.models import LetterBatch, Parcel, PushSubscription
from schoolgate.people.models import Carer


def not_reached(school_id: int) -> QuerySet[Parcel]:
    """Emails that failed for good, newest first: families who were not reached (threat T15)."""
    return (
        Parcel.objects.filter(school_id=school_id, state=Parcel.State.FAILED, carer__isnull=False)
        .select_related("carer", "content")
        .order_by("-posted_at")
    )


def owed_by_isams(school_id: int) -> QuerySet[Parcel]:
    """Replies that the office has still to send by iSAMS, oldest first (Clause 2.1-M2a)."""
    return (
        Parcel.objects.filter(school_id=school_id, state=Parcel.State.OWED)
        .select_related("carer", "content")
        .order_by("posted_at")
    )


def browsers_of(carer: Carer) -> QuerySet[PushSubscription]:
    """The browsers of a carer that are told when there is a message, newest first."""
    return PushSubscription.objects.filter(carer=carer, ended_at=None).order_by("-since")


def letters_waiting(school_id: int, at: datetime) -> QuerySet[Parcel]:
    """Letters that can be printed at a moment (UTC)."""
    return Parcel.objects.filter(
        school_id=school_id,
        channel=Parcel.Channel.LETTER,
        state=Parcel.State.WAITING,
        next_try_at__lte=at,
    )


def letter_batches(school_id: int) -> QuerySet[LetterBatch]:
    """What was printed together, newest first."""
    return LetterBatch.objects.filter(school_id=school_id).select_related("pdf", "school")
