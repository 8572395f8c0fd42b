"""Mail comes from real servers: out of a Dovecot's mailbox, and from a Postfix by STARTTLS."""

import hashlib
import os
import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.machine import privileges, test_tools
from journeys import dovecot, postfix
from journeys.books import Books
from journeys.dovecot import RealDovecot, real_dovecot
from journeys.greylisting import Greylisting
from journeys.house import INBOUND, SCHOOL, House, Outside, ground, wait_until
from journeys.postfix import real_postfix
from schoolgate.inbound.feeding.imap import EVERY
from schoolgate.inbound.tests.mails import written
from schoolgate.inbound.tests.sockets import own_certificate

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("mail-servers"),
]
NINA = f"nina@{SCHOOL}.example.org"
CAME = """
SELECT s.digest FROM inbound_arrival a JOIN school_storedfile s ON s.id = a.stored_id
WHERE a.received_at >= %s ORDER BY a.id
"""


@pytest.fixture
def mailbox() -> Iterator[RealDovecot]:
    """A real Dovecot; where there can't be one, a sentence says why, and CI fails."""
    if (words := dovecot.missing()) and not test_tools.env.flag("CI"):
        pytest.skip(words)
    with real_dovecot() as running:
        yield running


def digests(mails: list[bytes]) -> list[str]:
    """How the books name these bytes."""
    return [hashlib.sha256(one).hexdigest() for one in mails]


def crlf(mail: bytes) -> bytes:
    """Lines as they travel."""
    return mail.replace(b"\n", b"\r\n")


def test_a_real_mailbox_tells_at_once_and_is_found_again_after_it_was_away(
    mailbox: RealDovecot, outside: Outside
) -> None:
    mails = [crlf(written(NINA, INBOUND, subject=f"Mail {n}")) for n in range(6)]
    with ground() as folder:
        house = House(folder, outside.url, SCHOOLGATE_IMAP_URLS=mailbox.url(INBOUND))
        try:
            books = Books(house, outside)

            def came() -> list[str]:
                # A mailbox tells when a mail reached it, in whole seconds.
                since = books.since.replace(microsecond=0)
                return [row["digest"] for row in books.rows(CAME, since)]

            mailbox.deliver(mails[0])
            wait_until(lambda: came() == digests(mails[:1]), 60, house.last_words())
            mailbox.deliver(mails[1])
            wait_until(lambda: len(came()) == 2, EVERY / 2, mailbox.log())
            mailbox.stop()
            for mail in mails[2:]:
                mailbox.deliver(mail)
            mailbox.start()
            wait_until(lambda: mailbox.unseen() == 0, 120, house.last_words())
            assert sorted(came()) == sorted(digests(mails))
        finally:
            assert house.stop() == 0


def test_a_real_mail_server_hands_mail_on_encrypted_and_keeps_it_while_we_are_away(
    outside: Outside,
) -> None:
    if (words := postfix.missing()) and not test_tools.env.flag("CI"):
        pytest.skip(words)
    with ground() as folder, Greylisting() as grey:
        grey.times = 0
        house = House(folder, outside.url, **_certificate(folder))
        try:
            books = Books(house, outside)
            with real_postfix(grey, onward=house.port + 1) as server:
                _send(server.port, 1)
                wait_until(lambda: len(books.rows(CAME, books.since)) == 1, 60, server.log())
                assert "TLS connection established to 127.0.0.1" in server.log()
                (listener,) = house.processes("gate-listen")[:1]
                listener.kill()
                _send(server.port, 2)
                wait_until(lambda: len(books.rows(CAME, books.since)) == 2, 120, server.log())
        finally:
            assert house.stop() == 0


def _send(port: int, number: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as server:
        server.sendmail(NINA, INBOUND, written(NINA, INBOUND, subject=f"Mail {number}"))


def _certificate(folder: Path) -> dict[str, str]:
    """One of our own, that the house's user can read."""
    made = own_certificate(folder)
    for path in made:
        os.chown(path, privileges.service_user().pw_uid, -1)
    return {"SCHOOLGATE_MAIL_CERT": str(made[0]), "SCHOOLGATE_MAIL_KEY": str(made[1])}
