"""`schoolgate receive-email`: one email from standard input, for any mail server's pipe."""

import argparse
import os
import sys

import django

from config.machine.errors import MachineError, WrongRoleError
from config.machine.role_check import refuse_a_powerful_role
from config.wiring import found

# As sysexits.h has them, so that a mail server knows whether to try again.
KEPT, NO_USER, TRY_LATER, NOT_ALLOWED = 0, 67, 75, 77


def main(arguments: list[str]) -> int:
    """0 once the email is committed, 67 for an unknown recipient, 75 when it should come again."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    raw = sys.stdin.buffer.read()
    try:
        refuse_a_powerful_role(os.environ.get("DATABASE_URL", ""))
    except WrongRoleError as error:
        print(error, file=sys.stderr)
        return NOT_ALLOWED
    except MachineError as error:
        print(error, file=sys.stderr)
        return TRY_LATER
    django.setup()
    outcome, sentence = found("schoolgate.inbound.feeding.piping:receive")(
        raw, sender=options.sender, to=options.to
    )
    if sentence:
        print(sentence, file=sys.stderr)
    return {"kept": KEPT, "nobody": NO_USER}.get(outcome, TRY_LATER)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolgate receive-email", description=__doc__)
    parser.add_argument(
        "--to", required=True, help="the envelope's recipient, with whatever stands after a plus"
    )
    parser.add_argument(
        "--from", dest="sender", default="unknown", help="the envelope's sender; '' for a bounce"
    )
    return parser
