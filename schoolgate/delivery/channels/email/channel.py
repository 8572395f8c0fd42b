"""Which email channel this installation has, by SCHOOLGATE_EMAIL_URL."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from schoolgate.delivery.channel import Channel, Letter, OneByOne
from schoolgate.delivery.channels.email.dkim import Signer
from schoolgate.delivery.channels.email.outbox import OutboxChannel
from schoolgate.delivery.channels.email.provider import ProviderChannel
from schoolgate.delivery.channels.email.smtp import Server, SmtpChannel
from schoolgate.delivery.errors import HostDown


def channel_for() -> Channel:
    """The channel that the settings name."""
    url: str = settings.EMAIL_URL
    if url == "outbox:":
        return OutboxChannel()
    if not url:
        return NotSetUp()
    if url.startswith("anymail+"):
        return ProviderChannel(url)
    return SmtpChannel(Server.from_url(url), settings.EMAIL_CONNECTIONS, finish=signing())


def signing() -> Callable[[bytes], bytes] | None:
    """What signs our emails, where the key is ours and not the mail host's."""
    if not settings.DKIM_KEY:
        return None
    key = Path(settings.DKIM_KEY).read_bytes()
    return Signer(settings.DKIM_DOMAIN, settings.DKIM_SELECTOR, key).sign


class NotSetUp(OneByOne):
    """No server is named: everything waits, and `schoolgate doctor` says so."""

    most_lines = 1
    repeats_in_doubt = True

    def open(self) -> "NotSetUp":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Keep it waiting."""
        raise HostDown("SCHOOLGATE_EMAIL_URL is not set, so email waits here.")
