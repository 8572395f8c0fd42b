"""What the post room's benches share: a database, workers, a sink, and the clocks of both."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import psycopg

from bench import database
from bench.post_rows import fill
from config import env
from config.machine.postgres import OWNER, PLAIN, Postgres

VERB = (sys.executable, "-c", "from config.command import main; main()")
LONGEST = 300.0  # seconds


class PostRoom:
    """One database with one school, and the workers on it."""

    def __init__(self, postgres: Postgres, name: str, *, people: int, email_url: str) -> None:
        self.postgres, self.name = postgres, name
        self._owner: psycopg.Connection | None = None
        fill(database.fresh(postgres, name), people=people)
        self.environment = {
            **os.environ,
            "DATABASE_URL": postgres.url(PLAIN, name),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(env.ROOT),
            "SCHOOLGATE_SECRET_KEY": "bench",
            "SCHOOLGATE_DEMO": "0",
            "SCHOOLGATE_DATA": database.data_folder(),
            "SCHOOLGATE_EMAIL_URL": email_url,
            "SCHOOLGATE_ADDRESS": "https://gate.example.org",
        }

    def publish(self, priority: str = "SERVICE", *, children: int = 0) -> dict[str, Any]:
        """Publish to everybody, or to the carers of the first so many children."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.post_inside", priority, str(children)],
            env=self.environment,
            cwd=env.ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def compose_for_the_peer(self) -> str:
        """Write the words as the post room composes them into a file; its path."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.post_words"],
            env=self.environment,
            cwd=env.ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        path = env.ROOT / "var" / "bench-letters.json"
        path.write_bytes(done.stdout)
        sizes = {name: one["bytes"] for name, one in json.loads(done.stdout).items()}
        print(f"bytes of an email: {sizes}", flush=True)
        return str(path)

    def ask(self, words: str) -> Any:
        """One value from the database, as the owner of the tables."""
        try:
            row = self.owner().execute(words).fetchone()
        except psycopg.OperationalError:  # the database was killed meanwhile, as a proof orders
            row = self.owner().execute(words).fetchone()
        return row[0] if row else None

    def owner(self) -> psycopg.Connection:
        """A kept connection: one made for every look would cost what is being measured."""
        if self._owner is None or self._owner.broken:
            url = self.postgres.url(OWNER, self.name)
            self._owner = psycopg.connect(url, autocommit=True)
        return self._owner

    def wait(self, priority: int | None = None) -> float:
        """Wait until nothing waits; the time of the last hand-over, in seconds since 1970."""
        only = "" if priority is None else f" AND priority = {priority}"
        until = time.monotonic() + LONGEST
        # Asked so that an index answers it: whoever looks on is on the database's bill as well.
        there_are = "EXISTS (SELECT 1 FROM delivery_parcel WHERE state = '{}'{})"
        unfinished = " OR ".join(there_are.format(one, only) for one in ("waiting", "claimed"))
        while self.ask(f"SELECT {unfinished}"):
            if time.monotonic() > until:
                raise SystemExit("The post room did not finish.")
            time.sleep(0.05)
        last = "SELECT extract(epoch FROM max(ended_at)) FROM delivery_parcel"
        return float(self.ask(f"{last} WHERE channel = 'email'{only}"))

    def forget(self) -> None:
        """Take away what was sent, so that the next round begins as this one did."""
        self.owner().execute("TRUNCATE delivery_attempt, delivery_parcel CASCADE")
        self.owner().execute("TRUNCATE delivery_content, announcements_announcement CASCADE")
        self.owner().execute("VACUUM ANALYZE")

    @contextmanager
    def workers(self, number: int) -> "Iterator[list[psutil.Popen]]":
        """Workers that are up and ready."""
        started = [
            psutil.Popen([*VERB, "worker"], env=self.environment, cwd=env.ROOT)
            for _ in range(number)
        ]
        try:
            while self.ask("SELECT count(*) FROM procrastinate_workers") < 3 * number:
                time.sleep(0.05)
            time.sleep(1.0)
            yield started
        finally:
            for one in started:
                one.terminate()
            psutil.wait_procs(started, timeout=10)
            self.owner().execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


class Cpu:
    """The processor seconds of some processes and of a database, from its making on."""

    def __init__(self, processes: list[psutil.Popen], postgres: Postgres) -> None:
        self.processes, self.postgres = processes, postgres
        self.before = self._seconds()

    def used(self) -> float:
        """Seconds since; of processes that were there at the beginning or came meanwhile."""
        now = self._seconds()
        return sum(seconds - self.before.get(pid, 0.0) for pid, seconds in now.items())

    def _seconds(self) -> dict[int, float]:
        pid = int((self.postgres.pgdata / "postmaster.pid").read_text().split("\n")[0])
        postmaster = psutil.Process(pid)
        found = [*self.processes, postmaster, *postmaster.children()]
        times = {one.pid: one.cpu_times() for one in found if one.is_running()}
        return {pid: each.user + each.system for pid, each in times.items()}
