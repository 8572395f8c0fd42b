"""The long proof: twenty kills at random, and a storm of mail; nothing lost, nothing twice."""

import os
import random
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from journeys.books import Books
from journeys.caller import Person, hand_over, mail, written
from journeys.caller import again as until_it_works
from journeys.house import INBOUND, SCHOOL, House, Outside, ground, wait_until
from journeys.killing import carry_out, end_part, house_to_kill, ordering, twenty_kills
from schoolgate.inbound.keys import same_mail
from schoolgate.rehearsal.envelopes import plain_words
from schoolgate.school.named_points import POINTS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.kills,
    pytest.mark.xdist_group("prove"),
    pytest.mark.timeout(1800),
]
NINA = f"nina@{SCHOOL}.example.org"
HANGING = """
SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND coalesce(w.last_heartbeat, '-infinity') < now() - interval '30 s'
"""
# Migrations run before there is any message: that kill comes first.
FIRST = "during migrate"


@pytest.fixture(scope="module")
def chance() -> random.Random:
    """Chance that can be had again: SCHOOLGATE_PROVE_SEED takes the number that was printed."""
    seed = os.environ.get("SCHOOLGATE_PROVE_SEED") or str(secrets.randbelow(1_000_000))
    tell(f"SCHOOLGATE_PROVE_SEED={seed}")
    return random.Random(seed)


@pytest.fixture
def far() -> Iterator[Outside]:
    """The mail server of the outside world."""
    server = Outside()
    yield server
    server.stop()


def tell(words: str) -> None:
    """Print past pytest's capture: a proof says what it does."""
    sys.__stdout__.write(f"\n{words}\n")
    sys.__stdout__.flush()


def a_turn(house: House, books: Books, number: int, by_mail: bool) -> None:
    """The main job once: a parent writes, the tutor answers, the answer is answered."""
    subject = f"Turn {number} {secrets.token_hex(3)}"
    if by_mail:
        mail(house, NINA, f"By email. {books.word()}", subject)
    else:
        Person(house, "ewa").write(subject, f"At a page. {books.word()}")
    priya, answer = Person(house, "priya"), books.word()
    priya.reply(books.thread(subject), f"An answer. {answer}")
    arrived = wait_until(lambda: carrying(books.outside, answer), 150, house.last_words())
    reply_to = arrived[0]["Reply-To"].addresses[0].addr_spec
    sender = NINA if by_mail else f"ewa@{SCHOOL}.example.org"
    mail(house, sender, f"And thanks. {books.word()}", f"Re: {subject}", str(reply_to))


def carrying(far: Outside, mark: str) -> list:  # type: ignore[type-arg]
    """The emails that carry a mark."""
    return [one for one in list(far.emails) if mark in plain_words(one)]


def test_after_twenty_kills_at_random_everything_is_there_once(
    far: Outside, chance: random.Random
) -> None:
    with ordering() as orders, ground() as data:
        (orders / FIRST).touch()
        with pytest.raises(AssertionError), house_to_kill(data, far, orders):
            pass  # its start fails, half migrated
        assert not (orders / FIRST).exists()
        with house_to_kill(data, far, orders) as house:
            kills = twenty_kills(chance, [point for point in POINTS if point != FIRST])[1:]
            books = Books(house, far)
            for number, kill in enumerate(kills):
                tell(f"{number + 2:>2} of 20: {kill}")
                one_kill(house, books, orders, kill, number, chance)
            figures = books.check()
            wait_until(lambda: not books.rows(HANGING), 180, "Jobs hang on a dead worker.")
    told = ", ".join(f"{kind} {times}" for kind, times in Counter([FIRST, *kills]).items())
    tell(f"{figures}; killed: {told}")
    assert set(kills) | {FIRST} >= set(POINTS)
    assert figures.messages == 3 * 2 * len(kills)


def one_kill(
    house: House, books: Books, orders: Path, kill: str, number: int, chance: random.Random
) -> None:
    """Two turns at once, one by email and one at pages, and a kill in their middle."""
    moment = chance.random() * 2
    with ThreadPoolExecutor(2) as two:
        if kill in POINTS:
            carry_out(kill, house, orders, lambda: None)
        turns = [two.submit(a_turn, house, books, number, by_mail) for by_mail in (True, False)]
        if kill not in POINTS:
            carry_out(kill, house, orders, lambda: time.sleep(moment))
        for turn in turns:
            turn.result()
    assert not list(orders.iterdir()), f"{kill} was not reached"


def test_a_storm_of_mail_is_kept_once_with_listener_and_worker_killed(
    far: Outside, chance: random.Random
) -> None:
    with ordering() as orders, ground() as data, house_to_kill(data, far, orders) as house:
        books = Books(house, far)
        good = [
            written(NINA, f"In the storm. {books.word()}", f"Storm {number}")
            for number in range(400)
        ]
        broken = [break_up(one, chance) for one in chance.sample(good, 50)]
        repeated = chance.sample(good + broken, 50)
        every = good + broken + repeated
        chance.shuffle(every)
        with ThreadPoolExecutor(8) as senders:
            sent = [senders.submit(post, house, one) for one in every]
            for part in ("listener", "worker", "listener", "worker"):
                wanted = sum(one.done() for one in sent) + 60
                wait_until(lambda wanted=wanted: sum(one.done() for one in sent) >= wanted, 120)
                end_part(house, part)
            tries = sum(one.result() for one in sent)
        kept = [row["key"] for row in books.rows("SELECT key FROM inbound_arrival")]
        assert sorted(kept) == sorted(same_mail(one) for one in good + broken)
        figures = books.check(300)
    tell(f"{figures}; {len(every)} mails in {tries} tries, {len(kept)} kept")


def post(house: House, content: bytes) -> int:
    """Hand one mail over until it is accepted; how many tries that took."""
    tries = 0

    def once() -> None:
        nonlocal tries
        tries += 1
        hand_over(house, NINA, INBOUND, content)

    until_it_works(once)
    return tries


def break_up(content: bytes, chance: random.Random) -> bytes:
    """A mail as broken programs and lines leave it; its mark is gone, so that it counts alone."""
    body = (
        bytes(chance.randrange(1, 256) for _ in range(300)).replace(b"\r", b"").replace(b"\n", b"")
    )
    head = content.partition(b"\n\n")[0]
    harmed = chance.choice(
        [
            body,
            head[: chance.randrange(20, 60)] + b"\r\n" + body,
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html;"
            b" charset=klingon\r\nContent-Transfer-Encoding: base64\r\n\r\n!!" + body,
            b"From: " + body[:40] + b"\r\nSubject: =?utf-8?b?!!?=\r\n\r\n" + body,
            b"Content-Type: message/rfc822\r\n" * 20 + b"\r\n" + body,
        ]
    )  # fmt: skip
    return harmed + b"\r\n"
