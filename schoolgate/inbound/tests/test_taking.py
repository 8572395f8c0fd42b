"""One mail is kept once, and goes where it belongs and nowhere else."""

import random
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.conf import settings

from schoolgate.conversations.actions import replying
from schoolgate.conversations.models import Conversation, Message
from schoolgate.delivery.models import Parcel
from schoolgate.inbound.actions import taking
from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.errors import UnknownRecipient
from schoolgate.inbound.mail import reading
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.mails import bounced, from_carer, reply_to, written
from schoolgate.inbound.tests.taking import NOW, of_tray, taken
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import ContactRoute, Limit, Link
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.school import files
from schoolgate.school.tenancy import see


@pytest.fixture
def thread(medway: Cast) -> Conversation:
    """A conversation that Hannah Hale opened by email."""
    arrival = taken(medway, written(from_carer(medway, "hannah"), medway.school.inbound_address))
    assert arrival.conversation is not None
    return arrival.conversation


@pytest.mark.clause("1.0-S4")
@pytest.mark.clause("1.0-A2")
def test_fresh_mail_of_a_carer_opens_a_conversation_with_owner_and_promise(medway: Cast) -> None:
    arrival = taken(
        medway, written(from_carer(medway, "nina"), medway.school.inbound_address, subject="Bus")
    )
    conversation = arrival.conversation
    assert arrival.became == Arrival.Became.CONVERSATION and conversation
    assert (conversation.carer, conversation.subject) == (medway.carers["nina"], "Bus")
    assert conversation.pupil == medway.children["noah"]
    assert conversation.owner == medway.team["priya"]
    promise = Promise.objects.get(subject=conversation.public_id, kind="reply")
    assert promise.started_at == NOW
    assert promise.due_at == NOW + timedelta(days=1)


def test_with_several_children_no_child_is_guessed_and_the_office_has_it(medway: Cast) -> None:
    arrival = taken(medway, written(from_carer(medway, "hannah"), medway.school.inbound_address))
    assert arrival.conversation
    assert (arrival.conversation.pupil, arrival.conversation.queue) == (None, "office")


def test_the_bytes_are_kept_as_they_came(medway: Cast) -> None:
    content = written(from_carer(medway, "nina"), medway.school.inbound_address) + b"\xff\0\r\n."
    assert files.read(taken(medway, content).stored) == content


def test_an_address_of_no_school_is_unknown(medway: Cast) -> None:
    with pytest.raises(UnknownRecipient):
        taking.take(content=b"", envelope_from="a@b.c", envelope_to="who@nowhere.org", at=NOW)


@pytest.mark.clause("2.2-T5")
def test_a_reply_to_the_signed_address_joins_its_thread(medway: Cast, thread: Conversation) -> None:
    to = reply_to(medway, thread.pk, "hannah")
    content = written(
        from_carer(medway, "hannah"),
        to,
        body="Thank you!\n\nOn Mon, 23 Nov 2026 at 10:00, School <s@x.org> wrote:\n> Dear Hannah",
        subject="a wholly different subject",
    )
    arrival = taken(medway, content, to=to.upper())
    assert arrival.conversation == thread
    message = thread.messages.filter(direction="family").latest("id")
    assert message.body == "Subject: a wholly different subject\n\nThank you!"
    assert "Dear Hannah" in message.folded


def test_a_subject_never_decides(medway: Cast, thread: Conversation) -> None:
    arrival = taken(
        medway,
        written(
            from_carer(medway, "hannah"), medway.school.inbound_address, subject=thread.subject
        ),
    )
    assert arrival.conversation != thread


@pytest.mark.clause("2.2-T5")
def test_a_mothers_reply_address_used_by_the_father_goes_to_the_tray(
    medway: Cast, thread: Conversation
) -> None:
    before = thread.messages.count()
    to = reply_to(medway, thread.pk, "hannah")
    item = of_tray(taken(medway, written(from_carer(medway, "gareth"), to), to=to))
    assert item.reason == Reason.OTHERS_REPLY_ADDRESS
    assert item.carer == medway.carers["gareth"]
    assert thread.messages.count() == before
    assert Conversation.objects.filter(carer=medway.carers["gareth"]).count() == 0


def test_a_reply_address_with_another_thread_in_it_is_no_reply_address(
    medway: Cast, thread: Conversation
) -> None:
    to = reply_to(medway, thread.pk, "hannah")
    forged = to.replace("+", "+a")
    item = of_tray(taken(medway, written(from_carer(medway, "hannah"), forged), to=forged))
    assert item.reason == Reason.WRONG_REPLY_ADDRESS


def test_a_reply_without_its_address_goes_to_the_tray(medway: Cast, thread: Conversation) -> None:
    ours = medway.school.inbound_address
    content = written(from_carer(medway, "hannah"), ours, subject="Re: Today")
    assert of_tray(taken(medway, content)).reason == Reason.LOOKS_LIKE_REPLY
    content = written(from_carer(medway, "hannah"), ours, In_Reply_To="<1@school.example>")
    assert of_tray(taken(medway, content)).reason == Reason.LOOKS_LIKE_REPLY


def test_a_carer_whom_an_order_has_shut_out_since_no_longer_joins(medway: Cast) -> None:
    arrival = taken(medway, written(from_carer(medway, "nina"), medway.school.inbound_address))
    assert arrival.conversation
    Limit.objects.create(
        school=medway.school,
        link=Link.objects.get(carer=medway.carers["nina"]),
        receives_at_most=0,
        says="No news of Noah.",
        begins_at=NOW - timedelta(hours=1),
    )
    to = reply_to(medway, arrival.conversation.pk, "nina")
    item = of_tray(taken(medway, written(from_carer(medway, "nina"), to), to=to))
    assert item.reason == Reason.THREAD_NOT_THEIRS_NOW


def test_an_address_of_two_carers_goes_to_the_tray_without_a_guess(medway: Cast) -> None:
    content = written(from_carer(medway, "rania"), medway.school.inbound_address)
    item = of_tray(taken(medway, content))
    assert (item.reason, item.carer) == (Reason.SHARED_ADDRESS, None)


def test_an_address_that_is_no_longer_current_is_unknown(medway: Cast) -> None:
    ContactRoute.objects.filter(carer=medway.carers["nina"]).update(ended_at=NOW)
    content = written(from_carer(medway, "nina"), medway.school.inbound_address)
    assert of_tray(taken(medway, content)).reason == Reason.UNKNOWN_SENDER


def test_a_parent_of_the_other_school_is_a_stranger_here(medway: Cast, trent: Cast) -> None:
    content = written(from_carer(trent, "mia"), medway.school.inbound_address)
    assert of_tray(taken(medway, content)).reason == Reason.UNKNOWN_SENDER


def test_the_other_schools_reply_address_opens_nothing_here(medway: Cast, trent: Cast) -> None:
    theirs = taken(trent, written(from_carer(trent, "mia"), trent.school.inbound_address))
    assert theirs.conversation
    token = reply_to(trent, theirs.conversation.pk, "mia").partition("+")[2].partition("@")[0]
    local, _, domain = medway.school.inbound_address.partition("@")
    to = f"{local}+{token}@{domain}"
    item = of_tray(taken(medway, written(from_carer(trent, "mia"), to), to=to))
    assert item.reason == Reason.OTHERS_REPLY_ADDRESS


def test_the_same_mail_twice_is_stored_once(medway: Cast, thread: Conversation) -> None:
    to = reply_to(medway, thread.pk, "hannah")
    content = written(from_carer(medway, "hannah"), to)
    taken(medway, content, to=to)
    counted = Arrival.objects.count(), Message.objects.count()
    again = b"Received: by another.server\r\n" + content.replace(b"\n", b"\r\n")
    assert taking.take(content=again, envelope_from="x@y.z", envelope_to=to, at=NOW) is None
    # A plain copy beside it, as "reply to all" makes one, is the same mail.
    plain = medway.school.inbound_address
    assert taking.take(content=content, envelope_from="x@y.z", envelope_to=plain, at=NOW) is None
    see(school_id=medway.school.pk)
    assert (Arrival.objects.count(), Message.objects.count()) == counted


def test_one_mail_to_two_threads_reaches_both(medway: Cast, thread: Conversation) -> None:
    other = taken(
        medway, written(from_carer(medway, "hannah"), medway.school.inbound_address)
    ).conversation
    assert other
    content = written(from_carer(medway, "hannah"), "both")
    for one in (thread, other):
        assert taken(medway, content, to=reply_to(medway, one.pk, "hannah")).conversation == one


@pytest.mark.clause("2.2-T1")
def test_an_automatic_reply_starts_stops_and_answers_nothing(
    medway: Cast, thread: Conversation
) -> None:
    to = reply_to(medway, thread.pk, "hannah")
    before = Message.objects.count(), Promise.objects.count()
    away = written(from_carer(medway, "hannah"), to, Auto_Submitted="auto-replied")
    arrival = taken(medway, away, to=to)
    assert (arrival.became, arrival.conversation) == (Arrival.Became.KEPT, thread)
    fresh = written(
        from_carer(medway, "nina"),
        medway.school.inbound_address,
        subject="Out of office: back soon",
        Precedence="bulk",
    )
    assert taken(medway, fresh).became == Arrival.Became.KEPT
    assert (Message.objects.count(), Promise.objects.count()) == before


@pytest.mark.clause("2.2-T1")
def test_a_bounce_reopens_the_promise_that_the_reply_had_stopped(
    medway: Cast, thread: Conversation
) -> None:
    tom = medway.team["tom"]
    message = replying.reply(
        actor=Actor("team", tom.pk, tom.name),
        member=tom,
        conversation=thread,
        body="It was a good day.",
        at=NOW + timedelta(minutes=5),
    )
    promise = Promise.objects.get(subject=thread.public_id, kind="reply")
    assert not promise.open
    parcel = Parcel.objects.get(content__message=message.public_id, channel="email")
    Parcel.objects.filter(pk=parcel.pk).update(state=Parcel.State.SENT)
    about = f"<{parcel.public_id}@medway-green.example.org>"
    delayed = bounced(medway.school.inbound_address, about, action="delayed", own="2")
    assert taken(medway, delayed, sender="").became == Arrival.Became.KEPT
    arrival = taken(medway, bounced(medway.school.inbound_address, about), sender="")
    assert (arrival.became, arrival.parcel) == (Arrival.Became.BOUNCE, parcel)
    promise.refresh_from_db()
    assert promise.open
    thread.refresh_from_db()
    assert thread.side == "school"


def test_a_report_of_nothing_that_we_know_is_looked_at(medway: Cast) -> None:
    arrival = taken(medway, bounced(medway.school.inbound_address, "<1@elsewhere>"), sender="")
    assert of_tray(arrival).reason == Reason.REPORT_OF_NOTHING_KNOWN


def test_bytes_that_are_no_mail_stand_in_the_tray(medway: Cast) -> None:
    content = bytes(range(256)) * 40
    arrival = taken(medway, content)
    assert of_tray(arrival).reason == Reason.UNREADABLE
    assert files.read(arrival.stored) == content


def test_a_mail_that_breaks_our_reading_is_kept_and_stands_in_the_tray(
    medway: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the reader has a fault")

    monkeypatch.setattr(reading, "collect", broken)
    arrival = taken(medway, written(from_carer(medway, "nina"), medway.school.inbound_address))
    assert of_tray(arrival).reason == Reason.UNREADABLE
    assert arrival.state == Arrival.State.UNREADABLE


def test_a_mail_that_breaks_what_follows_is_kept_and_stands_in_the_tray(
    medway: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a verb has a fault")

    monkeypatch.setattr("schoolgate.inbound.actions.placing.start", broken)
    arrival = taken(medway, written(from_carer(medway, "nina"), medway.school.inbound_address))
    item = of_tray(arrival)
    assert (item.reason, item.body) == (Reason.NOT_TAKEN_BY_ITSELF, "How was today?")


def test_a_mail_that_breaks_even_the_tray_stands_there_without_its_words(
    medway: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(school: object, mail: reading.ReadMail, at: object) -> list[object]:
        if mail.sender:
            raise RuntimeError("a query has a fault")
        return []

    monkeypatch.setattr("schoolgate.inbound.actions.placing.senders_of", broken)
    item = of_tray(taken(medway, written("who@example.net", medway.school.inbound_address)))
    assert (item.reason, item.body) == (Reason.UNREADABLE, "")


@pytest.mark.parametrize("sender", ["a\udcff@x.example", "\0", "a" * 5000])
def test_an_envelope_that_no_database_takes_keeps_no_mail_away(medway: Cast, sender: str) -> None:
    arrival = taken(medway, written("x@y.example", medway.school.inbound_address), sender=sender)
    assert "\0" not in arrival.envelope_from


@pytest.mark.parametrize("seed", range(6))
def test_no_bytes_are_lost(medway: Cast, seed: int) -> None:
    chance = random.Random(seed)
    pieces = [
        b"From: %s" % from_carer(medway, "nina").encode(),
        b"From: a\0@b.c",
        b"From: " + b"\xc4\xb0@x" * 40,
        b"Subject: \xff\0",
        b"Message-ID: <\xff@x>",
        b"In-Reply-To: <1>",
        b"Content-Type: text/html; charset*",
        b"Content-Type: multipart/mixed; boundary=b",
        b"--b",
        b"Auto-Submitted: \xff",
        b'Content-Disposition: attachment; filename="\0"',
        b"<p>\0words",
        b"",
        b"",
    ]
    for _ in range(15):
        content = b"\r\n".join(chance.choices(pieces, k=chance.randrange(12)))
        content += b"\r\n%d" % chance.randrange(10**9)
        assert files.read(taken(medway, content).stored) == content


@pytest.mark.clause("2.2-T7")
def test_the_tray_promises_one_working_hour_from_receipt(medway: Cast) -> None:
    item = of_tray(taken(medway, written("who@example.net", medway.school.inbound_address)))
    assert item.reason == Reason.UNKNOWN_SENDER
    assert item.promise.kind == "tray"
    assert item.promise.started_at == NOW
    assert item.promise.due_at == NOW + timedelta(hours=1)


def test_a_file_over_the_limit_is_named_and_the_words_are_kept(
    medway: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ATTACHMENT_LIMIT_MB", 0)
    mail = message_from_bytes(
        written(from_carer(medway, "nina"), medway.school.inbound_address),
        _class=EmailMessage,
        policy=policy.default,
    )
    mail.add_attachment(b"a drawing", maintype="text", subtype="plain", filename="drawing.txt")
    arrival = taken(medway, mail.as_bytes())
    assert arrival.conversation
    message = arrival.conversation.messages.get(direction="family")
    assert message.body.startswith("How was today?")
    assert "drawing.txt" in message.body
    assert not message.attachments.exists()
    answer = arrival.conversation.messages.get(direction="automatic")
    assert "“drawing.txt” is larger than 0 MB" in answer.body
    again = message_from_bytes(mail.as_bytes(), _class=EmailMessage, policy=policy.default)
    del again["Message-ID"]
    again["Message-ID"] = "<again@phone.example>"
    to = reply_to(medway, arrival.conversation.pk, "nina")
    taken(medway, again.as_bytes(), to=to)
    told = arrival.conversation.messages.filter(direction="automatic").latest("id")
    assert told.pk != answer.pk and "You could send a smaller one" in told.body
