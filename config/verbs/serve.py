"""`schoolgate serve`: the real thing."""

import sys

from config import env
from config.machine import supervisor

WANTED = {
    "SCHOOLGATE_HOSTS": "the names under which the pages are reached, separated by commas",
    "SCHOOLGATE_ADDRESS": "the address that stands in emails, such as https://gate.example.sch.uk",
    "SCHOOLGATE_EMAIL_URL": "the mail server, without which no email leaves",
}


def main(arguments: list[str]) -> int:
    """Serve a real school until asked to stop; say what is not set up yet."""
    for name, words in WANTED.items():
        if not env.text(name).strip():
            print(f"{name} is not set: {words} (see docs/run-your-own.md).", file=sys.stderr)
    return supervisor.start(supervisor.REAL, arguments)
