"""`schoolgate worker`: jobs, and what is due at a time of day."""

import asyncio
import os
import sys

import django
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from config.machine.errors import MachineError
from config.machine.role_check import refuse_a_powerful_role
from config.wiring import found

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
    asyncio.run(work())
    return 0


async def work() -> None:
    """One job at a time: they are short, and memory is scarcer than time."""
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        async with working.open_async():
            await working.run_worker_async(
                concurrency=1,
                listen_notify=True,
                fetch_job_polling_interval=5.0,
                shutdown_graceful_timeout=GRACE,
                install_signal_handlers=True,
                # Each minute brings a few; of those that went well nobody asks.
                delete_jobs="successful",
            )
