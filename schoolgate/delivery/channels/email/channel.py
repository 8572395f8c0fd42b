"""Which email channel this installation has, by SCHOOLGATE_EMAIL_URL."""

from django.conf import settings

from schoolgate.delivery.channel import Channel, Letter
from schoolgate.delivery.channels.email.outbox import OutboxChannel
from schoolgate.delivery.channels.email.smtp import Server, SmtpChannel
from schoolgate.delivery.errors import TryLater


def channel_for() -> Channel:
    """A fresh channel for one sorting."""
    if settings.EMAIL_URL == "outbox:":
        return OutboxChannel()
    if not settings.EMAIL_URL:
        return NotSetUp()
    return SmtpChannel(Server.from_url(settings.EMAIL_URL))


class NotSetUp:
    """No server is named: everything waits, and `schoolgate doctor` says so."""

    def send(self, letter: Letter) -> str:
        """Keep it waiting."""
        raise TryLater("SCHOOLGATE_EMAIL_URL is not set, so email waits here.")

    def close(self) -> None:
        """Nothing is open."""
