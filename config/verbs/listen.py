"""`schoolgate listen`: takes mail by SMTP, and from mailboxes by IMAP."""

import os
import sys

import django

from config.machine.errors import MachineError
from config.machine.role_check import refuse_a_powerful_role
from config.wiring import found


def main(arguments: list[str]) -> int:
    """Listen until asked to stop; refuses a database role that is not plain."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        refuse_a_powerful_role(os.environ.get("DATABASE_URL", ""))
    except MachineError as error:
        print(error, file=sys.stderr)
        return 1
    django.setup()
    try:
        found("schoolgate.inbound.feeding.listening:run")()
    except (OSError, ValueError) as error:
        print(f"The mail listener can't start: {error}", file=sys.stderr)
        return 1
    sys.stdout.flush()
    sys.stderr.flush()
    # A thread that hangs on a dead database would hold the process; what it held was not accepted.
    os._exit(0)
