"""Which channel for calls this installation has, by SCHOOLGATE_VOICE_URL."""

from dataclasses import dataclass

from django.conf import settings

from schoolgate.delivery.asking import TIMEOUT
from schoolgate.delivery.channel import Channel, Letter, OneByOne
from schoolgate.delivery.channels.voice.line import VoiceLine
from schoolgate.delivery.errors import HostDown
from schoolgate.delivery.providers import Provider, read_provider

KNOWN = ("twilio",)


@dataclass
class VoiceChannel:
    """Calls by one provider."""

    provider: Provider
    drama: bool = False  # numbers that nobody has, for a rehearsal
    timeout: float = TIMEOUT
    most_lines: int = 4
    # A telephone that rings twice with the same words frightens: in doubt it is not repeated.
    repeats_in_doubt: bool = False

    def open(self) -> VoiceLine:
        """A connection of its own, made for the first call."""
        return VoiceLine(self.provider, drama=self.drama, timeout=self.timeout)


def channel_for() -> Channel:
    """The channel that the settings name."""
    provider = read_provider(settings.VOICE_URL)
    if provider.scheme not in KNOWN:
        return NobodyRings()
    return VoiceChannel(provider, drama=settings.DEMO)


class NobodyRings(OneByOne):
    """No provider is named: calls are made by people, from the office's list."""

    most_lines = 1
    repeats_in_doubt = False

    def open(self) -> "NobodyRings":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Keep it waiting."""
        raise HostDown("SCHOOLGATE_VOICE_URL names no provider that we know, so calls wait here.")
