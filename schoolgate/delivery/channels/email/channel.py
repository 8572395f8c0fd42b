"""Which email channel this installation has, by SCHOOLGATE_EMAIL_URL."""

from django.conf import settings

from schoolgate.delivery.channel import Channel, Letter, OneByOne
from schoolgate.delivery.channels.email.outbox import OutboxChannel
from schoolgate.delivery.channels.email.smtp import Server, SmtpChannel
from schoolgate.delivery.errors import HostDown


def channel_for() -> Channel:
    """The channel that the settings name."""
    if settings.EMAIL_URL == "outbox:":
        return OutboxChannel()
    if not settings.EMAIL_URL:
        return NotSetUp()
    return SmtpChannel(Server.from_url(settings.EMAIL_URL), most_lines=settings.EMAIL_CONNECTIONS)


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
