"""`schoolgate together`: the three processes out of one loading, for one small machine."""

import gc
import os
import sys

import django
from django.urls import get_resolver

from config.machine import forks
from config.machine.errors import MachineError
from config.machine.role_check import refuse_a_powerful_role
from config.verbs import listen, web, worker
from config.wiring import found


def main(arguments: list[str]) -> int:
    """Load once, then live as pages, worker and listener; refuses a role that is not plain."""
    try:
        refuse_a_powerful_role(os.environ.get("DATABASE_URL", ""))
    except MachineError as error:
        print(error, file=sys.stderr)
        return 1
    load()
    return forks.keep(
        {
            "web": web.serve,
            "worker": lambda: worker.main([]),
            "listen": lambda: listen.main([]),
        }
    )


def load() -> None:
    """What any of the three uses is loaded here, so that it is shared and not loaded three times.

    What is frozen is not looked through for rubbish again, and so stays shared.
    """
    django.setup()
    found("config.wsgi:application")
    found("config.schedule:sweep_at_once")
    found("schoolgate.inbound.feeding.listening:run")
    found("schoolgate.worries.finding:first")("")  # reads the book of words
    assert get_resolver().url_patterns  # every room's pages
    gc.collect()
    gc.freeze()
