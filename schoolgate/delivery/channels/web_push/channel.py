"""The channel for notices on browsers, with the installation's key."""

import ssl
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from schoolgate.delivery.asking import TIMEOUT
from schoolgate.delivery.channel import Channel, Letter, OneByOne
from schoolgate.delivery.channels.web_push.line import PushLine
from schoolgate.delivery.channels.web_push.services import SERVICES
from schoolgate.delivery.channels.web_push.vapid import Vapid, secret_from
from schoolgate.delivery.errors import HostDown


@dataclass
class PushChannel:
    """Notices by whichever push service each browser has."""

    vapid: Vapid
    services: Collection[str] = SERVICES
    context: ssl.SSLContext | None = None
    only_public: bool = True  # a rehearsal's service stands on this machine
    timeout: float = TIMEOUT
    most_lines: int = 8
    # A repeat takes the place of the first on the screen.
    repeats_in_doubt: bool = True

    def open(self) -> PushLine:
        """Connections of its own, made for the first notice to each service."""
        return PushLine(self.vapid, self.services, self.context, self.only_public, self.timeout)


def channel_for() -> Channel:
    """The channel with the key of the settings."""
    vapid = _own()
    try:
        _ = vapid.public
    except ValueError:
        return NoKey()
    return PushChannel(vapid, services=(*SERVICES, *settings.PUSH_SERVICES))


def public_key() -> str:
    """What a browser is told when somebody asks for notices; nothing where no key is of use."""
    try:
        return _own().public
    except ValueError:
        return ""


def _own() -> Vapid:
    # Of the very first key: browsers that asked under it are not asked anew when it is replaced.
    return Vapid(settings.VAPID_KEY or secret_from(settings.SECRET_KEYS[-1].key))


class NoKey(OneByOne):
    """The installation has no key: notices wait."""

    most_lines = 1
    repeats_in_doubt = True

    def open(self) -> "NoKey":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Keep it waiting."""
        raise HostDown("SCHOOLGATE_VAPID_KEY holds no key, so notices wait here.")
