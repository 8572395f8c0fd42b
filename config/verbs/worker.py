"""`schoolgate worker`: jobs, and what is due at a time of day."""

import asyncio
import gc
import os
import signal
import sys

import django
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from config.machine.errors import MachineError
from config.machine.role_check import refuse_a_powerful_role
from config.wiring import found

# Email; texts, pushes and calls; everything else.
QUEUES = ("email", "channels", "default")
GRACE = 1.8  # seconds for the job in hand; what is cut off is taken up again


def main(arguments: list[str]) -> int:
    """Work until asked to stop; refuses a database role that is not plain."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        refuse_a_powerful_role(os.environ.get("DATABASE_URL", ""))
    except MachineError as error:
        print(error, file=sys.stderr)
        return 1
    django.setup()
    found("config.schedule:sweep_at_once")()
    # What is loaded by now stays until the end: it need not be looked through for rubbish again.
    gc.freeze()
    asyncio.run(work())
    return 0


async def work() -> None:
    """One job at a time of each kind: a text provider that hangs holds up no email."""
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        async with working.open_async():
            await until_stopped([asyncio.create_task(one_queue(working, name)) for name in QUEUES])


async def one_queue(working: App, name: str) -> None:
    """The jobs of one queue, in the order of their priority, one after another."""
    await working.run_worker_async(
        queues=[name],
        name=name,
        concurrency=1,
        listen_notify=True,
        fetch_job_polling_interval=5.0,
        shutdown_graceful_timeout=GRACE,
        install_signal_handlers=False,
        # Each minute brings a few; of those that went well nobody asks.
        delete_jobs="successful",
    )


async def until_stopped(tasks: list[asyncio.Task[None]]) -> None:
    """All stop when asked to, or when one ends by itself; a failure is raised."""
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    asked = asyncio.create_task(stopping.wait())
    await asyncio.wait({*tasks, asked}, return_when=asyncio.FIRST_COMPLETED)
    for task in (*tasks, asked):
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended
