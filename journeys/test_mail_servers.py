"""Our email meets real mail servers: Postfix with greylisting and with refusals, and its sink."""

from collections.abc import Iterator

import pytest

from config.machine import test_tools
from journeys import postfix
from journeys.books import Books
from journeys.caller import mail
from journeys.greylisting import GREY, Greylisting
from journeys.house import SCHOOL, House, Outside, ground, wait_until
from journeys.postfix import RealPostfix, real_postfix
from journeys.smtp_sink import Sink, smtp_sink
from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.email.smtp import Server, SmtpLine
from schoolgate.delivery.errors import DeliveryError, Refused, TryLater

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("mail-servers")]
OUTCOMES = """
SELECT array_agg(a.outcome ORDER BY a.id) AS outcomes FROM delivery_parcel p
JOIN delivery_attempt a ON a.parcel_id = p.id
WHERE p.channel = 'email' AND p.posted_at >= %s GROUP BY p.id ORDER BY p.id
"""


def letter_to(name: str, number: int = 0) -> Letter:
    """One finished letter to somebody."""
    words = Words(
        sender=f"office@{SCHOOL}.example.org",
        sender_name="Medway Green",
        domains=(f"{SCHOOL}.example.org",),
        subject="Schön: a message",
        text="Dear Nina,\n\nall is well.\n.\nA line with a dot alone stands above.\n",
    )
    return Letter(
        number=number,
        key=f"{name}-{number}",
        to=f"{name}@home.example.org",
        words=words,
        reply_to=f"in+{number}@{SCHOOL}.example.org",
        thread_id=f"<thread@{SCHOOL}.example.org>",
    )


class Told(list[str]):
    """What a line told of its letters; a refusal is raised to the test."""

    def begun(self, letter: Letter) -> None:
        """It may arrive from now on."""

    def answered(self, letter: Letter, said: str) -> None:
        """It was taken."""
        self.append(said)

    def refused(self, letter: Letter, why: DeliveryError) -> None:
        """It was not."""
        self.append(str(why))
        self.why = why


def send(line: SmtpLine, letter: Letter) -> str:
    """Hand one letter over; what was said. Raises what it was refused with."""
    told = Told()
    line.hand_over([letter], told)
    if hasattr(told, "why"):
        raise told.why
    return told[0]


@pytest.fixture
def grey() -> Iterator[Greylisting]:
    """Greylisting, and three people whose boxes say something else."""
    answers = {
        "full": ["450 4.2.2 The box is full"],
        "busy": ["421 4.3.2 Going down"],
        "gone": ["550 5.1.1 Nobody here has this address"],
    }
    with Greylisting(answers=answers) as policy:
        yield policy


@pytest.fixture
def server(grey: Greylisting) -> Iterator[RealPostfix]:
    """A real Postfix; where there can't be one, a sentence says why, and CI fails."""
    if (words := postfix.missing()) and not test_tools.env.flag("CI"):
        pytest.skip(words)
    with real_postfix(grey) as running:
        yield running


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A sink that keeps what it takes."""
    if test_tools.mail_server() is None and not test_tools.env.flag("CI"):
        pytest.skip("smtp-sink is not here.")
    with smtp_sink(keep=True) as running:
        yield running


def line_to(url: str) -> SmtpLine:
    """A line of our own channel to a server."""
    return SmtpLine(Server.from_url(url))


def test_greylisting_is_waited_out(server: RealPostfix, grey: Greylisting) -> None:
    line = line_to(server.url)
    with pytest.raises(TryLater, match="Greylisted"):
        send(line, letter_to("nina"))
    assert "queued as" in send(line, letter_to("nina"))
    line.close()
    (arrived,) = server.wait_for(1)
    assert arrived["Message-ID"] == f"<nina-0@{SCHOOL}.example.org>"
    assert arrived["Delivered-To"] == "nina@home.example.org"
    assert arrived["Subject"] == "Schön: a message"
    assert arrived.get_content() == letter_to("nina").words.text
    assert [action for _to, action in grey.said] == [GREY, "DUNNO"]


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [("full", TryLater, "450"), ("busy", TryLater, "421"), ("gone", Refused, "550")],
)
def test_a_refusal_is_for_later_or_for_good_and_the_next_letter_gets_through(
    server: RealPostfix, grey: Greylisting, name: str, kind: type[Exception], code: str
) -> None:
    line, grey.times = line_to(server.url), 0
    with pytest.raises(kind) as met:
        send(line, letter_to(name))
    assert type(met.value) is kind and code in str(met.value)
    send(line, letter_to("nina"))
    line.close()
    assert [one["Delivered-To"] for one in server.wait_for(1)] == ["nina@home.example.org"]


def test_a_hundred_letters_go_by_one_connection_each_to_one_person(sink: Sink) -> None:
    line = line_to(sink.url)
    for number in range(100):
        send(line, letter_to("nina", number))
    line.close()
    wait_until(lambda: sink.count() == 100)
    kept = sink.kept()
    assert [one.recipients for one in kept] == [["nina@home.example.org"]] * 100
    assert [one.sender for one in kept] == [letter_to("nina", n).reply_to for n in range(100)]
    assert {str(one.email["Subject"]) for one in kept} == {"Schön: a message"}


def found_in(books: Books) -> list[list[str]]:
    """The outcomes of each email since the books were opened."""
    return [row["outcomes"] for row in books.rows(OUTCOMES, books.since)]


@pytest.mark.timeout(600)
def test_a_whole_house_gets_through_greylisting_and_gives_up_on_nobody(
    server: RealPostfix, grey: Greylisting, outside: Outside
) -> None:
    grey.answers["ewa"] = ["550 5.1.1 Nobody here has this address"]
    with ground() as folder:
        house = House(folder, server.url)
        try:
            books = Books(house, outside)
            mail(house, f"nina@{SCHOOL}.example.org", "Where is his coat?", "A coat")
            mail(house, f"ewa@{SCHOOL}.example.org", "Is there a pool?", "A pool")
            outcomes = ["temporary", "accepted"], ["permanent"]
            wait_until(lambda: found_in(books) == [*outcomes], 200, house.last_words())
        finally:
            assert house.stop() == 0
