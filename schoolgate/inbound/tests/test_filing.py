"""A person files a mail: the family's clock runs from its receipt, and nobody files it twice."""

from datetime import timedelta

import pytest

from schoolgate.conversations.models import Conversation, Message
from schoolgate.inbound.actions import filing
from schoolgate.inbound.errors import FiledAlready, NotTheirs, ReasonMissing, SenderNotConfirmed
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.models import TrayItem
from schoolgate.inbound.tests.mails import from_carer, written
from schoolgate.inbound.tests.taking import NOW, in_tray, of_tray, taken
from schoolgate.ledger.actors import Actor
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.ending import end_access
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise

LATER = NOW + timedelta(minutes=40)
GRANNY = "granny@example.net"


def file_new(cast: Cast, item: TrayItem, carer: str, child: str | None) -> Conversation:
    """The office files a mail as a new conversation."""
    joan = cast.team["joan"]
    return filing.file_as_new(
        actor=Actor("team", joan.pk, joan.name),
        member=joan,
        item=item,
        carer=cast.carers[carer],
        pupil=cast.children[child] if child else None,
        at=LATER,
    )


def file_into(cast: Cast, item: TrayItem, conversation: Conversation) -> Conversation:
    """The office adds a mail to a thread."""
    joan = cast.team["joan"]
    return filing.file_in_thread(
        actor=Actor("team", joan.pk, joan.name),
        member=joan,
        item=item,
        conversation=conversation,
        at=LATER,
    )


def aside(cast: Cast, item: TrayItem, reason: str) -> None:
    """The office says that a mail is not for us."""
    joan = cast.team["joan"]
    filing.set_aside(
        actor=Actor("team", joan.pk, joan.name), member=joan, item=item, reason=reason, at=LATER
    )


@pytest.mark.clause("2.2-T1")
def test_the_reply_promise_of_a_filed_mail_runs_from_its_receipt(medway: Cast) -> None:
    item = in_tray(medway, GRANNY, body="Noah is at mine this week.", subject="Noah")
    conversation = file_new(medway, item, "nina", "noah")
    promise = Promise.objects.get(subject=conversation.public_id, kind="reply")
    assert promise.started_at == NOW
    assert conversation.owner == medway.team["priya"]
    message = conversation.messages.get(direction="family")
    assert (message.body, message.at) == ("Noah is at mine this week.", NOW)
    item.refresh_from_db()
    assert (item.filed_to, item.filed_by) == (conversation, medway.team["joan"])
    assert item.promise.kept
    assert Entry.objects.filter(verb="filed", object_id=str(item.public_id)).exists()


def test_a_mail_is_added_to_a_thread_as_its_carers_words(medway: Cast) -> None:
    known = taken(medway, written(from_carer(medway, "nina"), "x")).conversation
    assert known
    item = in_tray(medway, from_carer(medway, "nina"), subject="Re: Today", body="Yes, thanks")
    file_into(medway, item, known)
    latest = Message.objects.filter(conversation=known, direction="family").latest("id")
    assert (latest.body, latest.carer) == ("Yes, thanks", medway.carers["nina"])


@pytest.mark.clause("2.2-T5")
def test_a_mail_whose_sender_was_refused_joins_no_sensitive_thread(medway: Cast) -> None:
    known = taken(medway, written(from_carer(medway, "nina"), "x")).conversation
    assert known
    item = in_tray(medway, from_carer(medway, "nina"), subject="Re: Today", body="Where is he?")
    TrayItem.objects.filter(pk=item.pk).update(authentication=Authentication.FAILED)
    Conversation.objects.filter(pk=known.pk).update(sensitive=True)
    known.refresh_from_db()
    with pytest.raises(SenderNotConfirmed):
        file_into(medway, item, known)
    assert not Message.objects.filter(body="Where is he?").exists()
    Conversation.objects.filter(pk=known.pk).update(sensitive=False)
    known.refresh_from_db()
    file_into(medway, item, known)
    assert Message.objects.filter(conversation=known, body="Where is he?").exists()


def test_nobody_files_it_a_second_time(medway: Cast) -> None:
    item = in_tray(medway, GRANNY)
    file_new(medway, item, "nina", "noah")
    with pytest.raises(FiledAlready):
        file_new(medway, item, "nina", "noah")
    with pytest.raises(FiledAlready):
        aside(medway, item, "An advert")


@pytest.mark.clause("2.2-T5")
def test_it_is_not_filed_to_a_carer_who_may_not_receive_news_of_that_child(medway: Cast) -> None:
    item = in_tray(medway, GRANNY)
    for carer, child in (("piotr", "kuba"), ("dawn", "leo"), ("hannah", "noah")):
        with pytest.raises(NotTheirs):
            file_new(medway, item, carer, child)
    item.refresh_from_db()
    assert item.filed_at is None


def test_a_tutor_who_left_since_the_receipt_does_not_get_it(medway: Cast) -> None:
    item = in_tray(medway, GRANNY)
    end_access(
        actor=Actor("team", medway.team["ruth"].pk),
        member=medway.team["priya"],
        at=NOW + timedelta(minutes=20),
    )
    conversation = file_new(medway, item, "nina", "noah")
    conversation.refresh_from_db()
    assert conversation.owner != medway.team["priya"]


def test_not_for_us_needs_a_reason_and_keeps_the_mail(medway: Cast) -> None:
    item = in_tray(medway, "sales@example.net", subject="Whiteboards")
    with pytest.raises(ReasonMissing):
        aside(medway, item, "  ")
    aside(medway, item, "An advert")
    item.refresh_from_db()
    assert (item.not_for_us, item.filed_to) == ("An advert", None)
    assert item.promise.kept
    assert not Conversation.objects.exists()


def test_a_mail_that_can_not_be_read_is_filed_with_its_original(medway: Cast) -> None:
    item = of_tray(taken(medway, b"\x00\xff" * 500))
    conversation = file_new(medway, item, "nina", "noah")
    message = conversation.messages.get(direction="family")
    assert message.attachments.get().name == "email.eml"
