"""The channels, each a folder; docs/add-a-channel.md lists every file of one."""

from collections.abc import Callable, Mapping

from schoolgate.delivery.carrying import Lines
from schoolgate.delivery.channel import Channel
from schoolgate.delivery.channels.email.channel import channel_for as email
from schoolgate.delivery.channels.sms.channel import channel_for as sms
from schoolgate.delivery.channels.voice.channel import channel_for as voice
from schoolgate.delivery.channels.web_push.channel import channel_for as push

# Those that the sorter serves; the portal has its messages at once, letters wait for the office.
SORTED: Mapping[str, Callable[[], Channel]] = {
    "email": email,
    "sms": sms,
    "push": push,
    "voice": voice,
}
_LINES: dict[str, Lines] = {}


def lines_of(name: str) -> Lines:
    """The kept lines of a channel in this process."""
    if name not in _LINES:
        _LINES[name] = Lines(SORTED[name]())
    return _LINES[name]


def close_lines() -> None:
    """Let go of every kept line; the next sorting opens new ones."""
    while _LINES:
        _LINES.popitem()[1].close()
