"""`schoolgate web`: the pages, served by gunicorn."""

# gunicorn has no types of its own.
# mypy: disallow-untyped-calls=False

import os
import sys
from typing import NoReturn

from gunicorn.app.wsgiapp import WSGIApplication

from config.machine.errors import MachineError
from config.machine.role_check import refuse_a_powerful_role

GUNICORN = ["gunicorn", "--config", "python:config.machine.web_settings", "config.wsgi:application"]


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
    os.execv(sys.executable, [sys.executable, "-m", *GUNICORN])


def serve() -> int:
    """Be gunicorn here, with what is loaded already."""
    sys.argv = GUNICORN
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()
    return 0
