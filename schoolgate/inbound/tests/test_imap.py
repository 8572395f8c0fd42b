"""Mailboxes: each unseen mail is taken, and marked as seen only when it is committed here."""

from typing import Any

import pytest

from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.errors import CannotTakeNow
from schoolgate.inbound.feeding import imap
from schoolgate.inbound.models import Arrival
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
    assert "UID FETCH 1 (BODY.PEEK[])" in box.asked


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


@pytest.mark.parametrize("url", ["http://x/y?to=a@b", "imaps://u:secret@host/INBOX", "imaps://"])
def test_an_address_that_can_not_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="SCHOOLGATE_IMAP_URLS") as refusal:
        imap.Mailbox.read(url)
    assert "secret" not in str(refusal.value)
