"""An urgent notice to 500 families while a newsletter to 50,000 people is on its way."""

import time
from typing import Any

from bench import database
from bench.post import PostRoom
from journeys.smtp_sink import smtp_sink

PEOPLE, FAMILIES, WORKERS = 50_000, 500, 2


def measure() -> dict[str, Any]:
    """Seconds from publishing until the last of the urgent emails was handed over."""
    postgres = database.server()
    try:
        with smtp_sink() as sink:
            room = PostRoom(postgres, "urgent", people=PEOPLE, email_url=sink.url)
            with room.workers(WORKERS):
                room.publish("NEWS")
                time.sleep(1.0)
                published = room.publish("URGENT", children=FAMILIES)
                last = room.wait(priority=0)
                waiting = room.ask("SELECT count(*) FROM delivery_parcel WHERE state = 'waiting'")
                print(f"{waiting} of the newsletter still waited then", flush=True)
                assert waiting, "the newsletter was over before: it proves nothing"
    finally:
        postgres.stop()
    return {"last_handover_s": round(last - published["done_at"], 2), "still_waiting": waiting}
