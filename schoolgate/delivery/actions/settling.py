"""Settling: a parcel's fate is written down and told upward."""

from datetime import datetime

from schoolgate.delivery.compose import address_of
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.outcomes import News, on_arrival, on_failure

WIPED = "(wiped once it had left)"


def settle_sent(*, parcel: Parcel, at: datetime) -> None:
    """The other side has it (UTC); a sign-in code's words are wiped."""
    parcel.state, parcel.ended_at, parcel.sent_to = Parcel.State.SENT, at, address_of(parcel)
    parcel.save(update_fields=["state", "ended_at", "sent_to"])
    if parcel.content.purpose == Content.Purpose.CODE:
        Content.objects.filter(pk=parcel.content_id).update(text=WIPED)
    on_arrival.tell(News(parcel=parcel, at=at))


def settle_failure(*, parcel: Parcel, at: datetime, state: Parcel.State) -> None:
    """It will not arrive by this channel; the rooms above decide what that means (threat T15)."""
    parcel.state, parcel.ended_at = state, at
    parcel.save(update_fields=["state", "ended_at"])
    on_failure.tell(News(parcel=parcel, at=at))
