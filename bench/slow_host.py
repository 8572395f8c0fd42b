"""A host that answers 50 ms late, with and without PIPELINING, over kept connections.

Everything else is as in service: rows, rules, journal, one worker.
"""

from typing import Any

from bench import database
from bench.growth import rate
from bench.post import PostRoom
from bench.slow_smtp import slow_smtp

PEOPLE = 2_000
USUAL, MORE = 20, 40  # connections


def measure() -> dict[str, Any]:
    """Emails a second over twenty connections, to both kinds of host, and over forty."""
    return {
        "rate_plain": round(one(pipelining=False)),
        "rate_pipelining": round(one(pipelining=True)),
        "rate_best": round(one(pipelining=True, connections=MORE)),
    }


def one(*, pipelining: bool, connections: int = USUAL) -> float:
    """The rate to one kind of host."""
    postgres = database.server()
    try:
        with slow_smtp(pipelining=pipelining) as port:
            url = f"smtp://127.0.0.1:{port}"
            room = PostRoom(postgres, "slow", people=PEOPLE, email_url=url)
            room.environment["SCHOOLGATE_EMAIL_CONNECTIONS"] = str(connections)
            with room.workers(1):
                found = rate(room, PEOPLE)
                print(pipelining, connections, round(found), flush=True)
                return found
    finally:
        postgres.stop()
