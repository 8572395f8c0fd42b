"""`schoolgate people import FOLDER`: pupils, carers, links, team and groups from CSV files."""

import argparse
import importlib
import sys
from pathlib import Path

from config.machine.errors import MachineError
from config.machine.inside import inside
from config.machine.standing import add_installation

FILES = ("team.csv", "groups.csv", "pupils.csv", "carers.csv", "links.csv")


def main(arguments: list[str]) -> int:
    """Say what an import would change, or with --apply do it; 1 if anything is wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        contents = read_folder(chosen.folder)
        with inside(chosen):
            verb = importlib.import_module("config.verbs.people_inside")
            code: int = verb.bring(chosen, contents)
            return code
    except MachineError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(
            f"{error.filename or chosen.folder} can't be read: {error.strerror}.", file=sys.stderr
        )
    return 1


def read_folder(folder: Path) -> dict[str, bytes]:
    """The bytes of the known files, whatever the case of their names. Raises OSError."""
    return {
        path.name.lower(): path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.name.lower() in FILES
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolgate people", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="import")
    bring = verbs.add_parser("import", help="say what would change; with --apply, do it")
    bring.add_argument("folder", type=Path, help="the folder of the CSV files (docs/import.md)")
    bring.add_argument("--school", default="", help="the school's short name, if there are several")
    bring.add_argument("--apply", action="store_true", help="do it, all of it or nothing")
    bring.add_argument("--many-leave", action="store_true", help="yes, so many really leave")
    bring.add_argument(
        "--one-household",
        action="append",
        default=[],
        metavar="NAME",
        help="yes, these people share a home though they share no child",
    )
    add_installation(bring)
    return parser
