"""The listener's process: the SMTP door, the IMAP poller beside it, and their end."""

import asyncio
import signal
import threading

from django.conf import settings

from schoolgate.inbound.feeding.imap import Mailbox, keep_asking
from schoolgate.inbound.feeding.listener import Door, finish, open_door

GRACE = 1.2  # seconds for the mails in hand; what is cut off was not accepted, and comes again


def run() -> None:
    """Listen until asked to stop. Raises OSError for a taken port, ValueError for a bad URL."""
    for url in settings.IMAP_URLS:
        Mailbox.read(url)
    asyncio.run(_until_asked_to_stop())


async def _until_asked_to_stop() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, stopped.set)
    door = Door()
    server = await open_door(door, settings.MAIL_HOST, settings.MAIL_PORT)
    poller_stopped = _start_poller()
    await stopped.wait()
    poller_stopped.set()
    await finish(door, server, GRACE)


def _start_poller() -> threading.Event:
    stopped = threading.Event()
    if settings.IMAP_URLS:
        threading.Thread(
            target=keep_asking, args=(settings.IMAP_URLS, stopped), daemon=True, name="imap"
        ).start()
    return stopped
