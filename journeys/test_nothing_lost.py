"""Five thousand recipients, twenty disturbances: everybody has one email, or a named failure."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import os
import random
import secrets
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from bench.post import VERB, PostRoom
from bench.post_rows import FIRST
from config import env
from config.machine import databases, place, privileges
from config.machine.postgres import OWNER, Postgres
from journeys.moody_host import MoodyHost
from journeys.test_prove import tell
from schoolgate.delivery.actions.claiming import MOST

pytestmark = [
    pytest.mark.slow,
    pytest.mark.kills,
    pytest.mark.xdist_group("prove"),
    pytest.mark.timeout(1800),
]
PEOPLE, WORKERS, DISTURBANCES, LONGEST = 5_000, 2, 20, 600.0
OPEN = "SELECT count(*) FROM delivery_parcel WHERE state IN ('waiting', 'claimed')"
# Time is passed by hand: what waits for its next try, and the sweep that each minute brings.
SOON = "UPDATE delivery_parcel SET next_try_at = now() WHERE state = 'waiting'"
SWEEP = "import django; django.setup(); from config.schedule import every_minute as e; e(0)"


@pytest.fixture(scope="module")
def chance() -> random.Random:
    """Chance that can be had again: SCHOOLGATE_PROVE_SEED takes the number that was printed."""
    seed = os.environ.get("SCHOOLGATE_PROVE_SEED") or str(secrets.randbelow(1_000_000))
    tell(f"SCHOOLGATE_PROVE_SEED={seed}")
    return random.Random(seed)


class Trouble:
    """A post room whose workers and database are killed and come back."""

    def __init__(self, room: PostRoom, host: MoodyHost, chance: random.Random) -> None:
        self.room, self.host, self.chance = room, host, chance
        self.workers = [self.worker() for _ in range(WORKERS)]
        self.journals = Path(room.environment["SCHOOLGATE_DATA"]) / "journal"

    def worker(self) -> psutil.Popen:
        """A worker, as the supervisor starts one."""
        return psutil.Popen([*VERB, "worker"], env=self.room.environment, cwd=env.ROOT)

    def kill_a_worker(self) -> None:
        """kill -9, and another takes its place."""
        at = self.chance.randrange(WORKERS)
        self.workers[at].kill()
        self.workers[at].wait(10)
        self.workers[at] = self.worker()

    def restart_the_database(self) -> None:
        """kill -9 of the database, and it comes back."""
        postgres = self.room.postgres
        pid = int((postgres.pgdata / "postmaster.pid").read_text().split("\n")[0])
        psutil.Process(pid).kill()
        time.sleep(0.5)
        postgres.start(with_parent=True)

    def refuse_the_disk(self) -> None:
        """For two seconds no journal can be written; what was in them comes back."""
        aside = self.journals.with_name("journal-aside")
        self.journals.rename(aside)
        self.journals.write_text("")
        time.sleep(2)
        self.journals.unlink()
        aside.rename(self.journals)

    def fall_silent(self) -> None:
        """The host takes an email and says nothing for longer than anybody waits."""
        self.host.silent_once += 1

    def sweep(self) -> None:
        """A minute passes."""
        done = subprocess.run(
            [sys.executable, "-c", SWEEP],
            env=self.room.environment, cwd=env.ROOT, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode == 0:
            self.room.ask(f"{SOON} RETURNING 1")

    def stop(self) -> None:
        """End the workers."""
        for one in self.workers:
            one.terminate()
        psutil.wait_procs(self.workers, timeout=40)


@pytest.fixture
def trouble(chance: random.Random) -> Iterator[Trouble]:
    """A school of five thousand carers, one in fifty of them at an address that is gone."""
    user = privileges.service_user()
    data = place.choose("nothing-lost", None, user)
    shutil.rmtree(data, ignore_errors=True)
    place.make_private(data, user)
    postgres = Postgres(data)
    postgres.start(with_parent=True)
    databases.make_roles(postgres)
    gone = {f"carer{n}@example.org" for n in range(1, PEOPLE + 1) if n % 50 == 0}
    host = MoodyHost(chance, gone)
    try:
        room = PostRoom(
            postgres, "nothing_lost", people=PEOPLE, email_url=f"smtp://127.0.0.1:{host.port}"
        )
        room.environment["SCHOOLGATE_DATA"] = str(data / "files")
        running = Trouble(room, host, chance)
        yield running
        running.stop()
    finally:
        host.stop()
        postgres.stop()


def disturbances(trouble: Trouble, chance: random.Random) -> list[Callable[[], None]]:
    """Each kind at least twice, but for the long silence; the rest by chance, in any order."""
    kinds = [trouble.kill_a_worker, trouble.restart_the_database, trouble.refuse_the_disk]
    chosen = [*kinds, *kinds, trouble.fall_silent]
    chosen += [chance.choice(kinds[:2]) for _ in range(DISTURBANCES - len(chosen))]
    chance.shuffle(chosen)
    return chosen


def test_everybody_has_one_email_or_a_named_failure(
    trouble: Trouble, chance: random.Random
) -> None:
    room, host = trouble.room, trouble.host
    room.publish()
    orders: list[tuple[str, float]] = []
    for number, disturb in enumerate(disturbances(trouble, chance)):
        time.sleep(chance.uniform(0.3, 1.5))
        disturb()
        if number < 2:
            # One while its email waits, and one that may be in hand at that very moment.
            orders.append(begin_an_order(room, waits=number == 0))
        if number % 4 == 3:
            trouble.sweep()
    until = time.monotonic() + LONGEST
    while room.ask(OPEN):
        assert time.monotonic() < until, f"{room.ask(OPEN)} never ended"
        time.sleep(1)
        trouble.sweep()
    judge(room, host, orders)


def begin_an_order(room: PostRoom, *, waits: bool) -> tuple[str, float]:
    """A court order on somebody whose email has not left; the address, and when it was in force."""
    link = room.ask(
        "SELECT l.id FROM people_link l JOIN delivery_parcel p ON p.carer_id = l.carer_id"
        " WHERE p.state = 'waiting' AND p.channel = 'email' AND l.carer_id % 50 <> 0"
        " ORDER BY p.id DESC LIMIT 1"
    )
    assert link, "everything was over before the order began"
    if waits:
        room.ask(
            "UPDATE delivery_parcel p SET next_try_at = now() + interval '1 minute'"
            f" FROM people_link l WHERE l.id = {link} AND p.carer_id = l.carer_id RETURNING 1"
        )
    words = (
        "import django; django.setup()\n"
        "from django.utils import timezone\n"
        "from schoolgate.ledger.actors import SYSTEM\n"
        "from schoolgate.people.actions.limits import begin_limit\n"
        "from schoolgate.people.models import Link, Receives\n"
        "from schoolgate.school.tenancy import one_school\n"
        "with one_school(1):\n"
        f"    begin_limit(actor=SYSTEM, link=Link.objects.get(pk={link}),"
        " at_most=Receives.NOTHING, says='order', at=timezone.now())\n"
    )
    subprocess.run([sys.executable, "-c", words], env=room.environment, cwd=env.ROOT, check=True)
    carer = room.ask(f"SELECT carer_id FROM people_link WHERE id = {link}") - FIRST
    return f"carer{carer}@example.org", time.time()


def judge(room: PostRoom, host: MoodyHost, orders: list[tuple[str, float]]) -> None:
    """What the host took against what the books say, with the numbers printed."""
    with psycopg.connect(room.postgres.url(OWNER, room.name)) as owner:
        parcels = owner.execute(
            "SELECT p.public_id::text, r.value, p.state, p.because,"
            " (SELECT count(*) FROM delivery_attempt a WHERE a.parcel_id = p.id"
            "  AND a.outcome = 'in doubt') FROM delivery_parcel p"
            " JOIN people_contactroute r ON r.carer_id = p.carer_id WHERE p.channel = 'email'"
        ).fetchall()
    copies = Counter(one.message_id.partition("@")[0] for one in host.taken)
    states = Counter(state for _, _, state, _, _ in parcels)
    doubts = sum(doubts for *_, doubts in parcels)
    repeats = sum(number - 1 for number in copies.values())
    tell(
        f"{len(parcels)} emails: {dict(states)}; the host took {len(host.taken)}, of them"
        f" {repeats} repeats; {doubts} hand-overs in doubt; its moods: {host.moods}"
    )
    assert len(parcels) == PEOPLE
    known = {public_id: address for public_id, address, *_ in parcels}
    for one in host.taken:
        public_id = one.message_id.partition("@")[0]
        assert one.recipients == (known[public_id],), "somebody else's email, or two recipients"
        assert one.headers == (f"To: {known[public_id]}",)
    for ordered, since in orders:
        assert not [one for one in host.taken if ordered in one.recipients and one.at > since]
    assert states["not entitled"] >= 1
    for public_id, address, state, because, in_doubt in parcels:
        taken = copies[public_id]
        assert taken <= 2 and taken - 1 <= in_doubt, (address, taken, in_doubt)
        if state == "sent":
            assert taken, f"{address} has nothing"
        elif state == "failed":
            assert because, f"{address} failed without a reason"
            assert (address in host.gone) or in_doubt == 2
        else:
            assert state == "not entitled" and address in {ordered for ordered, _ in orders}
    assert doubts <= DISTURBANCES * WORKERS * MOST // 10
