"""Mail of machines: it starts, stops and reopens nothing, and what it says is not lost."""

from datetime import date, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest

from schoolgate.conversations.actions import replying
from schoolgate.conversations.models import Aside, Conversation, Message
from schoolgate.delivery.models import Content, Parcel
from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.mails import bounced, from_carer, reply_to, written
from schoolgate.inbound.tests.taking import NOW, of_tray, taken
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import ContactRoute, NewsConsent
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise

COMPLAINT = """\
From: feedback@provider.example
To: {to}
Subject: FW: news
Message-ID: <{kind}@provider.example>
Date: Mon, 23 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1

--b
Content-Type: message/rfc822

From: school@example.org
Message-ID: {about}
Subject: News

News.
--b--
"""


@pytest.fixture
def thread(medway: Cast) -> Conversation:
    """Hannah's conversation, answered by Tom."""
    arrival = taken(medway, written(from_carer(medway, "hannah"), medway.school.inbound_address))
    assert arrival.conversation
    return arrival.conversation


def answered(cast: Cast, thread: Conversation) -> Parcel:
    """The email in which Tom's reply went out."""
    tom = cast.team["tom"]
    message = replying.reply(
        actor=Actor("team", tom.pk, tom.name),
        member=tom,
        conversation=thread,
        body="It was a good day.",
        at=NOW + timedelta(minutes=5),
    )
    parcel = Parcel.objects.get(content__message=message.public_id, channel="email")
    Parcel.objects.filter(pk=parcel.pk).update(
        state="sent", ended_at=NOW, sent_to=from_carer(cast, "hannah")
    )
    return parcel


def about(parcel: Parcel) -> str:
    """The Message-ID that a parcel went out with."""
    return f"<{parcel.public_id}@medway-green.example.org>"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"subject": "Odpowiedź automatyczna: Dzisiaj", "In_Reply_To": "<a@school.example>"},
        {"subject": "Abwesend", "X_Auto_Response_Suppress": "All"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
    ],
)
def test_an_absence_note_is_folded_in_its_thread_with_the_day_of_return(
    medway: Cast, thread: Conversation, headers: dict[str, str]
) -> None:
    answered(medway, thread)
    before = list(Promise.objects.values_list("pk", "stopped_at", "withdrawn_at").order_by("pk"))
    to = reply_to(medway, thread.pk, "hannah")
    words = "I am away and back on 30 November 2026."
    arrival = taken(medway, written(from_carer(medway, "hannah"), to, body=words, **headers), to=to)
    assert (arrival.became, arrival.conversation) == (Arrival.Became.KEPT, thread)
    aside = Aside.objects.get(conversation=thread)
    assert (aside.body, aside.back_on) == (words, date(2026, 11, 30))
    thread.refresh_from_db()
    assert thread.side == "parent"
    after = list(Promise.objects.values_list("pk", "stopped_at", "withdrawn_at").order_by("pk"))
    assert after == before


def test_an_absence_note_to_the_plain_address_finds_the_thread_of_the_mail_it_answers(
    medway: Cast, thread: Conversation
) -> None:
    parcel = answered(medway, thread)
    note = written(
        from_carer(medway, "hannah"),
        medway.school.inbound_address,
        Auto_Submitted="auto-replied",
        In_Reply_To=about(parcel),
    )
    assert taken(medway, note).conversation == thread
    other = written(
        from_carer(medway, "nina"),
        medway.school.inbound_address,
        Auto_Submitted="auto-replied",
        In_Reply_To=about(parcel),
    )
    assert taken(medway, other).conversation is None


def test_a_person_who_passes_a_report_on_is_heard(medway: Cast) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = from_carer(medway, "nina"), medway.school.inbound_address
    mail["Subject"], mail["Message-ID"] = "I got this", "<n1@phone.example>"
    mail.set_content("What does this mean?")
    report = BytesParser(policy=default).parsebytes(bounced("x@example.org", "<a@b>"))
    mail.add_attachment(report)
    arrival = taken(medway, mail.as_bytes())
    assert arrival.became == Arrival.Became.TRAY
    assert of_tray(arrival).reason == Reason.LOOKS_LIKE_FORWARD


EXIM = """\
From: Mail Delivery System <Mailer-Daemon@mx.example.net>
To: {to}
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: {address}
Message-ID: <p1@mx.example.net>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered. This is a permanent error.

  {address}
    unrouteable address

------ This is a copy of the message, including all the headers. ------

Message-ID: {about}
"""
QMAIL = """\
From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: failure notice
Message-ID: <q1@mx.example.net>

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{address}>:
Sorry, no mailbox here by that name.

--- Below this line is a copy of the message.

Message-ID: {about}
"""


@pytest.mark.parametrize("form", [EXIM, QMAIL])
@pytest.mark.parametrize("names_it", [True, False])
def test_odd_reports_with_our_message_id_or_to_our_return_path_count_as_bounces(
    medway: Cast, thread: Conversation, form: str, names_it: bool
) -> None:
    parcel = answered(medway, thread)
    to, address = medway.school.inbound_address, from_carer(medway, "hannah")
    told = form.format(to=to, address=address, about=about(parcel) if names_it else "")
    path = to if names_it else reply_to(medway, thread.pk, "hannah")
    arrival = taken(medway, told.encode(), to=path, sender="")
    assert (arrival.became, arrival.parcel) == (Arrival.Became.BOUNCE, parcel)
    promise = Promise.objects.get(subject=thread.public_id, kind="reply")
    assert promise.open
    route = ContactRoute.objects.get(carer=thread.carer, kind="email")
    assert route.failing_since == NOW


@pytest.mark.clause("2.2-T1")
def test_an_address_alone_silences_nobody(medway: Cast, thread: Conversation) -> None:
    answered(medway, thread)
    told = QMAIL.format(
        to=medway.school.inbound_address, address=from_carer(medway, "hannah"), about=""
    )
    item = of_tray(taken(medway, told.encode(), sender=""))
    assert item.reason == Reason.REPORT_OF_NOTHING_KNOWN
    assert not ContactRoute.objects.exclude(failing_since=None).exists()


@pytest.mark.clause("2.2-T1")
def test_a_report_that_somebody_sends_with_a_sender_changes_no_route(
    medway: Cast, thread: Conversation
) -> None:
    parcel = answered(medway, thread)
    forged = bounced(medway.school.inbound_address, about(parcel))
    item = of_tray(taken(medway, forged, sender="stranger@example.net"))
    assert item.reason == Reason.REPORT_NOT_PROVEN
    assert not ContactRoute.objects.exclude(failing_since=None).exists()
    assert not Promise.objects.get(subject=thread.public_id, kind="reply").open


def complaint(cast: Cast, parcel: Parcel, kind: str = "abuse") -> Arrival:
    """A provider's report that somebody pressed "spam"."""
    told = COMPLAINT.format(to=cast.school.inbound_address, kind=kind, about=about(parcel))
    return taken(cast, told.encode(), sender="feedback@provider.example")


@pytest.mark.clause("3.0-P4")
def test_who_calls_a_mail_spam_has_no_more_news_and_all_else_goes_on(
    medway: Cast, thread: Conversation
) -> None:
    parcel = answered(medway, thread)
    consent, _ = NewsConsent.objects.get_or_create(
        school=medway.school,
        carer=thread.carer,
        ended_at=None,
        defaults={"given_at": NOW, "given_by": "a form"},
    )
    assert complaint(medway, parcel, kind="not-spam").became == Arrival.Became.KEPT
    consent.refresh_from_db()
    assert consent.ended_at is None
    arrival = complaint(medway, parcel)
    assert (arrival.became, arrival.parcel) == (Arrival.Became.COMPLAINT, parcel)
    consent.refresh_from_db()
    assert (consent.ended_at, consent.ended_by) == (NOW, "complaint to the provider")
    promise = Promise.objects.get(subject=thread.public_id, kind="reply")
    assert not promise.open


def receipts(cast: Cast, key: str) -> int:
    """How many automatic emails went to a carer."""
    return Parcel.objects.filter(
        carer=cast.carers[key], channel="email", content__purpose=Content.Purpose.RECEIPT
    ).count()


def test_one_automatic_email_goes_to_a_person_in_a_day_and_the_portal_has_each(
    medway: Cast,
) -> None:
    for number in range(3):
        taken(medway, written(from_carer(medway, "hannah"), medway.school.inbound_address))
        assert receipts(medway, "hannah") == 1, number
    assert Message.objects.filter(direction="automatic").count() == 3
    taken(
        medway,
        written(from_carer(medway, "hannah"), medway.school.inbound_address),
        at=NOW + timedelta(days=1),
    )
    assert receipts(medway, "hannah") == 2


def test_a_mailbox_that_asks_for_no_automatic_answer_has_none(medway: Cast) -> None:
    mail = written(
        from_carer(medway, "hannah"),
        medway.school.inbound_address,
        X_Auto_Response_Suppress="DR, OOF, AutoReply",
    )
    assert taken(medway, mail).conversation
    assert receipts(medway, "hannah") == 0
