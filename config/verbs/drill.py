"""`schoolgate drill NAME`: play a day that goes wrong; nothing is sent, a report is printed."""

import argparse
import importlib
import sys

from config.machine.errors import MachineError
from config.machine.inside import inside
from config.machine.standing import add_installation

NAMES = ("disclosure", "head-away", "protected-address", "taxi", "hold", "mail-host-down")


def main(arguments: list[str]) -> int:
    """Print who would be told, when and how, and where it fails; 1 if a fault was found."""
    chosen = _parser().parse_args(arguments)
    try:
        with inside(chosen):
            verb = importlib.import_module("config.verbs.drill_inside")
            code: int = verb.drill(
                chosen.name, slug=chosen.school, at=chosen.at, language=chosen.language
            )
            return code
    except MachineError as error:
        print(error, file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolgate drill", description=__doc__)
    parser.add_argument("name", choices=NAMES, help="the day that goes wrong")
    parser.add_argument("--school", default="", help="its short name, if there are several")
    parser.add_argument(
        "--at", default="", help='"2026-11-28T23:00" by the school\'s clock; else its usual time'
    )
    parser.add_argument(
        "--language", default="", help='"cy", if there are words for it; else the school\'s own'
    )
    add_installation(parser)
    return parser
