"""`schoolgate backup-key FILE`: a pair of keys; its private half is kept elsewhere."""

import argparse
import os
import sys
from pathlib import Path

from config.machine import place, sealed_file
from config.machine.errors import MachineError
from config.machine.postgres import write_private
from config.machine.privileges import service_user

PUBLIC = "backup-key.pub"


def main(arguments: list[str]) -> int:
    """Write the private half into a file of its own, and the public one into the data folder."""
    parser = argparse.ArgumentParser(
        prog="schoolgate backup-key",
        description="Take the file away from this machine, and keep it in two places. Without it "
        "no backup can be restored.",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--demo", action="store_true")
    chosen = parser.parse_args(arguments)
    private, public = sealed_file.new_pair()
    try:
        handle = os.open(chosen.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(private + "\n")
        data = place.settle("demo" if chosen.demo else "school", chosen.data)
        write_private(data / PUBLIC, public + "\n", service_user())
    except (OSError, MachineError) as error:
        print(f"No key was made: {error}", file=sys.stderr)
        return 1
    print(f"Backups are sealed for {chosen.file} from now on. Keep it elsewhere, in two places.")
    return 0
