"""What lies in the tray may be for today: then it is on the office's queue meanwhile."""

from datetime import datetime

from schoolgate.conversations.models import Message
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.models import TeamMember
from schoolgate.today.actions.arriving import Source, add, filed
from schoolgate.today.kinds import OF_WORRY, Chosen
from schoolgate.worries.finding import found

CHANNELS = {
    Arrival.Way.EMAIL: Message.Channel.EMAIL,
    Arrival.Way.TEXT: Message.Channel.TEXT,
    Arrival.Way.VOICEMAIL: Message.Channel.VOICEMAIL,
}


def add_what_is_for_today(item: TrayItem) -> None:
    """Let its wording add the office's queue, counted from its receipt (decision 1)."""
    for kind in sorted({one.kind for one in found(item.looked_through)}):
        if kind in OF_WORRY:
            add(
                actor=SYSTEM,
                source=Source(
                    item.school,
                    CHANNELS[Arrival.Way(item.arrival.way)],
                    tray=item.public_id,
                    words=item.looked_through,
                ),
                kind=OF_WORRY[kind],
                at=item.arrival.received_at,
                chosen=Chosen.WORDING,
            )


def take_along(item: TrayItem, member: TeamMember, at: datetime) -> None:
    """It was filed (UTC): what was seen stays seen. Passed to a tutor it stays on the list."""
    if item.filed_child is not None:
        return
    message = Message.objects.filter(public_id=item.arrival.public_id).first()
    filed(tray=item.public_id, message=message, member=member, at=at)
