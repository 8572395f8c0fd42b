"""Ten thousand mails in five minutes, a tenth broken, a tenth twice, ten processes killed."""

import hashlib
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from journeys.books import Books
from journeys.caller import NotNow, Person, mail
from journeys.house import SCHOOL, House, Outside, ground, wait_until
from journeys.killing import end_part
from journeys.weather import CARERS, Sender, Storm, StormMail
from schoolgate.inbound.keys import same_mail
from schoolgate.rehearsal.envelopes import plain_words

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800), pytest.mark.xdist_group("kills")]
MANY = int(os.environ.get("SCHOOLGATE_STORM", "10000"))
LASTS = 300.0  # seconds, for ten thousand
SENDERS = 8
QUIET = "jo"  # who sends nothing in the storm
KILLS = ["listener"] * 4 + ["worker"] * 4 + ["database", "web"]

CAME = """
SELECT s.digest, a.key, a.became, a.state, a.envelope_from, c.carer_id AS carer
FROM inbound_arrival a JOIN school_storedfile s ON s.id = a.stored_id
LEFT JOIN conversations_conversation c ON c.id = a.conversation_id
WHERE a.received_at >= %s
"""
WITHOUT_PROMISE = """
SELECT c.id FROM conversations_conversation c WHERE c.opened_at >= %s AND NOT EXISTS
(SELECT 1 FROM response_clock_promise p WHERE p.subject = c.public_id AND p.kind = 'reply')
"""
STRANGE = """
SELECT m.id FROM conversations_message m JOIN conversations_conversation c
ON c.id = m.conversation_id WHERE m.direction = 'family' AND m.carer_id <> c.carer_id
"""
NOTES = """
SELECT coalesce(p.carer_id::text, p.address) AS person, count(*) AS notes FROM delivery_parcel p
JOIN delivery_content t ON t.id = p.content_id
WHERE t.purpose = 'receipt' AND p.channel = 'email' AND p.posted_at >= %s GROUP BY 1
"""
ADDRESSES = """
SELECT carer_id AS carer, lower(value) AS address FROM people_contactroute
WHERE kind = 'email' AND ended_at IS NULL
"""


class Watch:
    """How long the pages of a parent outside the storm take, asked again and again."""

    def __init__(self, house: House, page: str) -> None:
        self.person, self.pages = Person(house, QUIET), (f"/{SCHOOL}/", page)
        self.took: dict[str, list[float]] = {one: [] for one in self.pages}
        self.away = 0
        self.ended = threading.Event()

    def look(self, times: int = 1) -> None:
        """Ask for each page."""
        for _ in range(times):
            for page in self.pages:
                began = time.monotonic()
                try:
                    self.person.get(page)
                except NotNow:
                    self.away += 1
                else:
                    self.took[page].append(time.monotonic() - began)

    def keep_looking(self) -> None:
        """Until it is ended."""
        while not self.ended.wait(1.0):
            self.look()

    def medians(self) -> list[float]:
        """In milliseconds, page by page."""
        return [1000 * statistics.median(times) for times in self.took.values() if times]


def threads_to_answer(house: House, far: Outside) -> dict[str, str]:
    """The signed address of a thread of each of a few carers, from the notes that they got."""
    found = {}
    for carer in (*CARERS, QUIET):
        sender = f"{carer}@{SCHOOL}.example.org"
        mail(house, sender, f"A first word of {carer}.", f"The first of {carer}")
        notes = wait_until(lambda: far.to(sender), 60, house.last_words())  # noqa: B023 - asked at once
        assert plain_words(notes[-1])
        if carer != QUIET:
            found[carer] = str(notes[-1]["Reply-To"].addresses[0].addr_spec)
    return found


def kill_now_and_then(house: House, over: float, killed: list[str]) -> None:
    """Ten kills spread over a time."""
    chance = random.Random(7)
    order = list(KILLS)
    chance.shuffle(order)
    for part in order:
        time.sleep(over / (len(order) + 1))
        end_part(house, part)
        killed.append(part)


def rain(house: House, mails: list[StormMail], lasts: float) -> tuple[Sender, list[str]]:
    """Send all of it by several connections, with processes dying meanwhile."""
    sender, killed = Sender(house), []
    pace = len(mails) / lasts / SENDERS
    killing = threading.Thread(target=kill_now_and_then, args=(house, lasts, killed))
    killing.start()
    with ThreadPoolExecutor(SENDERS) as pool:
        lanes = [pool.submit(sender.send, iter(mails[n::SENDERS]), pace) for n in range(SENDERS)]
        for lane in lanes:
            lane.result()
    killing.join()
    return sender, killed


def test_a_storm_of_mail_loses_nothing_and_muddles_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    far = Outside()
    with ground() as folder:
        house = House(Path(folder), far.url)
        try:
            _storm(house, far, capsys)
        finally:
            assert house.stop() == 0
            far.stop()


def _storm(house: House, far: Outside, capsys: pytest.CaptureFixture[str]) -> None:
    replies_to = threads_to_answer(house, far)
    books = Books(house, far)
    mails = Storm(MANY, replies_to).mails()
    watch = Watch(house, books.thread(f"The first of {QUIET}"))
    watch.look(30)
    before = watch.medians()
    watch.took = {page: [] for page in watch.took}
    looking = threading.Thread(target=watch.keep_looking)
    looking.start()
    began = time.monotonic()
    sender, killed = rain(house, mails, LASTS * MANY / 10_000)
    took = time.monotonic() - began
    watch.ended.set()
    looking.join()
    rows = books.rows(CAME, books.since)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(sender.accepted)} mails accepted in {took:.0f} s after {sender.tries} tries, "
            f"{len(sender.refused)} refused, {len(rows)} kept; killed: {', '.join(killed)}; "
            f"became {dict(Counter(row['became'] for row in rows))}; "
            f"pages before {before} ms, meanwhile {watch.medians()} ms, "
            f"{watch.away} times nobody answered\n"
        )
    _check(books, sender, rows)


def _check(books: Books, sender: Sender, rows: list[dict[str, object]]) -> None:
    assert not sender.refused
    sent = {same_mail(_as_sent(one.content)): one for one in sender.accepted}
    kept = Counter(str(row["key"]).partition(":")[0] for row in rows)
    assert set(kept.values()) == {1}, kept.most_common(3)
    assert set(kept) == set(sent), (len(set(sent) - set(kept)), len(set(kept) - set(sent)))
    assert not [row for row in rows if not row["became"] or row["state"] == "stored"]
    assert books.rows(WITHOUT_PROMISE, books.since) == []
    assert books.rows(STRANGE) == []
    whose = {row["address"]: row["carer"] for row in books.rows(ADDRESSES)}
    for row in rows:
        one = sent[str(row["key"]).partition(":")[0]]
        if one.kind in {"machine", "bounce"}:
            assert row["became"] in {"kept", "bounce", "tray"}, one.kind
        if row["carer"] is not None:
            assert row["carer"] == whose[one.sender], "a mail stands with another family"
    assert max((int(row["notes"]) for row in books.rows(NOTES, books.since)), default=0) <= 1
    digests = {hashlib.sha256(_as_sent(one.content)).hexdigest() for one in sender.accepted}
    assert {str(row["digest"]) for row in rows} <= digests


def _as_sent(content: bytes) -> bytes:
    """As smtplib ends a mail."""
    return content if content.endswith(b"\r\n") else content + b"\r\n"
