"""Mailboxes: each unseen mail is taken, and marked as seen only when it is committed here."""

# Real clock: servers, certificates and clients on sockets ask the machine's own.

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.errors import CannotTakeNow
from schoolgate.inbound.feeding import imap
from schoolgate.inbound.models import Arrival, Watched
from schoolgate.inbound.tests.imap_server import Mailbox, Post, serving
from schoolgate.inbound.tests.mails import from_carer, reply_to, written
from schoolgate.inbound.tests.taking import taken
from schoolgate.rehearsal.cast import Cast
from schoolgate.school import files
from schoolgate.school.tenancy import see


def asked(cast: Cast, box: Mailbox, to: str = "") -> int:
    """Ask the mailbox once, and look at the school again."""
    count = imap.ask_once(imap.Mailbox.read(box.url(to or cast.school.inbound_address)))
    see(school_id=cast.school.pk)
    return count


def test_unseen_mail_is_taken_byte_for_byte_and_then_marked(medway: Cast) -> None:
    ours = medway.school.inbound_address
    contents = [written(from_carer(medway, who), ours) for who in ("nina", "obi")]
    posts = [Post(one) for one in contents] + [Post(b"old", seen=True)]
    with serving(Mailbox(posts=posts)) as box:
        assert asked(medway, box) == 2
        assert asked(medway, box) == 0
    assert all(post.seen for post in box.posts)
    assert {files.read(arrival.stored) for arrival in Arrival.objects.all()} == set(contents)
    assert "UID FETCH 1 (INTERNALDATE BODY.PEEK[])" in box.asked


def test_a_signed_address_in_the_headers_finds_its_thread(medway: Cast) -> None:
    nina, ours = from_carer(medway, "nina"), medway.school.inbound_address
    thread = taken(medway, written(nina, ours)).conversation
    assert thread
    to = reply_to(medway, thread.pk, "nina")
    with serving(Mailbox(posts=[Post(written(nina, f"Office <{ours}>, {to}"))])) as box:
        assert asked(medway, box) == 1
    assert Arrival.objects.latest("id").conversation == thread


def test_a_mail_that_was_taken_but_not_marked_is_one_mail(medway: Cast) -> None:
    content = written(from_carer(medway, "nina"), medway.school.inbound_address)
    with serving(Mailbox(posts=[Post(content)], drop_before_flag=True)) as box:
        asked(medway, box)
        box.drop_before_flag = False
        asked(medway, box)
    assert Arrival.objects.count() == 1
    assert box.posts[0].seen


def test_what_can_not_be_kept_stays_unseen(medway: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> None:
        raise CannotTakeNow

    monkeypatch.setattr(imap, "take", away)
    content = written(from_carer(medway, "nina"), medway.school.inbound_address)
    with serving(Mailbox(posts=[Post(content)])) as box:
        assert asked(medway, box) == 0
    assert not box.posts[0].seen


def test_a_mail_that_breaks_something_keeps_none_behind_it_waiting(
    medway: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_once(*, content: bytes, **more: Any) -> Arrival | None:
        if b"bad" in content:
            raise RuntimeError
        return take(content=content, **more)

    monkeypatch.setattr(imap, "take", breaks_once)
    nina, ours = from_carer(medway, "nina"), medway.school.inbound_address
    with serving(Mailbox(posts=[Post(written(nina, ours, body=b)) for b in ("bad", "x")])) as box:
        assert asked(medway, box) == 1
    assert [post.seen for post in box.posts] == [False, True]


def test_a_mailbox_of_no_school_a_wrong_password_and_no_server_lose_nothing(medway: Cast) -> None:
    with serving(Mailbox(posts=[Post(b"From: a@b.c\r\n\r\nx")])) as box:
        assert asked(medway, box, to="nobody@elsewhere.example") == 0
        box.password = "another"
        assert asked(medway, box) == 0
    assert asked(medway, box) == 0
    assert not box.posts[0].seen


def mail_of(cast: Cast, body: str = "x") -> bytes:
    """A mail of Nina's."""
    return written(from_carer(cast, "nina"), cast.school.inbound_address, body=body)


def test_what_a_person_opened_first_is_taken_too(medway: Cast) -> None:
    with serving(Mailbox(posts=[Post(b"From: a@b.c\r\n\r\nold", seen=True)])) as box:
        assert asked(medway, box) == 0
        box.posts.append(Post(mail_of(medway), seen=True))
        assert asked(medway, box) == 1
        assert asked(medway, box) == 0
    assert Arrival.objects.count() == 1


def test_a_mailbox_whose_numbers_begin_anew_loses_nothing_and_takes_nothing_twice(
    medway: Cast,
) -> None:
    with serving(Mailbox(posts=[Post(mail_of(medway, "one"))])) as box:
        assert asked(medway, box) == 1
        box.validity = 8
        box.posts = [Post(mail_of(medway, "two"), seen=True), *box.posts]
        asked(medway, box)
    assert Arrival.objects.count() == 2


def test_nothing_that_others_struck_through_is_expunged(medway: Cast) -> None:
    struck = Post(b"From: a@b.c\r\n\r\nold", seen=True, deleted=True)
    with serving(Mailbox(posts=[struck, Post(mail_of(medway), deleted=True)])) as box:
        assert asked(medway, box) == 1
    assert len(box.posts) == 2
    assert not [one for one in box.asked if one.upper().startswith(("EXPUNGE", "CLOSE"))]


@pytest.mark.clause("2.2-T1")
def test_after_an_outage_a_promise_runs_from_when_the_mail_reached_the_mailbox(
    medway: Cast,
) -> None:
    with serving(Mailbox()) as box:
        asked(medway, box)
        Watched.objects.update(since=timezone.now() - timedelta(days=3))
        reached = timezone.now().replace(microsecond=0) - timedelta(hours=8)
        box.posts.append(Post(mail_of(medway), reached=reached))
        assert asked(medway, box) == 1
    arrival = Arrival.objects.get()
    assert arrival.received_at == reached
    assert arrival.conversation and arrival.conversation.opened_at == reached


def test_what_lay_in_a_mailbox_before_the_first_look_counts_from_then(medway: Cast) -> None:
    began = timezone.now()
    old, ahead = began - timedelta(days=90), began + timedelta(days=2)
    posts = [Post(mail_of(medway, "a"), reached=old), Post(mail_of(medway, "b"), reached=ahead)]
    with serving(Mailbox(posts=posts)) as box:
        assert asked(medway, box) == 2
    for arrival in Arrival.objects.all():
        assert began <= arrival.received_at <= timezone.now()


def test_what_could_not_be_taken_is_tried_again_though_it_was_opened(
    medway: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(**_: Any) -> None:
        raise RuntimeError

    with serving(Mailbox()) as box:
        asked(medway, box)
        box.posts.append(Post(mail_of(medway), seen=True))
        with monkeypatch.context() as broken:
            broken.setattr(imap, "take", breaks)
            assert asked(medway, box) == 0
        assert asked(medway, box) == 1
    assert Watched.objects.get().left == []


@pytest.mark.parametrize("url", ["http://x/y?to=a@b", "imaps://u:secret@host/INBOX", "imaps://"])
def test_an_address_that_can_not_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="SCHOOLGATE_IMAP_URLS") as refusal:
        imap.Mailbox.read(url)
    assert "secret" not in str(refusal.value)
