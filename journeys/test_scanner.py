"""Files that come are shown only once a real clamd has answered for them."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from config.machine import test_tools
from journeys import scanner
from journeys.books import Books
from journeys.house import INBOUND, SCHOOL, House, Outside, ground, wait_until
from journeys.scanner import VIRUS, RealClamd, real_clamd
from schoolgate.rehearsal.fake_clamd import EICAR

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("mail-servers"),
]
NINA = f"nina@{SCHOOL}.example.org"
CLEAN = b"%PDF-1.7\nThe list of what he needs for the trip.\n"
FILES = """
SELECT name, held_because, virus, looked_at FROM conversations_attachment ORDER BY id DESC LIMIT %s
"""


@pytest.fixture
def clamd() -> Iterator[RealClamd]:
    """A real clamd; where there can't be one, a sentence says why, and CI fails."""
    if (words := scanner.missing()) and not test_tools.env.flag("CI"):
        pytest.skip(words)
    with real_clamd() as running:
        yield running


def test_a_file_is_shown_when_clamd_has_cleared_it_and_waits_while_clamd_is_away(
    clamd: RealClamd, outside: Outside
) -> None:
    with ground() as folder:
        house = House(folder, outside.url, SCHOOLGATE_CLAMD=clamd.address)
        try:
            books = Books(house, outside)

            def files(names: set[str]) -> list[dict[str, Any]]:
                rows = books.rows(FILES, len(names))
                return rows if {row["name"] for row in rows} == names else []

            def seen(names: set[str]) -> list[dict[str, Any]]:
                return [row for row in files(names) if row["looked_at"]]

            _send(house, "Two files", {"list.pdf": CLEAN, "invoice.pdf": EICAR})
            both = {"list.pdf", "invoice.pdf"}
            wait_until(lambda: len(seen(both)) == 2, 60, clamd.log())
            held = {row["name"]: (row["virus"], row["held_because"]) for row in seen(both)}
            assert held["list.pdf"] == ("", "")
            assert VIRUS in held["invoice.pdf"][0] and "virus" in held["invoice.pdf"][1]

            clamd.stop()
            _send(house, "One more", {"later.pdf": CLEAN + b"More."})
            wait_until(
                lambda: [
                    row
                    for row in files({"later.pdf"})
                    if "scanner does not answer" in row["held_because"] and not row["looked_at"]
                ],
                60,
                house.last_words(),
            )
            clamd.start()
            (row,) = wait_until(lambda: seen({"later.pdf"}), 120, house.last_words())
            assert (row["virus"], row["held_because"]) == ("", "")
        finally:
            assert house.stop() == 0


def _send(house: House, subject: str, files: dict[str, bytes]) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = NINA, INBOUND, subject
    mail.set_content("Here it is.")
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    with smtplib.SMTP("127.0.0.1", house.port + 1, timeout=30) as server:
        server.send_message(mail, from_addr=NINA, to_addrs=[INBOUND])
