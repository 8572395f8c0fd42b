"""A house whose processes are killed: at named points by order, from outside, or all at once."""

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from journeys.house import House, Outside, wait_until

# What is killed from outside, by its name or a word of its command line.
OUTSIDE_KILLS = {
    "web": "gate-web",
    "worker": "gate-worker",
    "listener": "gate-listen",
    "database": " -D ",
}


def end(processes: list[psutil.Process]) -> None:
    """kill -9."""
    assert processes, "There is nothing to kill."
    for one in processes:
        one.kill()


def end_part(house: House, part: str) -> None:
    """Kill one part of the house as soon as it runs."""
    end(wait_until(lambda: house.processes(OUTSIDE_KILLS[part]), 60, f"There is no {part}."))


def cut_the_power(house: House) -> None:
    """Kill everything at once and start again."""
    house.kill()
    house.process.wait(20)
    house.log.close()
    house.start()


@contextmanager
def ordering() -> Iterator[Path]:
    """Where a named point is ordered; every process of the house may take an order away."""
    with tempfile.TemporaryDirectory(prefix="gate-orders-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@contextmanager
def house_to_kill(data: Path, far: Outside, orders: Path) -> Iterator[House]:
    """A house that carries out orders."""
    running = House(data, far.url, SCHOOLGATE_END_ORDERS=str(orders))
    try:
        yield running
    except BaseException:
        running.kill()
        raise
    assert running.stop() == 0


def twenty_kills(chance: random.Random, points: list[str], power_cuts: int = 1) -> list[str]:
    """Every named point and every part at least once, the rest by chance, in an order by chance."""
    certain = [*points, *OUTSIDE_KILLS, *["power"] * power_cuts]
    more = [chance.choice([*points, *OUTSIDE_KILLS]) for _ in range(20 - len(certain))]
    chosen = certain + more
    chance.shuffle(chosen)
    return chosen


def carry_out(kill: str, house: House, orders: Path, pause: Callable[[], None]) -> None:
    """One kill, at a moment by chance; a named point is ordered and happens by itself."""
    if kill in OUTSIDE_KILLS:
        pause()
        end_part(house, kill)
    elif kill == "power":
        pause()
        cut_the_power(house)
    else:
        (orders / kill).touch()
