"""`schoolgate new-key`: a fresh secret key; what was signed with the one before counts on."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from config import secret_keys
from config.machine import place
from config.machine.errors import MachineError
from config.machine.postgres import write_private
from config.machine.privileges import service_user
from config.machine.supervisor import secret_key


def main(arguments: list[str]) -> int:
    """Replace the key in the data folder; it is used from the next start on."""
    parser = argparse.ArgumentParser(
        prog="schoolgate new-key",
        description="Sessions, cards, links and reply addresses made before count for sixty days "
        "more. With a key in the environment print the setting to put there instead.",
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--demo", action="store_true")
    chosen = parser.parse_args(arguments)
    today = dt.datetime.now(dt.UTC).date()
    try:
        data = place.settle("demo" if chosen.demo else "school", chosen.data)
    except MachineError as error:
        print(error, file=sys.stderr)
        return 1
    text = secret_keys.renewed(secret_key(data), today)
    write_private(data / "secret-key", text, service_user())
    new, before = secret_keys.read(text)[:2]
    print(f"The key {new.id} is used from the next start on; {before.id} counts until "
          f"{before.until:%Y-%m-%d}.")  # fmt: skip
    return 0
