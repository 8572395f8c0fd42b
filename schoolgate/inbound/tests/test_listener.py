"""The listener as a process on a real socket: 250 after commit, 550 and 451 where they belong."""

# Real clock: servers, certificates and clients on sockets ask the machine's own.

import os
import shutil
import smtplib
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from schoolgate.conversations.models import Conversation, Message
from schoolgate.delivery.models import Parcel
from schoolgate.inbound.feeding.listener import Pace
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.imap_server import Mailbox, Post, serving
from schoolgate.inbound.tests.mails import from_carer, reply_to, written
from schoolgate.inbound.tests.sockets import Listener, Relay, listening, own_certificate
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import one_school


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short name, since a socket's path may not be long."""
    made = Path(tempfile.mkdtemp(prefix="gate-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def there(transactional_db: None) -> Cast:
    """Medway Green, committed, so that another process sees it."""
    with transaction.atomic():
        return assemble("medway-green", timezone.now() - timedelta(days=1))


def send(listener: Listener, sender: str, to: str | list[str], content: bytes) -> None:
    """Hand one mail over as any mail server does."""
    with smtplib.SMTP("127.0.0.1", listener.port, timeout=30) as server:
        server.sendmail(sender, to, content)


def wait_for(true: Callable[[], bool]) -> None:
    """Ask again and again until it is so."""
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def counted(cast: Cast) -> tuple[int, int, int]:
    """How many mails, conversations and messages of families the school has."""
    with one_school(cast.school.pk):
        return (
            Arrival.objects.count(),
            Conversation.objects.count(),
            Message.objects.filter(direction="family").count(),
        )


@pytest.mark.clause("1.0-S4")
def test_a_mail_becomes_a_conversation_and_the_reply_joins_it(there: Cast, folder: Path) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    with listening(folder) as listener:
        send(listener, nina, ours.upper(), written(nina, ours))
        with one_school(there.school.pk):
            conversation = Conversation.objects.get(carer=there.carers["nina"])
        to = reply_to(there, conversation.pk, "nina")
        send(listener, nina, to, written(nina, to, body="And thank you."))
    assert counted(there) == (2, 1, 2)


def test_an_unknown_recipient_is_refused_at_rcpt(there: Cast, folder: Path) -> None:
    with listening(folder) as listener, smtplib.SMTP("127.0.0.1", listener.port) as server:
        server.ehlo()
        server.mail("a@b.example")
        assert server.rcpt("nobody@elsewhere.example")[0] == 550
        assert server.rcpt(there.school.inbound_address)[0] == 250
    assert counted(there) == (0, 0, 0)


def test_one_mail_for_two_recipients_of_ours_is_one_message(there: Cast, folder: Path) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    with listening(folder) as listener:
        send(listener, nina, ours, written(nina, ours))
        with one_school(there.school.pk):
            conversation = Conversation.objects.get(carer=there.carers["nina"])
        to = reply_to(there, conversation.pk, "nina")
        send(listener, nina, [ours, to], written(nina, to, subject="Re: Today"))
    assert counted(there) == (2, 1, 2)


def test_the_same_mail_on_eight_connections_at_once_is_kept_once(there: Cast, folder: Path) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    content = written(nina, ours)
    with listening(folder) as listener, ThreadPoolExecutor(8) as servers:
        for sent in [servers.submit(send, listener, nina, ours, content) for _ in range(8)]:
            sent.result()
    assert counted(there) == (1, 1, 1)


def test_mailboxes_are_asked_beside_the_door(there: Cast, folder: Path) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    with (
        serving(Mailbox(posts=[Post(written(nina, ours))])) as box,
        listening(folder, SCHOOLGATE_IMAP_URLS=box.url(ours)) as listener,
    ):
        wait_for(lambda: box.posts[0].seen)
        assert listener.end() == 0
    assert counted(there) == (1, 1, 1)


def test_starttls_is_offered_where_a_certificate_is_set(there: Cast, folder: Path) -> None:
    certificate, key = own_certificate(folder)
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    context = ssl.create_default_context(cafile=str(certificate))
    with (
        listening(
            folder, SCHOOLGATE_MAIL_CERT=str(certificate), SCHOOLGATE_MAIL_KEY=str(key)
        ) as listener,
        smtplib.SMTP("localhost", listener.port) as server,
    ):
        server.starttls(context=context)
        server.sendmail(nina, ours, written(nina, ours))
    assert counted(there) == (1, 1, 1)


def test_a_mail_over_the_limit_is_refused_and_very_long_lines_are_not(
    there: Cast, folder: Path
) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    with listening(folder) as listener:
        long = written(nina, ours).replace(b"How was today?", b"How was today? " * 20_000)
        send(listener, nina, ours, long)
        with (
            smtplib.SMTP("127.0.0.1", listener.port) as server,
            pytest.raises(smtplib.SMTPSenderRefused) as refused,
        ):
            server.sendmail(nina, ours, written(nina, ours) + b"x\n" * 20_000_000)
    assert refused.value.smtp_code == 552
    assert counted(there)[0] == 1


def test_451_while_the_database_is_away_and_250_when_it_is_back(there: Cast, folder: Path) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    relay = Relay(folder, os.environ["DATABASE_URL"])
    with listening(folder, DATABASE_URL=relay.url) as listener:
        send(listener, nina, ours, written(nina, ours))
        relay.cut()
        with smtplib.SMTP("127.0.0.1", listener.port) as server:
            server.ehlo()
            server.mail(nina)
            assert server.rcpt(ours)[0] == 451
        relay.restore()
        with smtplib.SMTP("127.0.0.1", listener.port) as server:
            server.ehlo()
            server.mail(nina)
            assert server.rcpt(ours)[0] == 250
            relay.cut()
            assert server.data(written(nina, ours))[0] == 451
        relay.restore()
        send(listener, nina, ours, written(nina, ours))
    assert counted(there) == (2, 2, 2)


def test_451_when_the_disk_takes_no_more(there: Cast, folder: Path) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    (folder / "files").write_text("no folder, so that nothing can be written in it")
    with (
        listening(folder) as listener,
        smtplib.SMTP("127.0.0.1", listener.port) as server,
        pytest.raises(smtplib.SMTPDataError) as refused,
    ):
        server.sendmail(nina, ours, written(nina, ours))
    assert refused.value.smtp_code == 451
    assert counted(there) == (0, 0, 0)


@pytest.mark.kills
@pytest.mark.parametrize(("point", "kept"), [("mail stored", 0), ("mail before answer", 1)])
def test_a_listener_killed_at_a_named_point_has_the_mail_once_after_it_comes_again(
    there: Cast, folder: Path, point: str, kept: int
) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    content, order = written(nina, ours), folder / point
    order.touch()
    with listening(folder, SCHOOLGATE_END_ORDERS=str(folder)) as listener:
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send(listener, nina, ours, content)
        assert listener.process.wait(10) == -9
    assert not order.exists()
    assert counted(there)[0] == kept
    with listening(folder, SCHOOLGATE_END_ORDERS=str(folder)) as listener:
        send(listener, nina, ours, content)
    assert counted(there) == (1, 1, 1)


def test_a_mailbox_that_can_tell_is_heard_at_once_and_again_after_it_hung_up(
    there: Cast, folder: Path
) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    box = Mailbox(can_idle=True)
    with serving(box), listening(folder, SCHOOLGATE_IMAP_URLS=box.url(ours)):
        for number in range(3):
            box.posts.append(Post(written(nina, ours)))
            wait_for(lambda: box.posts[-1].seen)
            assert counted(there)[0] == number + 1
            box.hang_up()
    assert "IDLE" in box.asked


def test_what_is_too_large_is_refused_with_the_limit_in_words(there: Cast, folder: Path) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    with listening(folder) as listener, smtplib.SMTP("127.0.0.1", listener.port) as server:
        server.ehlo()
        said = server.mail(nina, [f"SIZE={40 * 1024 * 1024}"])
        assert said[0] == 552 and b"larger than 35 MB" in said[1]
        assert server.mail(nina, ["SIZE=1000"])[0] == 250
        assert server.rcpt(ours)[0] == 250


def test_it_ends_quickly_and_in_order_when_asked(there: Cast, folder: Path) -> None:
    with listening(folder) as listener, smtplib.SMTP("127.0.0.1", listener.port) as server:
        server.ehlo()
        began = time.monotonic()
        assert listener.end() == 0
        assert time.monotonic() - began < 2


def test_a_peer_that_sends_very_fast_is_slowed_and_others_are_not() -> None:
    pace = Pace(at_once=3, a_second=1)
    assert [pace.allows("a", 0.0) for _ in range(4)] == [True, True, True, False]
    assert pace.allows("b", 0.0)
    assert pace.allows("a", 1.5)
    assert not pace.allows("a", 1.6)


def test_of_mails_that_come_at_once_one_has_an_automatic_answer(there: Cast, folder: Path) -> None:
    nina, ours = from_carer(there, "nina"), there.school.inbound_address
    mails = [written(nina, ours, subject=f"Mail {number}") for number in range(12)]
    with listening(folder) as listener, ThreadPoolExecutor(6) as hands:
        list(hands.map(lambda mail: send(listener, nina, ours, mail), mails))
    assert counted(there)[0] == 12
    with one_school(there.school.pk):
        notes = Parcel.objects.filter(channel="email", content__purpose="receipt")
        assert notes.count() == 1
