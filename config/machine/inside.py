"""A verb that works with rows enters an installation: its database, its key, as the plain role."""

import argparse
import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager

from config.machine import kinds, migrations, place
from config.machine.role_check import mark_of, refuse_a_powerful_role
from config.machine.standing import standing
from config.machine.supervisor import secret_key


@contextmanager
def inside(chosen: argparse.Namespace) -> Iterator[None]:
    """Set Django up for the installation that `add_installation`'s words name, for the while.

    Gives up this process's rights on the way, so files are read before. Raises MachineError.
    """
    data = place.settle("demo" if chosen.demo else "school", chosen.data)
    with standing(data) as found:
        refuse_a_powerful_role(found.url)
        kinds.refuse_other_kind(mark_of(found.url), kinds.DEMO if chosen.demo else kinds.REAL)
        os.environ.update(
            migrations.environment(
                found.url,
                SCHOOLGATE_DATA=str(data),
                SCHOOLGATE_DEMO="1" if chosen.demo else "0",
                SCHOOLGATE_SECRET_KEY=secret_key(data),
            )
        )
        os.environ.pop("DATABASE_OWNER_URL", None)
        importlib.import_module("django").setup()
        yield
