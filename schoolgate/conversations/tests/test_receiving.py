"""A family writes: there is an owner, a promise and a receipt at once."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from schoolgate.accounts.models import User
from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.errors import AttachmentTooLarge, NothingWritten, NotOneOfYours
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes, writes_again
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.ending import end_access
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.school.tenancy import see


@pytest.mark.clause("2.2-T1", "1.0-A2")
def test_a_message_has_the_childs_tutor_and_a_promise_of_one_working_day(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    assert conversation.owner == medway.team["priya"]
    promise = Promise.objects.get(subject=conversation.public_id)
    assert promise.due_at == now + timedelta(days=1)
    assert fresh(conversation).due_at == promise.due_at


def test_a_message_about_no_child_goes_to_the_office(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", None, now)
    assert (conversation.owner, conversation.queue) == (None, "office")


def test_a_message_about_transport_goes_to_the_office(medway: Cast, now: datetime) -> None:
    assert writes(medway, "ewa", "kuba", now, topic="transport").queue == "office"


def test_a_tutor_without_access_is_passed_over_for_their_cover(medway: Cast, now: datetime) -> None:
    end_access(actor=actor_of(medway, "ruth"), member=medway.team["priya"], at=now)
    assert writes(medway, "ewa", "kuba", now).owner == medway.team["sam"]


@pytest.mark.clause("3.0-P5", "1.1-P8", "5.0-R", "5.0-C")
@pytest.mark.parametrize(
    ("kind", "queue"),
    [("complaint", "complaints"), ("help", "office"), ("meeting", "office"), ("policy", "office")],
)
def test_every_door_leads_to_a_staffed_queue(
    medway: Cast, now: datetime, kind: str, queue: str
) -> None:
    conversation = writes(medway, "ewa", "kuba", now, kind=kind)
    assert (conversation.owner, conversation.queue) == (None, queue)
    assert fresh(conversation).due_at is not None


@pytest.mark.clause("2.2-T2")
@pytest.mark.parametrize("kind", ["ordinary", "complaint", "help", "meeting", "policy"])
def test_every_kind_of_matter_has_the_same_clock(medway: Cast, now: datetime, kind: str) -> None:
    conversation = writes(medway, "ewa", "kuba", now, kind=kind)
    assert fresh(conversation).due_at == now + timedelta(days=1)


@pytest.mark.clause("2.2-T1")
def test_further_messages_do_not_move_the_promise(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    writes_again(medway, conversation, now + timedelta(hours=3))
    assert fresh(conversation).due_at == now + timedelta(days=1)
    assert Promise.objects.filter(subject=conversation.public_id).count() == 1


def test_a_message_after_an_answer_has_a_promise_of_its_own(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    answers(medway, "priya", conversation, now + timedelta(hours=1))
    writes_again(medway, conversation, now + timedelta(hours=2))
    assert fresh(conversation).due_at == now + timedelta(days=1, hours=2)


def test_the_receipt_names_who_and_when_and_stops_no_clock(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    receipt = conversation.messages.get(direction="automatic")
    assert "Priya Nair will read it and reply by Tuesday 24 November, 10:00" in receipt.body
    assert Promise.objects.get(subject=conversation.public_id).stopped_at is None


@pytest.mark.clause("3.0-P6")
def test_out_of_hours_the_receipt_says_when_school_opens_and_where_to_turn(
    medway: Cast, now: datetime
) -> None:
    saturday = datetime.fromisoformat("2026-11-28T11:00:00+00:00")
    receipt = writes(medway, "ewa", "kuba", saturday).messages.get(direction="automatic").body
    assert "School is closed until Monday 30 November, 08:00" in receipt
    assert "We will reply by Monday 30 November, 16:00" in receipt
    assert "999" in receipt


def test_a_second_message_gets_no_second_receipt(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    writes_again(medway, conversation, now + timedelta(minutes=5))
    assert conversation.messages.filter(direction="automatic").count() == 1


def test_an_empty_message_is_refused_with_a_kind_sentence(medway: Cast, now: datetime) -> None:
    with pytest.raises(NothingWritten, match="A few words are enough"):
        writes(medway, "ewa", "kuba", now, body="  ")


@pytest.mark.clause("2.2-T5")
def test_nobody_writes_about_a_child_whose_news_they_may_not_receive(
    medway: Cast, now: datetime
) -> None:
    for carer in ("piotr", "dawn", "nina"):
        child = "leo" if carer == "dawn" else "kuba"
        with pytest.raises(NotOneOfYours):
            writes(medway, carer, child, now)


@pytest.mark.clause("1.0-S4")
@pytest.mark.parametrize("key", ["dawn", "piotr"])
def test_who_may_receive_little_still_has_an_open_way_to_write(
    medway: Cast, now: datetime, client: Client, key: str
) -> None:
    client.force_login(
        User.objects.get(pk=medway.user_id(key)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    answer = client.post(
        "/medway-green/write/", {"body": "Please ring me.", "once": str(uuid.uuid4())}
    )
    assert answer.status_code == 302
    see(school_id=medway.school.pk)
    conversation = Conversation.objects.get()
    assert (conversation.queue, conversation.pupil) == ("office", None)


def test_the_same_sending_pressed_twice_is_one_message(
    medway: Cast, now: datetime, client: Client
) -> None:
    client.force_login(
        User.objects.get(pk=medway.user_id("ewa")),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    form = {"body": "Hello", "once": str(uuid.uuid4())}
    first = client.post("/medway-green/write/", form)
    second = client.post("/medway-green/write/", form)
    assert first["Location"] == second["Location"]
    see(school_id=medway.school.pk)
    assert Message.objects.filter(direction="family").count() == 1


def test_a_file_over_the_limit_is_refused_on_the_page_and_the_words_are_kept(
    medway: Cast, now: datetime, client: Client
) -> None:
    client.force_login(
        User.objects.get(pk=medway.user_id("ewa")),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    film = SimpleUploadedFile("film.mp4", b"x" * (25 * 1024 * 1024 + 1))
    answer = client.post(
        "/medway-green/write/",
        {"body": "Look at this.", "once": str(uuid.uuid4()), "added": film},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“film.mp4” is larger than 25 MB" in page and "Look at this." in page


def test_a_file_over_the_limit_is_refused_by_name_and_nothing_is_kept(
    medway: Cast, now: datetime
) -> None:
    big = Upload(name="film.mp4", content=b"x" * (25 * 1024 * 1024 + 1))
    with pytest.raises(AttachmentTooLarge, match=r"“film.mp4” is larger than 25 MB"):
        start(
            actor=actor_of(medway, "ewa"),
            carer=medway.carers["ewa"],
            words=Words(body="Look", at=now, uploads=[big]),
        )
    assert not Conversation.objects.exists()


def test_everything_is_written_before_anything_leaves(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    receipt = Content.objects.get(purpose="receipt")
    assert {parcel.channel for parcel in receipt.parcels.all()} == {"portal", "email"}
    assert receipt.parcels.get(channel="email").state == Parcel.State.WAITING
    assert Entry.objects.filter(object_id=str(conversation.public_id), verb="started").exists()


def test_the_database_refuses_a_conversation_without_an_owner(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk).update(owner=None)


def test_the_database_refuses_two_owners(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk).update(queue="office")


@pytest.mark.clause("1.1-P9")
def test_the_database_refuses_an_owner_whose_access_has_ended(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    medway.team["andy"].access_ended_at = now
    medway.team["andy"].save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    with pytest.raises(Exception, match="access has ended"), transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk).update(owner=medway.team["andy"])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_null_bytes_are_taken_out_and_the_words_kept(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now, body="He\0llo")
    assert Message.objects.get(conversation=conversation, direction="family").body == "Hello"
