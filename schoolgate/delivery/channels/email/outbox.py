"""The demo's built-in outbox: letters are files in a folder that you can look at."""

from pathlib import Path

from django.conf import settings

from schoolgate.delivery.channel import Letter
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.delivery.channels.email.rules import check_sender
from schoolgate.delivery.errors import TryLater


def folder() -> Path:
    """Where the demo's letters lie."""
    return Path(settings.DATA) / "outbox"


class OutboxChannel:
    """Writes each letter into the folder; nothing leaves the machine."""

    def send(self, letter: Letter) -> str:
        """Write one letter. Raises TryLater when the disk takes no more."""
        check_sender(letter)
        name = f"{letter.message_id.strip('<>').partition('@')[0]}.eml"
        try:
            folder().mkdir(parents=True, exist_ok=True)
            (folder() / name).write_bytes(as_bytes(letter))
        except OSError as refusal:
            raise TryLater(str(refusal)) from refusal
        return "250 kept in the demo's outbox"

    def close(self) -> None:
        """Nothing is kept open."""
