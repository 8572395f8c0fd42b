"""Taking mail in tests, as the listener does, and looking at what became of it."""

from datetime import UTC, datetime

from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.inbound.tests.mails import written
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def taken(
    cast: Cast, content: bytes, *, to: str = "", sender: str = "x@example.net", at: datetime = NOW
) -> Arrival:
    """Take one mail, and look at it in its school."""
    arrival = take(
        content=content,
        envelope_from=sender,
        envelope_to=to or cast.school.inbound_address,
        at=at,
    )
    assert arrival is not None
    see(school_id=cast.school.pk)
    return Arrival.objects.get(pk=arrival.pk)


def of_tray(arrival: Arrival) -> TrayItem:
    """The tray item that a mail became."""
    assert arrival.became == Arrival.Became.TRAY
    return TrayItem.objects.get(arrival=arrival)


def in_tray(cast: Cast, sender: str, at: datetime = NOW, **more: str) -> TrayItem:
    """A mail that had to go to the tray."""
    return of_tray(taken(cast, written(sender, cast.school.inbound_address, **more), at=at))
