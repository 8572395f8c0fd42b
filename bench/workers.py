"""One, two and four workers share the work through the database and its jobs alone."""

from typing import Any

from bench import database
from bench.growth import rate
from bench.post import PostRoom
from bench.slow_smtp import slow_smtp
from journeys.smtp_sink import smtp_sink

PEOPLE = 10_000


def measure() -> dict[str, Any]:
    """Rates to a quick host, where two cores are the limit, and to a slow one."""
    postgres, found = database.server(), {}
    try:
        with smtp_sink() as sink:
            room = PostRoom(postgres, "workers", people=PEOPLE, email_url=sink.url)
            for number in (1, 2, 4):
                with room.workers(number):
                    room.publish(children=100)
                    room.wait()
                    room.forget()
                    found[f"rate_{number}"] = round(rate(room, PEOPLE))
                    shares = room.ask(
                        "SELECT string_agg(n::text, ' ') FROM (SELECT count(*) n FROM"
                        " delivery_parcel WHERE claimed_by IS NOT NULL GROUP BY claimed_by) s"
                    )
                    print(number, found[f"rate_{number}"], f"by sorting: {shares}", flush=True)
                    room.forget()
        with slow_smtp(pipelining=True) as port:
            room.environment["SCHOOLGATE_EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
            for number in (1, 2, 4):
                with room.workers(number):
                    found[f"slow_rate_{number}"] = round(rate(room, 2_000, children=1_000))
                    room.forget()
    finally:
        postgres.stop()
    return found
