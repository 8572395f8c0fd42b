"""The demo's built-in outbox: letters are files in a folder that you can look at."""

from pathlib import Path

from django.conf import settings

from schoolgate.delivery.channel import Letter, OneByOne
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.delivery.errors import TryLater


def folder() -> Path:
    """Where the demo's letters lie."""
    return Path(settings.DATA) / "outbox"


class OutboxChannel(OneByOne):
    """Writes each letter into the folder; nothing leaves the machine."""

    most_lines = 1
    repeats_in_doubt = True

    def open(self) -> "OutboxChannel":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Write one letter. Raises TryLater when the disk takes no more."""
        content = as_bytes(letter)
        try:
            folder().mkdir(parents=True, exist_ok=True)
            (folder() / f"{letter.key}.eml").write_bytes(content)
        except OSError as refusal:
            raise TryLater(str(refusal)) from refusal
        return "250 kept in the demo's outbox"
