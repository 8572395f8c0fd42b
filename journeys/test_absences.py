"""A morning of three hundred absences, the worker killed twice: none unseen without an alarm."""

import re
import smtplib
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.cookiejar import CookieJar

import pytest

from journeys.absence_rows import fill
from journeys.books import Books
from journeys.clock import Clock
from journeys.house import INBOUND, SCHOOL, House, Outside, ground, wait_until
from journeys.killing import end_part
from journeys.test_prove import tell

pytestmark = [
    pytest.mark.slow,
    pytest.mark.kills,
    pytest.mark.xdist_group("prove"),
    pytest.mark.timeout(1800),
]
CHILDREN, BY_EMAIL = 300, 30
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
END = MORNING.replace(hour=8, minute=45)
# In other words; some of them are written so that no wording finds them.
EMAILS = (
    "{name} is poorly this morning and will not be in.",
    "Please note that {name} has been sick all night, so no school for her today.",
    "{name} won't be coming in today, she has a temperature.",
    "We are keeping {name} at home today.",
    "{name} is off today, dentist.",
    "No {name} today I'm afraid, tummy bug.",
    "{name} can't make it, she did not sleep at all.",
    "Just to let you know it is a duvet day for {name}.",
    "She has come out in spots so we think it's best she stays put.",
    "Not today, sorry. {name} is in bits.",
)
MATTERS = """
SELECT m.id, m.pupil_id, m.state, m.alarmed, m.channel, m.chosen, m.tray,
    (SELECT count(*) FROM ledger_entry e WHERE e.object_kind = 'for today'
        AND e.object_id = m.public_id::text
        AND e.verb = 'alarmed of what nobody has seen' AND e.facts->>'step' = '1') AS next_told,
    (SELECT count(*) FROM ledger_entry e WHERE e.object_kind = 'for today'
        AND e.object_id = m.public_id::text
        AND e.verb = 'alarmed of what nobody has seen' AND e.facts->>'step' = '2') AS head_told
FROM today_matter m JOIN people_pupil p ON p.id = m.pupil_id
WHERE m.kind = 'absence' AND p.last_name = 'Rowe'
"""
CAME = "SELECT count(*) AS n FROM conversations_message WHERE channel = 'email'"
MISSING = """
SELECT i.pupil_id, i.ended, i.alarmed_at FROM today_missing i
JOIN people_pupil p ON p.id = i.pupil_id WHERE p.last_name = 'Rowe'
"""
LATE = "SELECT count(*) AS n FROM today_matter WHERE state = 'waiting' AND next_alarm_at < %s"
TWICE = """
SELECT content_id, member_id FROM delivery_parcel p JOIN delivery_content c ON c.id = p.content_id
WHERE c.purpose = 'alert' AND member_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
"""


class Visitor:
    """Somebody at a browser without scripts: cookies, forms, presses."""

    def __init__(self, house: House, key: str) -> None:
        self.house = house
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.get("/enter/")
        self.post("/entering/", school=SCHOOL, key=key)

    def get(self, path: str) -> str:
        """The page."""
        return str(self.opener.open(self.house.address + path, timeout=60).read().decode())

    def post(self, path: str, *more: tuple[str, str], **fields: str) -> str:
        """Press a button; the page that follows."""
        token = next(one.value for one in self.jar if one.name == "csrftoken")
        said = [("csrfmiddlewaretoken", str(token)), *fields.items(), *more]
        body = urllib.parse.urlencode(said).encode()
        return str(self.opener.open(self.house.address + path, body, timeout=120).read().decode())


@pytest.fixture
def far() -> Iterator[Outside]:
    """The mail server of the outside world."""
    server = Outside()
    yield server
    server.stop()


def test_three_hundred_absences_and_none_unseen_without_an_alarm_none_twice(far: Outside) -> None:
    with ground() as data:
        clock = Clock(data, MORNING)
        house = House(data, far.url, **clock.setting)
        try:
            books = Books(house, far)
            with books.opened() as connection:
                fill(connection, slug=SCHOOL, children=CHILDREN, portal=CHILDREN - BY_EMAIL)
            _morning(house, books, clock)
            _looked_at(house)
            _registers(house, books, clock)
            _hours_later(books, clock)
            _check(books)
        finally:
            house.kill()


def _morning(house: House, books: Books, clock: Clock) -> None:
    """From half past seven to a quarter to nine they come, and the worker is killed twice."""
    ewa = Visitor(house, "ewa")
    children = [
        str(row["public_id"])
        for row in books.rows(
            "SELECT p.public_id FROM people_pupil p WHERE last_name = 'Rowe' ORDER BY id"
        )
    ]
    step = (END - MORNING) / CHILDREN
    for number, child in enumerate(children):
        at = MORNING + number * step
        clock.set(at)
        if number < CHILDREN - BY_EMAIL:
            once = re.search(r'name="once" value="([^"]+)"', ewa.get(f"/{SCHOOL}/today/absence/"))
            assert once
            for _again in range(1 + number % 50 // 49):  # sometimes the button is pressed twice
                ewa.post(f"/{SCHOOL}/today/absence/", pupil=child, once=once[1])
        else:
            _mail(house, number + 1)
        if number in {CHILDREN // 3, CHILDREN - 5}:
            end_part(house, "worker")
    wait_until(lambda: books.rows(CAME)[0]["n"] >= BY_EMAIL, 120, "Mails are missing.")


def _mail(house: House, number: int) -> None:
    message = EmailMessage()
    message["From"], message["To"] = f"absent{number}@example.net", INBOUND
    message["Subject"], message["Message-ID"] = "This morning", f"<absent{number}@example.net>"
    message.set_content(EMAILS[number % len(EMAILS)].format(name=f"Absent{number}"))
    with smtplib.SMTP("127.0.0.1", house.port + 1, timeout=30) as server:
        server.send_message(message)


def _looked_at(house: House) -> None:
    """The office sees the first hundred of its list, by one press and twice."""
    joan = Visitor(house, "joan")
    listed = re.findall(r'name="matter" value="([^"]+)"', joan.get(f"/{SCHOOL}/for-today/"))
    first = [("matter", one) for one in dict.fromkeys(listed)][:100]
    for _again in range(2):
        joan.post(f"/{SCHOOL}/for-today/seeing/", *first)


def _registers(house: House, books: Books, clock: Clock) -> None:
    """At ten to nine the tutor ticks everybody who is not there."""
    clock.set(END + timedelta(minutes=5))
    priya = Visitor(house, "priya")
    (group,) = books.rows(
        "SELECT g.id FROM people_group g JOIN school_school s ON s.id = g.school_id"
        " WHERE s.slug = %s AND g.name = 'Oak'",
        SCHOOL,
    )
    page = priya.get(f"/{SCHOOL}/registers/{group['id']}/")
    absent = re.findall(r'value="([0-9a-f-]{36})"[^>]*> Absent', page)
    assert len(absent) == CHILDREN
    priya.post(f"/{SCHOOL}/registers/{group['id']}/", *[("missing", one) for one in absent])


def _hours_later(books: Books, clock: Clock) -> None:
    """Ten o'clock: every alarm that was due has been given."""
    at = MORNING.replace(hour=10, minute=15)
    clock.set(at)
    wait_until(lambda: books.rows(LATE, at)[0]["n"] == 0, 240, "An alarm stays due.")
    # An hour after the register head and safeguarding lead are told of who is still missing.
    wait_until(
        lambda: not any(not one["ended"] and not one["alarmed_at"] for one in books.rows(MISSING)),
        240,
        "A missing child is nobody's.",
    )


def _check(books: Books) -> None:
    matters, missing = books.rows(MATTERS), books.rows(MISSING)
    told_of = [one["pupil_id"] for one in matters]
    assert len(told_of) == len(set(told_of)), "One stands there twice."
    assert sum(one["channel"] == "portal" for one in matters) == CHILDREN - BY_EMAIL
    for one in matters:
        assert max(one["next_told"], one["head_told"]) <= 1, one
        assert one["state"] == "seen" or one["head_told"] == 1, one
    found = {one["pupil_id"]: one for one in missing}
    assert len(found) == CHILDREN == len(missing)
    for pupil, one in found.items():
        assert pupil in told_of or one["alarmed_at"], "Nobody knows of this child."
    assert books.rows(TWICE) == []
    by_wording = sum(one["chosen"] == "wording" for one in matters)
    tell(
        f"{CHILDREN} absences: {CHILDREN - BY_EMAIL} on the portal, {BY_EMAIL} by email in other"
        f" words, of which wording found {by_wording}; seen"
        f" {sum(one['state'] == 'seen' for one in matters)}, alarmed of"
        f" {sum(one['state'] != 'seen' for one in matters)};"
        f" {BY_EMAIL - by_wording} stood on the list of missing children."
    )
