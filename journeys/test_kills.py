"""The main job with a process killed in its middle: everything is there once, and rightly."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from journeys.books import Books, Figures
from journeys.caller import NotNow, Person, again, mail
from journeys.house import SCHOOL, House, Outside, ground, wait_until
from journeys.killing import end_part, house_to_kill, ordering
from schoolgate.rehearsal.envelopes import plain_words

pytestmark = [pytest.mark.kills, pytest.mark.xdist_group("kills")]
NINA = f"nina@{SCHOOL}.example.org"


@pytest.fixture(scope="module")
def orders() -> Iterator[Path]:
    """Where a named point is ordered."""
    with ordering() as folder:
        yield folder


@pytest.fixture(scope="module")
def far() -> Iterator[Outside]:
    """The mail server of the outside world."""
    server = Outside()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def killed(far: Outside, orders: Path) -> Iterator[House]:
    """A house of its own, since its processes are killed."""
    with ground() as data, house_to_kill(data, far, orders) as running:
        yield running


@pytest.fixture
def books(killed: House, far: Outside) -> Books:
    """The house's books, opened for this test."""
    return Books(killed, far)


def answers_to(far: Outside, mark: str) -> list[str]:
    """The reply addresses of the emails that carry this mark."""
    return [
        str(one["Reply-To"].addresses[0].addr_spec)
        for one in list(far.emails)
        if mark in plain_words(one)
    ]


def pressed_while(person: Person, action: str, fields: dict[str, str]) -> threading.Thread:
    """Press a button in the background; nobody waits for its answer."""

    def press() -> None:
        try:
            person.press(action, fields)
        except NotNow:
            return

    thread = threading.Thread(target=press)
    thread.start()
    return thread


@pytest.mark.clause("1.0-S4", "2.2-T1")
def test_the_web_process_dies_while_a_parent_presses_send(killed: House, books: Books) -> None:
    ewa, priya = Person(killed, "ewa"), Person(killed, "priya")
    page, body = f"/{SCHOOL}/write/", f"Is the pool warm? {books.word()}"
    hidden = next(fields for fields in ewa.forms(page).values() if "once" in fields)
    fields = hidden | {"subject": "The pool, in winter", "body": body}
    first = pressed_while(ewa, page, fields)
    end_part(killed, "web")
    first.join()
    again(lambda: ewa.press(page, fields))
    again(lambda: ewa.press(page, fields))
    priya.reply(books.thread("The pool, in winter"), f"Yes. {books.word()}")
    assert books.check() == Figures(messages=2, emails=2, repeats_in_doubt=0)


@pytest.mark.clause("2.2-T1")
def test_the_worker_dies_after_data_and_the_repeat_is_recorded_as_in_doubt(
    killed: House, books: Books, far: Outside, orders: Path
) -> None:
    priya, mark = Person(killed, "priya"), f"Lunch again {books.since:%H%M%S%f}"
    mail(killed, NINA, f"Could he sit by the door? {books.word()}", mark)
    books.check()  # its receipt has left, so that the order meets the answer
    (orders / "after DATA").touch()
    answer = books.word()
    priya.reply(books.thread(mark), f"From Monday. {answer}")
    wait_until(lambda: len(answers_to(far, answer)) == 2, 60, killed.last_words())
    assert not (orders / "after DATA").exists()
    mail(killed, NINA, f"Thank you. {books.word()}", f"Re: {mark}", answers_to(far, answer)[0])
    assert books.check().repeats_in_doubt == 1
    doubted = [row for row in books.rows(PARCELS_OF, answer) if "in doubt" in row["outcomes"]]
    assert [row["outcomes"] for row in doubted] == [["in doubt", "accepted"]]
    assert len({str(one["Message-ID"]) for one in far.emails if answer in plain_words(one)}) == 1


PARCELS_OF = """
SELECT array_agg(a.outcome ORDER BY a.id) AS outcomes FROM delivery_content c
JOIN delivery_parcel p ON p.content_id = c.id JOIN delivery_attempt a ON a.parcel_id = p.id
WHERE c.text LIKE '%%' || %s || '%%' GROUP BY p.id
"""


@pytest.mark.clause("2.2-T1")
def test_the_database_dies_while_a_mail_comes_and_a_tutor_answers(
    killed: House, books: Books, far: Outside
) -> None:
    priya, subject = Person(killed, "priya"), f"Shoes {books.since:%H%M%S%f}"
    mail(killed, NINA, f"May he wear trainers? {books.word()}", subject)
    thread = books.thread(subject)
    action, answer = f"{thread}replies/", books.word()
    fields = priya.forms(thread)[action] | {"body": f"He may. {answer}"}
    first = pressed_while(priya, action, fields)
    end_part(killed, "database")
    mail(killed, NINA, f"And sandals? {books.word()}", f"{subject} 2")
    first.join()
    again(lambda: priya.press(action, fields))
    wait_until(lambda: answers_to(far, answer), 60, killed.last_words())
    mail(killed, NINA, f"Good. {books.word()}", f"Re: {subject}", answers_to(far, answer)[0])
    books.check()


def test_a_button_pressed_on_two_connections_at_once_sends_once(
    killed: House, books: Books
) -> None:
    ewa, page = Person(killed, "ewa"), f"/{SCHOOL}/write/"
    hidden = next(fields for fields in ewa.forms(page).values() if "once" in fields)
    fields = hidden | {"subject": "Twice", "body": f"Pressed by a nervous hand. {books.word()}"}
    with ThreadPoolExecutor(4) as hands:
        presses = [hands.submit(ewa.press, page, fields) for _ in range(4)]
    pages = [press.result() for press in presses]
    assert all("Pressed by a nervous hand" in one for one in pages)
    assert books.check() == Figures(messages=1, emails=1, repeats_in_doubt=0)
