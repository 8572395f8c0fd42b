"""Who writes of danger sees the routes that work now, before and after; nothing is ever held."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from house_rules.entering import enter
from schoolgate.conversations.actions.receiving import Words, receive
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.routes import routes_now
from schoolgate.conversations.tests.acting import actor_of, writes
from schoolgate.delivery.models import Content
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

DANGER = "My husband hits me in front of the children."
SATURDAY = datetime.fromisoformat("2026-11-28T23:00:00+00:00")


@pytest.fixture
def both(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """The school of these tests and the other one, whose people are outsiders."""
    return medway, trent


@pytest.fixture
def ewa(both: tuple[Cast, Cast]) -> Client:
    client, _ = enter("ewa", *both)
    see(school_id=both[0].school.pk)
    return client


def form(body: str = DANGER, **more: str) -> dict[str, object]:
    return {"body": body, "once": str(uuid.uuid4()), **more}


def from_family(cast: Cast) -> int:
    see(school_id=cast.school.pk)
    return Message.objects.filter(direction="family", body=DANGER).count()


def receipts(conversation: Conversation) -> list[str]:
    rows = conversation.messages.filter(direction="automatic").order_by("at")
    return list(rows.values_list("body", flat=True))


@pytest.mark.parametrize("address", ["/medway-green/write/", "/medway-green/doors/complaint/"])
def test_the_first_press_shows_the_routes_and_keeps_every_word(
    both: tuple[Cast, Cast], ewa: Client, address: str
) -> None:
    answer = ewa.post(address, form(subject="About home"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="tel:999"' in page and "has not gone yet" in page
    assert DANGER in page and "About home" in page
    assert "as an ordinary message" in page and "Tell the safeguarding lead instead" in page
    assert from_family(both[0]) == 0


def test_the_second_press_sends_and_the_routes_stand_there_once_more(
    both: tuple[Cast, Cast], ewa: Client
) -> None:
    answer = ewa.post("/medway-green/write/", form(routes_seen="on"), follow=True)
    page = answer.content.decode()
    assert "Your message has reached the school." in page
    assert 'href="tel:999"' in page and "Tell the safeguarding lead, too" in page
    assert "It speaks of" not in page
    assert from_family(both[0]) == 1


def test_the_same_holds_in_a_thread_that_is_open(
    both: tuple[Cast, Cast], ewa: Client, now: datetime
) -> None:
    conversation = writes(both[0], "ewa", "kuba", now)
    address = f"{conversation.page}messages/"
    first = ewa.post(address, form())
    page = first.content.decode()
    assert first.status_code == 200 and 'href="tel:999"' in page
    assert "Send it to Priya Nair as an ordinary message" in page
    assert from_family(both[0]) == 0
    second = ewa.post(address, form(routes_seen="on"))
    assert second.status_code == 302 and "routes=now" in second["Location"]
    assert from_family(both[0]) == 1


def test_an_ordinary_or_angry_message_goes_at_the_first_press(
    both: tuple[Cast, Cast], ewa: Client
) -> None:
    for body in ("How was today?", "You are useless and I will go to the press!"):
        answer = ewa.post("/medway-green/write/", form(body))
        assert answer.status_code == 302 and "routes" not in answer["Location"]


def test_a_message_with_a_photo_goes_at_once_and_the_routes_come_after(
    both: tuple[Cast, Cast], ewa: Client
) -> None:
    photo = SimpleUploadedFile("arm.txt", b"a picture")
    answer = ewa.post("/medway-green/write/", {**form(), "added": photo})
    assert answer.status_code == 302 and "routes=now" in answer["Location"]
    assert from_family(both[0]) == 1


def test_telling_the_safeguarding_lead_instead_carries_the_words_over_and_sends_nothing(
    both: tuple[Cast, Cast], ewa: Client
) -> None:
    answer = ewa.post("/medway-green/worried/", form(carried="on"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert DANGER in page and "Tell the safeguarding lead now" in page
    assert "It has not gone yet" not in page
    assert from_family(both[0]) == 0
    assert not Content.objects.filter(purpose=Content.Purpose.ALERT).exists()


def test_the_routes_are_not_on_a_thread_page_that_was_merely_opened(
    both: tuple[Cast, Cast], ewa: Client, now: datetime
) -> None:
    conversation = writes(both[0], "ewa", "kuba", now, DANGER)
    assert "tel:999" not in ewa.get(conversation.page).content.decode()


def test_out_of_hours_the_routes_say_that_nobody_is_reading(medway: Cast, now: datetime) -> None:
    assert routes_now(medway.school, now).watched
    night = routes_now(medway.school, SATURDAY)
    assert not night.watched and night.opens == "Monday 30 November, 08:00"
    assert night.phone == medway.school.settings.contact.phone


@pytest.mark.parametrize("at", ["2026-11-23T10:00:00+00:00", SATURDAY.isoformat()])
def test_the_receipt_of_such_a_message_has_the_routes_first(medway: Cast, at: str) -> None:
    moment = datetime.fromisoformat(at)
    (receipt,) = receipts(writes(medway, "ewa", "kuba", moment, DANGER, channel="email"))
    hello, danger, *_ = receipt.split("\n\n")
    assert hello == "Hello Ewa."
    assert "in danger, ring 999" in danger
    assert "will read it and reply by" in receipt or "We will reply by" in receipt


def test_the_receipt_never_says_what_was_found(medway: Cast, now: datetime) -> None:
    (receipt,) = receipts(writes(medway, "ewa", "kuba", now, DANGER, channel="email"))
    saturday = receipts(writes(medway, "ewa", "kuba", SATURDAY, "Hello", channel="email"))[0]
    assert "hits" not in receipt and "It speaks" not in receipt
    # The same sentence as in any receipt out of hours, so that it gives nothing away.
    assert receipt.split("\n\n")[1] in saturday


def test_an_ordinary_receipt_in_hours_has_one_line_for_what_is_urgent(
    medway: Cast, now: datetime
) -> None:
    (receipt,) = receipts(writes(medway, "ewa", "kuba", now, channel="email"))
    assert "999" not in receipt and "If it is urgent, ring" in receipt


def test_a_later_email_that_speaks_of_danger_is_answered_once_in_an_hour(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "ewa", "kuba", now, channel="email")
    for minutes in (5, 10, 20):
        receive(
            actor=actor_of(medway, "ewa"),
            conversation=conversation,
            carer=conversation.carer,
            words=Words(body=DANGER, at=now + timedelta(minutes=minutes), channel="email"),
        )
    first, second = receipts(conversation)
    assert "999" not in first and "ring 999" in second
    assert "reached us at 10:05" in second
