"""Letting go: of a tray item that became a message whose text a leader has taken, no word stays."""

from schoolgate.conversations.models import Message
from schoolgate.inbound.models import TrayItem


def let_go(message: Message) -> None:
    """Empty the tray's copy of a message, in the caller's transaction; what came stays stored."""
    TrayItem.objects.filter(arrival__public_id=message.public_id).update(
        subject="", body="", folded=""
    )
