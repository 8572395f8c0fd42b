"""`schoolgate school open FILE`: open a real school with its first office account."""

import argparse
import importlib
import sys
from pathlib import Path

from config.machine.errors import MachineError
from config.machine.inside import inside
from config.machine.standing import add_installation
from schoolgate.school.errors import SettingsError
from schoolgate.school.settings import load


def main(arguments: list[str]) -> int:
    """Open the school, or show what differs and bring it in; 1 if anything is wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = load(chosen.file)
        text = chosen.file.read_text(encoding="utf-8")
        with inside(chosen):
            verb = importlib.import_module("config.verbs.school_open_inside")
            code: int = verb.open_it(settings, text, chosen)
            return code
    except (SettingsError, MachineError) as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolgate school open", description=__doc__)
    parser.add_argument("file", type=Path, help="the school's settings file")
    parser.add_argument("--office-name", default="", help="who begins in the office")
    parser.add_argument("--office-email", default="", help="their school address")
    add_installation(parser)
    return parser
