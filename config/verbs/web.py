"""`schoolgate web`: the pages, served by gunicorn."""

import os
import sys
from typing import NoReturn

from config.machine.errors import MachineError
from config.machine.role_check import refuse_a_powerful_role


def main(arguments: list[str]) -> int:
    """Become gunicorn; refuses a database role that is not plain."""
    try:
        refuse_a_powerful_role(os.environ.get("DATABASE_URL", ""))
    except MachineError as error:
        print(error, file=sys.stderr)
        return 1
    return become_gunicorn()


def become_gunicorn() -> NoReturn:
    """The same process goes on as gunicorn, so that signals reach it."""
    words = ["-m", "gunicorn", "--config", "python:config.machine.web_settings"]
    os.execv(sys.executable, [sys.executable, *words, "config.wsgi:application"])
