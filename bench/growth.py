"""A hundred thousand rows beside ten thousand: the same rate, and no larger worker."""

from statistics import median
from typing import Any

from bench import database
from bench.post import PostRoom
from journeys.smtp_sink import smtp_sink

WORKERS, ROUNDS = 2, 3


def measure() -> dict[str, Any]:
    """The rates of draining; the smaller one is a median, in the same run and the same tables."""
    postgres = database.server()
    try:
        with smtp_sink() as sink:
            room = PostRoom(postgres, "growth", people=100_000, email_url=sink.url)
            with room.workers(WORKERS) as workers:
                room.publish(children=100)
                room.wait()
                small, large, size = [], [], 0
                for _ in range(ROUNDS):
                    room.forget()
                    small.append(rate(room, 10_000, children=5_000))
                    room.forget()
                    large.append(rate(room, 100_000))
                    size = max(one.memory_info().rss for one in workers)
                    print(small[-1], large[-1], f"{size / 1e6:.0f} MB", flush=True)
    finally:
        postgres.stop()
    return {
        "rate_10k": round(median(small)),
        "rate_100k": round(median(large)),
        "worker_rss_mb": round(size / 1e6),
    }


def rate(room: PostRoom, people: int, *, children: int = 0) -> float:
    """Emails a second from publishing to the last hand-over."""
    published = room.publish(children=children)
    return people / (room.wait() - published["done_at"])
