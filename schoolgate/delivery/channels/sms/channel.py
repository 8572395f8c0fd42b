"""Which channel for texts this installation has, by SCHOOLGATE_SMS_URLS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from schoolgate.delivery.asking import TIMEOUT
from schoolgate.delivery.channel import Channel, Letter, OneByOne
from schoolgate.delivery.channels.sms.line import ProviderLine, SmsLine
from schoolgate.delivery.errors import HostDown, TryLater
from schoolgate.delivery.numbers import e164
from schoolgate.delivery.providers import Provider, read_provider


@dataclass
class SmsChannel:
    """Texts by one provider, and by a second where the first can't take them."""

    providers: Sequence[Provider]
    drama: bool = False  # numbers that nobody has, for a rehearsal
    timeout: float = TIMEOUT
    most_lines: int = 8
    # No provider promises to send once: what may have arrived is not sent again (threat T15).
    repeats_in_doubt: bool = False

    def open(self) -> SmsLine:
        """Connections of its own, made when the first text comes."""
        lines = [ProviderLine(one, self.timeout) for one in self.providers]
        return SmsLine(lines, drama=self.drama)


def channel_for() -> Channel:
    """The channel that the settings name."""
    urls = settings.SMS_URLS
    if not urls:
        return Waiting("SCHOOLGATE_SMS_URLS is not set, so texts wait here.")
    if urls == ["outbox:"]:
        return TextOutbox(lambda: Path(settings.DATA) / "outbox" / "texts")
    return SmsChannel([read_provider(url) for url in urls], drama=settings.DEMO)


@dataclass
class Waiting(OneByOne):
    """No provider is named: everything waits, and says so."""

    why: str
    most_lines: int = 1
    repeats_in_doubt: bool = False

    def open(self) -> "Waiting":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Keep it waiting."""
        raise HostDown(self.why)


@dataclass
class TextOutbox(OneByOne):
    """The demo's own: each text is a file in a folder; nothing leaves the machine."""

    folder: Callable[[], Path]
    most_lines: int = 1
    repeats_in_doubt: bool = False

    def open(self) -> "TextOutbox":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Write one text. Raises TryLater when the disk takes no more."""
        words = f"{e164(letter.to, drama=True)}\n\n{letter.filled(letter.words.text)}"
        try:
            self.folder().mkdir(parents=True, exist_ok=True)
            (self.folder() / f"{letter.key}.txt").write_text(words)
        except OSError as refusal:
            raise TryLater(str(refusal)) from refusal
        return letter.key
