"""Mail handed over by providers: believed only when it is signed, and kept as it came."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import base64
import hashlib
import hmac
import json
import time
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from schoolgate.delivery.models import Parcel
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.mails import from_carer, written
from schoolgate.inbound.tests.taking import NOW, taken
from schoolgate.people.models import ContactRoute, NewsConsent
from schoolgate.rehearsal.cast import Cast
from schoolgate.school import files
from schoolgate.school.tenancy import see

PNG = b"\x89PNG\r\n\x1a\n12\r34\r\n"
KEY = "a mailgun signing key"
SECRET = "gate:a shared secret"
SET = override_settings(ANYMAIL={"MAILGUN_WEBHOOK_SIGNING_KEY": KEY, "WEBHOOK_SECRET": ""})
SHARED = override_settings(ANYMAIL={"WEBHOOK_SECRET": SECRET})
BASIC = {"Authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"}


def signature(key: str = KEY) -> dict[str, str]:
    """As Mailgun signs each request."""
    stamp, token = str(int(time.time())), uuid.uuid4().hex
    signed = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": stamp, "token": token, "signature": signed}


def by_mailgun(cast: Cast, content: bytes, to: str = "", key: str = KEY) -> HttpResponse:
    """Mailgun hands a mail over as it came."""
    to = to or cast.school.inbound_address
    form = {
        **signature(key),
        "recipient": to,
        "sender": from_carer(cast, "hannah"),
        "body-mime": content.decode("utf-8", "surrogateescape"),
    }
    answer = Client().post(f"/{cast.school.slug}/hooks/mailgun/mails/", form)
    see(school_id=cast.school.pk)
    return answer  # type: ignore[return-value]  # the client's answer is one


@SET
def test_a_signed_mail_is_taken_byte_for_byte(medway: Cast) -> None:
    content = written(
        from_carer(medway, "hannah"), medway.school.inbound_address, body="Zażółć gęślą jaźń"
    )
    assert by_mailgun(medway, content).status_code == 204
    arrival = Arrival.objects.get()
    assert files.read(arrival.stored) == content
    assert arrival.became == Arrival.Became.CONVERSATION
    assert by_mailgun(medway, content).status_code == 204
    assert Arrival.objects.count() == 1


@pytest.mark.clause("2.2-T5")
@SET
def test_without_a_right_signature_there_is_no_page(medway: Cast) -> None:
    content = written(from_carer(medway, "hannah"), medway.school.inbound_address)
    assert by_mailgun(medway, content, key="another").status_code == 404
    for provider in ("postmark", "sendgrid", "nobody", "amazon_ses"):
        path = f"/medway-green/hooks/{provider}/mails/"
        assert Client().post(path, {"x": "y"}).status_code == 404
        path = f"/medway-green/hooks/{provider}/reports/"
        assert Client().post(path, b"[]", content_type="application/json").status_code == 404
    assert not Arrival.objects.exists()


@SET
def test_nobodys_address_is_refused_for_good(medway: Cast) -> None:
    content = written(from_carer(medway, "hannah"), "nobody@elsewhere.example")
    assert by_mailgun(medway, content, to="nobody@elsewhere.example").status_code == 406


@SET
def test_a_mail_of_twelve_megabytes_gets_through(medway: Cast) -> None:
    content = written(from_carer(medway, "hannah"), medway.school.inbound_address, body="x" * 70)
    assert by_mailgun(medway, content + b"y" * 76 * 160_000).status_code == 204
    assert Arrival.objects.get().stored.size > 12_000_000


def postmark(cast: Cast, kind: str, payload: dict[str, object], **headers: str) -> HttpResponse:
    """Postmark tells something."""
    answer = Client().post(
        f"/{cast.school.slug}/hooks/postmark/{kind}/",
        json.dumps(payload),
        content_type="application/json",
        headers=headers or BASIC,
    )
    see(school_id=cast.school.pk)
    return answer  # type: ignore[return-value]  # the client's answer is one


@SHARED
def test_a_mail_in_a_providers_own_parts_is_read(medway: Cast) -> None:
    nina = from_carer(medway, "nina")
    payload: dict[str, object] = {
        "FromFull": {"Email": nina, "Name": "Nina", "MailboxHash": ""},
        "ToFull": [{"Email": medway.school.inbound_address, "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": medway.school.inbound_address,
        "Subject": "Today",
        "TextBody": "How was today?",
        "Headers": [{"Name": "Message-ID", "Value": "<p1@phone.example>"}],
        "Attachments": [],
    }
    assert postmark(medway, "mails", payload, Authorization="Basic eDp5").status_code == 404
    assert postmark(medway, "mails", payload).status_code == 204
    message = Arrival.objects.get().conversation
    assert message and message.messages.filter(body="How was today?").exists()


def sent(cast: Cast) -> Parcel:
    """An automatic note that went out to Hannah."""
    taken(cast, written(from_carer(cast, "hannah"), cast.school.inbound_address))
    parcel = Parcel.objects.get(channel="email")
    Parcel.objects.filter(pk=parcel.pk).update(
        state="sent", ended_at=NOW, sent_to=from_carer(cast, "hannah")
    )
    return parcel


@SHARED
def test_a_bounce_told_by_a_provider_counts(medway: Cast) -> None:
    parcel = sent(medway)
    payload: dict[str, object] = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "TypeCode": 1,
        "Email": parcel.sent_to,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"parcel": str(parcel.public_id)},
        "BouncedAt": "2026-11-23T10:00:00Z",
    }
    assert postmark(medway, "reports", payload).status_code == 204
    parcel.refresh_from_db()
    assert parcel.state == Parcel.State.FAILED
    assert ContactRoute.objects.get(carer=parcel.carer, kind="email").failing_since


@SHARED
def test_a_complaint_told_by_a_provider_ends_news(medway: Cast) -> None:
    parcel = sent(medway)
    NewsConsent.objects.get_or_create(
        school=medway.school,
        carer=parcel.carer,
        ended_at=None,
        defaults={"given_at": NOW, "given_by": "a form"},
    )
    payload: dict[str, object] = {
        "RecordType": "SpamComplaint",
        "Type": "SpamComplaint",
        "Email": parcel.sent_to,
        "Metadata": {"parcel": str(parcel.public_id)},
        "BouncedAt": "2026-11-23T10:00:00Z",
    }
    assert postmark(medway, "reports", payload).status_code == 204
    assert not NewsConsent.objects.filter(carer=parcel.carer, ended_at=None).exists()
    parcel.refresh_from_db()
    assert parcel.state == Parcel.State.SENT


@SHARED
@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff\xfe", b'{"RecordType": 1}', b"[1, 2]"])
def test_nonsense_with_the_right_secret_changes_nothing(medway: Cast, body: bytes) -> None:
    for kind in ("mails", "reports"):
        path = f"/medway-green/hooks/postmark/{kind}/"
        answer = Client().post(path, body, content_type="application/json", headers=BASIC)
        assert answer.status_code in {204, 404, 406}
    assert not Arrival.objects.exists()


@SHARED
def test_a_mail_for_nobody_keeps_no_other_of_its_bundle_away(medway: Cast) -> None:
    ours, hannah = medway.school.inbound_address, from_carer(medway, "hannah")
    bundle = [
        {
            "msys": {
                "relay_message": {
                    "protocol": "smtp",
                    "content": {
                        "email_rfc822": written(hannah, to).decode(),
                        "email_rfc822_is_base64": False,
                    },
                    "msg_from": hannah,
                    "rcpt_to": to,
                }
            }
        }
        for to in ("nobody@elsewhere.example", ours)
    ]
    answer = Client().post(
        f"/{medway.school.slug}/hooks/sparkpost/mails/",
        json.dumps(bundle),
        content_type="application/json",
        headers=BASIC,
    )
    see(school_id=medway.school.pk)
    assert answer.status_code == 204
    assert Arrival.objects.get().envelope_to == ours


@SHARED
def test_a_form_nested_without_end_is_no_page(medway: Cast) -> None:
    parts = "".join(
        f"--{n}\r\nContent-Type: multipart/mixed; boundary={n + 1}\r\n\r\n" for n in range(3000)
    )
    answer = Client(raise_request_exception=False).post(
        f"/{medway.school.slug}/hooks/mailgun/mails/",
        parts.encode(),
        content_type="multipart/form-data; boundary=0",
        headers=BASIC,
    )
    assert answer.status_code == 404


def parsed_by_mailgun(cast: Cast, *parts: bytes) -> HttpResponse:
    """Mailgun hands a mail over in parts of its own."""
    form = {
        **signature(),
        "recipient": cast.school.inbound_address,
        "sender": from_carer(cast, "nina"),
        "from": from_carer(cast, "nina"),
        "subject": "Today",
        "body-plain": "How was today?",
        "message-headers": json.dumps(
            [
                ["Message-Id", "<m1@phone.example>"],
                ["From", from_carer(cast, "nina")],
                ["To", cast.school.inbound_address],
                ["Subject", "Today"],
            ]
        ),
        "attachment-count": str(len(parts)),
    }
    fields = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in form.items()
    ]
    body = b"".join(b"--b\r\n" + one + b"\r\n" for one in (*fields, *parts)) + b"--b--\r\n"
    answer = Client().post(
        f"/{cast.school.slug}/hooks/mailgun/mails/",
        body,
        content_type="multipart/form-data; boundary=b",
    )
    see(school_id=cast.school.pk)
    return answer  # type: ignore[return-value]  # the client's answer is one


@SET
@pytest.mark.parametrize("name", ["", ".", "..", "/", "a/..", "\\\\"])
def test_a_file_without_a_usable_name_does_not_refuse_the_mail(medway: Cast, name: str) -> None:
    part = (
        f'Content-Disposition: form-data; name="attachment-1"; filename="{name}"\r\n'
        "Content-Type: image/png\r\n\r\n"
    ).encode() + PNG
    assert parsed_by_mailgun(medway, part).status_code == 204
    conversation = Arrival.objects.get().conversation
    assert conversation
    message = conversation.messages.get(direction="family")
    assert message.body == "How was today?"
    (kept,) = message.attachments.all()
    assert (kept.name, files.read(kept.stored)) == ("file.png", PNG)


@SET
def test_an_attached_mail_is_a_file_whatever_its_charset(medway: Cast) -> None:
    attached = "From: x@y.org\r\nSubject: Grüße\r\n\r\nGrüße".encode("latin-1")
    part = (
        b'Content-Disposition: form-data; name="attachment-1"; filename="old.eml"\r\n'
        b"Content-Type: message/rfc822\r\n\r\n" + attached
    )
    assert parsed_by_mailgun(medway, part).status_code == 204
    conversation = Arrival.objects.get().conversation
    assert conversation
    (kept,) = conversation.messages.get(direction="family").attachments.all()
    assert kept.name == "old.eml"
    assert files.read(kept.stored) == attached


@SHARED
def test_an_attached_mail_of_a_provider_that_speaks_json_is_a_file_too(medway: Cast) -> None:
    nina = from_carer(medway, "nina")
    attached = "From: x@y.org\r\n\r\nGrüße".encode("latin-1")
    payload: dict[str, object] = {
        "FromFull": {"Email": nina, "Name": "Nina", "MailboxHash": ""},
        "ToFull": [{"Email": medway.school.inbound_address, "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": medway.school.inbound_address,
        "Subject": "Today",
        "TextBody": "How was today?",
        "Headers": [{"Name": "Message-ID", "Value": "<p1@phone.example>"}],
        "Attachments": [
            {
                "Name": "old.eml",
                "ContentType": "message/rfc822",
                "Content": base64.b64encode(attached).decode(),
                "ContentLength": len(attached),
            }
        ],
    }
    assert postmark(medway, "mails", payload).status_code == 204
    conversation = Arrival.objects.get().conversation
    assert conversation
    (kept,) = conversation.messages.get(direction="family").attachments.all()
    assert (kept.name, files.read(kept.stored)) == ("old.eml", attached)
