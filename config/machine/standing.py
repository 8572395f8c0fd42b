"""An installation as the verbs beside the supervisor meet it: running or not, embedded or not."""

import argparse
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict

from config import env
from config.machine import binaries, privileges
from config.machine.errors import MachineError, no_room
from config.machine.place import held, is_held
from config.machine.postgres import OWNER, PLAIN, Postgres

WORDS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


@dataclass(frozen=True)
class Standing:
    """An installation whose database answers."""

    data: Path
    url: str
    owner_url: str
    postgres: Postgres | None
    supervised: bool  # whether a supervisor is at work here

    def run(self, program: str, *words: str, url: str = "", into: IO[bytes] | None = None) -> str:
        """Run one of PostgreSQL's programs as the owner; its password never stands in a command."""
        postgres = self.postgres or Postgres(self.data)
        done = subprocess.run(
            [str(binaries.locate(postgres.user, self.data) / program), *words],
            stdin=subprocess.DEVNULL,
            stdout=into or subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env=_environment(url or self.owner_url),
            preexec_fn=lambda: privileges.lose_every_right(postgres.user),
        )
        if done.returncode:
            words_of_it = done.stderr.decode(errors="replace").strip()
            full = "No space left" in words_of_it
            raise MachineError(no_room(self.data) if full else f"{program} said: {words_of_it}")
        return (done.stdout or b"").decode().strip()

    def ask(self, question: str, url: str = "") -> str:
        """What the database answers, a line for each row."""
        return self.run(
            "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", question, url=url
        )


def _environment(url: str) -> dict[str, str]:
    known = conninfo_to_dict(url)
    found = {name: str(known[word]) for word, name in WORDS.items() if known.get(word)}
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", **found}


@contextmanager
def standing(data: Path, *, new: bool = False) -> Iterator[Standing]:
    """The installation in this folder, with its database started for the while if it was not.

    `new` makes its database, and refuses an installation that is running.
    """
    if env.text("DATABASE_URL"):
        owner = env.text("DATABASE_OWNER_URL") or env.text("DATABASE_URL")
        yield Standing(data, env.text("DATABASE_URL"), owner, None, is_held(data))
        return
    postgres = Postgres(data)
    if not new and not postgres.pgdata.exists():
        raise MachineError(f"There is no installation in {data}. Name its folder with DATA=.")
    found = Standing(data, postgres.url(PLAIN), postgres.url(OWNER), postgres, is_held(data))
    if postgres.is_alive() and not new:
        yield found
        return
    with held(data):
        postgres.start()
        try:
            yield found
        finally:
            postgres.stop()


def add_installation(parser: argparse.ArgumentParser) -> None:
    """The words that say which installation a verb is about."""
    given = env.text("DATA").strip()
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(given) if given else None,
        help="the data folder (DATA); without it, that of `make serve`",
    )
    parser.add_argument("--demo", action="store_true", help="that of `make run` instead")
