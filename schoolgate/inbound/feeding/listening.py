"""The listener's process: the SMTP door, the mailboxes beside it, and their end."""

import asyncio
import os
import signal
import threading

from django.conf import settings

from schoolgate.inbound.feeding.imap import Mailbox, keep_watching
from schoolgate.inbound.feeding.listener import Door, finish, open_door

POLITE = 5  # in a storm of mail the pages go first; mail servers can wait
GRACE = 1.2  # seconds for the mails in hand; what is cut off was not accepted, and comes again


def run() -> None:
    """Listen until asked to stop. Raises OSError for a taken port, ValueError for a bad URL."""
    for url in settings.IMAP_URLS:
        Mailbox.read(url)
    os.nice(POLITE)
    asyncio.run(_until_asked_to_stop())


async def _until_asked_to_stop() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, stopped.set)
    door = Door()
    server = await open_door(door, settings.MAIL_HOST, settings.MAIL_PORT)
    mailboxes_stopped = _watch_mailboxes()
    await stopped.wait()
    mailboxes_stopped.set()
    await finish(door, server, GRACE)


def _watch_mailboxes() -> threading.Event:
    stopped = threading.Event()
    if settings.IMAP_URLS:
        threading.Thread(
            target=keep_watching, args=(settings.IMAP_URLS, stopped), daemon=True, name="imap"
        ).start()
    return stopped
