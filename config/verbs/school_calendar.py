"""`schoolgate school calendar SLUG FILE`: bring in terms, closures and INSET days from a file."""

import argparse
import importlib
import sys
from pathlib import Path

from config.machine.errors import MachineError
from config.machine.inside import inside
from config.machine.standing import add_installation
from schoolgate.school.errors import SettingsError
from schoolgate.school.settings import load_calendar


def main(arguments: list[str]) -> int:
    """Say what would change; with --apply bring it in. 1 if anything is wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        calendar = load_calendar(chosen.file)
        with inside(chosen):
            verb = importlib.import_module("config.verbs.school_calendar_inside")
            code: int = verb.bring_in(calendar, chosen)
            return code
    except (SettingsError, MachineError) as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolgate school calendar", description=__doc__)
    parser.add_argument("school", help="the school's slug")
    parser.add_argument("file", type=Path, help="a calendar file, or a school's settings file")
    parser.add_argument("--apply", action="store_true", help="bring it in, not only say it")
    add_installation(parser)
    return parser
