"""Texts that come: believed by signature, kept once, put where they belong, never answered so."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.actions.replying import reply
from schoolgate.conversations.models import Conversation, Message
from schoolgate.delivery.models import Content, Parcel
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.inbound.tests.ringing import HERE, KINDS, NINA, has_number, hooked, texted
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_hooks import a_text
from schoolgate.response_clock.models import Promise
from schoolgate.school import files
from schoolgate.school.tenancy import see

pytestmark = pytest.mark.usefixtures("providers")


@pytest.fixture
def providers() -> Any:
    """Every provider with its secrets."""
    with HERE:
        yield


@pytest.fixture
def nina(medway: Cast) -> Cast:
    """The cast, with Nina's number."""
    has_number(medway, "nina")
    return medway


def opened(cast: Cast, key: str = "nina", words: str = "By the portal.") -> Conversation:
    """A conversation that a carer opened in the portal an hour ago."""
    carer = cast.carers[key]
    actor = Actor(kind="carer", id=carer.pk, name=carer.name)
    at = timezone.now() - timedelta(hours=1)
    return start(actor=actor, carer=carer, words=Words(body=words, at=at))


def answered(cast: Cast, conversation: Conversation, *, days: int = 0) -> None:
    """The owner or the tutor has answered some days ago."""
    tutor = cast.team["priya"]
    at = timezone.now() - timedelta(days=days, minutes=30)
    actor = Actor(kind="member", id=tutor.pk, name=tutor.name)
    reply(actor=actor, member=tutor, conversation=conversation, body="Thank you.", at=at)


@pytest.mark.clause("1.0-S4")
@pytest.mark.parametrize("kind", KINDS)
def test_a_text_from_a_known_number_opens_a_conversation_on_the_clock(
    nina: Cast, kind: str
) -> None:
    answer = hooked(kind, a_text(kind, NINA, "Noah lost his coat \U0001f9e5"))
    assert answer.status_code == 200 and b"Message" not in answer.content
    see(school_id=nina.school.pk)
    message = Message.objects.get(channel="text")
    conversation = message.conversation
    assert message.body == "Noah lost his coat \U0001f9e5"
    assert (conversation.carer, conversation.pupil) == (nina.carers["nina"], nina.children["noah"])
    assert Promise.objects.filter(subject=conversation.public_id, kind="reply").count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_text_twice_is_one_and_is_kept_byte_for_byte(nina: Cast, kind: str) -> None:
    said = a_text(kind, NINA, "Hello")
    assert hooked(kind, said).status_code == hooked(kind, said).status_code == 200
    see(school_id=nina.school.pk)
    arrival = Arrival.objects.get()
    assert (arrival.way, arrival.became) == ("text", "conversation")
    assert b"Hello" in files.read(arrival.stored)
    assert Message.objects.filter(direction="family").count() == 1
    hooked(kind, a_text(kind, NINA, "Hello", key="2"))
    see(school_id=nina.school.pk)
    assert Arrival.objects.count() == 2


@pytest.mark.clause("1.0-S4")
@pytest.mark.parametrize("kind", KINDS)
def test_without_the_providers_signature_nothing_is_there_and_nothing_is_kept(
    nina: Cast, kind: str
) -> None:
    assert hooked(kind, a_text(kind, NINA, "Hello"), forged=True).status_code == 404
    see(school_id=nina.school.pk)
    assert not Arrival.objects.exists() and not Message.objects.exists()


def test_no_text_goes_back_and_the_receipt_goes_where_receipts_go(nina: Cast) -> None:
    texted(nina, "Hello")
    assert not Parcel.objects.filter(channel="sms").exists()
    receipts = Parcel.objects.filter(content__purpose=Content.Purpose.RECEIPT)
    assert {one.channel for one in receipts} == {"portal", "email"}


def test_a_text_joins_the_one_conversation_that_is_open(nina: Cast) -> None:
    conversation = opened(nina)
    arrival = texted(nina, "And by text.")
    assert (arrival.became, arrival.conversation) == ("message", conversation)
    assert Promise.objects.filter(subject=conversation.public_id).count() == 1


@pytest.mark.clause("2.2-T5")
def test_it_joins_no_conversation_of_another_and_none_that_they_may_not_see(nina: Cast) -> None:
    opened(nina, "ewa")
    theirs = opened(nina)
    Conversation.objects.filter(pk=theirs.pk).update(pupil=nina.children["kuba"])
    assert texted(nina, "Hello").became == "conversation"


def test_of_two_it_joins_the_one_in_which_the_school_has_just_written(nina: Cast) -> None:
    one, _other = opened(nina), opened(nina)
    answered(nina, one)
    assert texted(nina, "Thank you!").conversation == one


def test_of_two_in_which_nobody_has_answered_it_opens_a_third(nina: Cast) -> None:
    opened(nina), opened(nina)
    assert texted(nina, "Something else.").became == "conversation"


def test_it_goes_on_with_the_answer_of_which_a_text_has_told_them(nina: Cast) -> None:
    one, other = opened(nina), opened(nina)
    answered(nina, other)
    at = timezone.now() - timedelta(hours=1)
    content = Content.objects.create(
        school=nina.school, purpose="reply", thread=one.pk, text="x", written_at=at
    )
    Parcel.objects.create(
        school=nina.school,
        content=content,
        carer=nina.carers["nina"],
        channel="sms",
        state="sent",
        posted_at=at,
        next_try_at=at,
        ended_at=at,
    )
    assert texted(nina, "Yes please").conversation == one


@pytest.mark.parametrize(
    ("sender", "reason"),
    [("+447700900999", "unknown number"), ("60777", "no number"), ("SCHOOL", "no number")],
)
def test_what_comes_from_nobody_known_lies_in_the_tray(
    nina: Cast, sender: str, reason: str
) -> None:
    arrival = texted(nina, "Is Noah there?", sender)
    item = TrayItem.objects.get(arrival=arrival)
    assert (item.reason, item.body, item.carer) == (reason, "Is Noah there?", None)
    assert item.promise.due_at
    assert not Parcel.objects.exists()


@pytest.mark.clause("2.2-T5")
def test_a_number_of_two_people_lies_in_the_tray_and_both_are_suggested(nina: Cast) -> None:
    has_number(nina, "ewa", "07700 900101", kind="phone")
    item = TrayItem.objects.get(arrival=texted(nina, "He is ill"))
    assert item.reason == "shared number" and not Parcel.objects.exists()
    shown = enters(nina, "joan").get(f"/medway-green/tray/{item.public_id}/").text
    assert "Nina Reed: new conversation" in shown and "Ewa Malinowska: new conversation" in shown
    assert "A text message" in shown and "+44 7700 900101" in shown and "He is ill" in shown
    assert "A text message" in enters(nina, "joan").get("/medway-green/tray/").text


def test_the_office_files_it_as_a_text_and_the_clock_runs_from_its_receipt(nina: Cast) -> None:
    arrival = texted(nina, "Is Noah there?", "+447700900999")
    item = TrayItem.objects.get(arrival=arrival)
    place = f"new {nina.carers['nina'].public_id} {nina.children['noah'].public_id}"
    done = enters(nina, "joan").post(
        f"/medway-green/tray/{item.public_id}/filing/", {"place": place, "asked": "Nina"}
    )
    assert done.status_code == 302
    message = Message.objects.get(direction="family")
    assert (message.channel, message.body, message.at) == (
        "text",
        "Is Noah there?",
        arrival.received_at,
    )
    promise = Promise.objects.get(subject=message.conversation.public_id)
    assert promise.started_at == arrival.received_at
    assert not ContactRoute.objects.filter(value__contains="900999").exists()


def test_the_original_is_for_the_office_alone(nina: Cast) -> None:
    item = TrayItem.objects.get(arrival=texted(nina, "Hi", "+447700900999"))
    page = f"/medway-green/tray/{item.public_id}/original/"
    assert b'"text": "Hi"' in enters(nina, "joan").get(page).content
    for key in ("nina", "priya", "helen"):
        assert enters(nina, key).get(page).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000,
        "\U0001f600" * 10_000,
        "\u0645\u0631\u062d\u0628\u0627 \u200f!",
        "a\0b",
        "\ud83d",
    ],
    ids=["long", "emoji", "from the right", "null", "half"],
)
@pytest.mark.parametrize("kind", ["https", "vonage", "notify"])
def test_whatever_the_words_are_they_are_taken(nina: Cast, kind: str, words: str) -> None:
    assert hooked(kind, a_text(kind, NINA, words)).status_code == 200
    see(school_id=nina.school.pk)
    kept = Message.objects.get(channel="text").body
    assert len(kept) == len(words.replace("\0", "")) and "\0" not in kept


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_text_that_makes_no_sense_is_shown_to_a_person(nina: Cast, kind: str) -> None:
    assert hooked(kind, {"odd": "thing"}).status_code == 200
    see(school_id=nina.school.pk)
    assert TrayItem.objects.get().reason == "unreadable"


def test_a_family_of_the_other_school_is_found_there(nina: Cast, trent: Cast) -> None:
    has_number(trent, "mia", "+44 7700 900202")
    assert hooked("https", a_text("https", "+447700900202", "Hi")).status_code == 200
    see(school_id=nina.school.pk)
    assert not Arrival.objects.filter(school=nina.school).exists()
    see(school_id=trent.school.pk)
    assert Arrival.objects.get(school=trent.school).became == "conversation"


def test_a_closed_conversation_is_not_opened_by_a_guess(nina: Cast) -> None:
    closed = opened(nina)
    Conversation.objects.filter(pk=closed.pk).update(state="closed", side="parent")
    assert texted(nina, "New thing").became == "conversation"
