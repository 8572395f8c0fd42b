"""Questions that the office asks of the post room."""

from django.db.models import QuerySet

from schoolgate.delivery.models import Parcel


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
