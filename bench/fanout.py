"""Publishing to 10,000 people and draining their emails to a real SMTP sink, beside the peer.

Every rule of who may receive what is applied, every row and attempt recorded, as the plain role
under row-level security; two languages, plain and large print, about 2 KB each on the wire. The
peer is given the same words, finished. Without TLS and DKIM; each of those is measured apart.
"""

import os
from collections.abc import Callable
from statistics import median
from typing import Any

import psutil

from bench import database
from bench.apart import dkim_ms, tls_ms
from bench.peers import post_office
from bench.post import Cpu, PostRoom
from journeys.smtp_sink import smtp_sink

PEOPLE, ROUNDS, WORKERS = 10_000, 3, 2
SIZE = 2_300  # bytes of an email, for what is measured apart


def measure() -> dict[str, Any]:
    """Medians of the rounds; the ratio is to the peer in the same run."""
    postgres = database.server()
    rounds: list[dict[str, float]] = []
    try:
        with smtp_sink() as sink:
            room = PostRoom(postgres, "fanout", people=PEOPLE, email_url=sink.url)
            os.environ["BENCH_LETTERS"] = room.compose_for_the_peer()
            with room.workers(WORKERS) as workers:
                room.publish(children=100)  # everything is loaded once before the clock runs
                room.wait()
                for _ in range(ROUNDS):
                    room.forget()
                    rounds.append(one_round(room, workers, sink.count))
                    print(rounds[-1], flush=True)
            peers = [
                post_office.measure(
                    mails=PEOPLE, port=sink.port, server=postgres, count=sink.count
                )["rate_per_s"]
                for _ in range(ROUNDS)
            ]
    finally:
        postgres.stop()
    found = {key: median(one[key] for one in rounds) for key in rounds[0]}
    peer = median(peers)
    return {
        **found,
        "post_office_rate_per_s": round(peer),
        "ratio": round(found["rate_per_s"] / peer, 2),
        "dkim_ms": dkim_ms(SIZE),
        "tls_ms": tls_ms(SIZE),
    }


def one_round(
    room: PostRoom, workers: list[psutil.Popen], count: Callable[[], int]
) -> dict[str, float]:
    """Publish, drain, and count the outcome in the sink."""
    cpu, before = Cpu(workers, room.postgres), count()
    published = room.publish()
    last = room.wait()
    used = cpu.used()
    taken = count() - before
    assert taken == PEOPLE, f"the sink took {taken} of {PEOPLE}"
    return {
        "publish_s": round(published["seconds"], 3),
        "rate_per_s": round(PEOPLE / (last - published["done_at"])),
        "cpu_s_per_1k": round(used / PEOPLE * 1000, 3),
        "worker_rss_mb": round(max(one.memory_info().rss for one in workers) / 1e6),
    }
