"""Receipts of texts: believed only with a signature, and written down once."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import base64
import hashlib
import hmac
import json
import time
from datetime import datetime
from urllib.parse import urlencode

import jwt
import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from schoolgate.delivery.models import Parcel
from schoolgate.delivery.providers import Provider, read_provider
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.delivery.tests.test_texts import a_text
from schoolgate.inbound.receipts.signatures import Heard, is_signed, twilio_signature
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.rehearsal.fake_texts import address
from schoolgate.school.tenancy import see

URLS = [
    address(kind, "https://api.example.org") for kind in ("notify", "twilio", "vonage", "https")
]
PLACE = "https://talk.example.org"
HERE = override_settings(SMS_URLS=URLS, PUBLIC_ADDRESS=PLACE)


@pytest.fixture
def sent(medway: Cast) -> Parcel:
    """A text that a provider has taken."""
    parcel = a_text(medway)
    sort_once(medway, Post("id-1"), "sms")
    parcel.refresh_from_db()
    return parcel


def told(kind: str, parcel: Parcel, status: str, code: str = "", forge: str = "") -> HttpResponse:
    """A provider tells what became of a text; with `forge` its secret is another."""
    path = f"/medway-green/hooks/{kind}/receipts/"
    key = str(parcel.public_id)
    if kind == "twilio":
        path += f"?parcel={key}"
        pairs = [("MessageSid", "SM1"), ("MessageStatus", status), ("ErrorCode", code)]
        signature = twilio_signature(forge or "token", PLACE + path, pairs)
        return Client().post(
            path,
            urlencode(pairs),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": signature},
        )
    if kind == "notify":
        body = json.dumps({"reference": key, "status": status}).encode()
        headers = {"Authorization": f"Bearer {forge or 'bearer-1'}"}
    elif kind == "vonage":
        error = {"type": f"https://developer.vonage.com/api-errors/messages#{code}"}
        body = json.dumps({"client_ref": key, "status": status, "error": error}).encode()
        claims = {"iat": int(time.time()), "payload_hash": hashlib.sha256(body).hexdigest()}
        secret = forge or "signing-secret-of-at-least-32-bytes"
        token = jwt.encode(claims, secret.ljust(32, "x"), "HS256")
        headers = {"Authorization": f"Bearer {token}"}
    else:
        body = json.dumps({"key": key, "status": status, "permanent": bool(code)}).encode()
        said_at = str(int(time.time()))
        signed = hmac.digest(
            (forge or "hook-secret").encode(), said_at.encode() + b"." + body, "sha256"
        )
        headers = {"X-Timestamp": said_at, "X-Signature": f"sha256={signed.hex()}"}
    return Client().post(path, body, content_type="application/json", headers=headers)


KINDS = ("notify", "twilio", "vonage", "https")
DEAD = {
    "notify": ("permanent-failure", ""),
    "twilio": ("undelivered", "30005"),
    "vonage": ("undeliverable", "1190"),
    "https": ("failed", "permanent"),
}


@HERE
@pytest.mark.parametrize("kind", KINDS)
def test_a_receipt_says_that_a_text_arrived_and_a_second_one_changes_nothing(
    medway: Cast, sent: Parcel, kind: str
) -> None:
    assert told(kind, sent, "delivered").status_code == 204
    see(school_id=medway.school.pk)
    sent.refresh_from_db()
    arrived = sent.arrived_at
    assert arrived is not None and sent.state == "sent"
    told(kind, sent, "delivered")
    see(school_id=medway.school.pk)
    told(kind, sent, *DEAD[kind])
    see(school_id=medway.school.pk)
    sent.refresh_from_db()
    assert (sent.arrived_at, sent.state) == (arrived, "sent")


@HERE
@pytest.mark.parametrize("kind", KINDS)
def test_a_dead_number_fails_the_text_and_its_route(medway: Cast, sent: Parcel, kind: str) -> None:
    assert told(kind, sent, *DEAD[kind]).status_code == 204
    see(school_id=medway.school.pk)
    sent.refresh_from_db()
    route = ContactRoute.objects.get(carer=medway.carers["ewa"], kind="mobile")
    assert sent.state == "failed" and "did not arrive" in sent.because
    assert route.failing_since is not None


@HERE
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", ["delivered", "failed"])
def test_without_the_providers_signature_there_is_no_page(
    medway: Cast, sent: Parcel, kind: str, status: str
) -> None:
    assert told(kind, sent, status, forge="forged").status_code == 404
    see(school_id=medway.school.pk)
    sent.refresh_from_db()
    assert sent.arrived_at is None and sent.state == "sent"


@override_settings(SMS_URLS=[address("https", "https://api.example.org", hook="")])
def test_without_a_secret_of_ours_nothing_is_believed(sent: Parcel) -> None:
    assert told("https", sent, "delivered").status_code == 404


@HERE
def test_a_telephone_that_is_off_today_is_not_a_dead_number(medway: Cast, sent: Parcel) -> None:
    told("notify", sent, "temporary-failure")
    see(school_id=medway.school.pk)
    sent.refresh_from_db()
    route = ContactRoute.objects.get(carer=medway.carers["ewa"], kind="mobile")
    assert sent.state == "failed" and route.failing_since is None


@HERE
def test_a_receipt_that_comes_to_another_schools_address_finds_its_own(
    medway: Cast, sent: Parcel, now: datetime
) -> None:
    assemble("trent-acres", now)
    body = json.dumps({"reference": str(sent.public_id), "status": "delivered"})
    answer = Client().post(
        "/trent-acres/hooks/notify/receipts/",
        body,
        content_type="application/json",
        headers={"Authorization": "Bearer bearer-1"},
    )
    see(school_id=medway.school.pk)
    sent.refresh_from_db()
    assert answer.status_code == 204 and sent.arrived_at is not None


@HERE
def test_a_text_in_doubt_that_arrived_after_all_has_arrived(medway: Cast, sent: Parcel) -> None:
    Parcel.objects.filter(pk=sent.pk).update(state="failed", because="It may have arrived")
    told("notify", sent, "delivered")
    see(school_id=medway.school.pk)
    sent.refresh_from_db()
    assert (sent.state, sent.because) == ("sent", "") and sent.arrived_at is not None


@HERE
@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"reference": 7}', b'{"reference": "x"}'])
def test_a_signed_receipt_that_makes_no_sense_harms_nobody(medway: Cast, body: bytes) -> None:
    answer = Client().post(
        "/medway-green/hooks/notify/receipts/",
        body,
        content_type="application/json",
        headers={"Authorization": "Bearer bearer-1"},
    )
    assert answer.status_code == 204


@HERE
def test_a_body_that_is_too_long_is_not_read(medway: Cast) -> None:
    answer = Client().post(
        "/medway-green/hooks/notify/receipts/",
        b"x" * 70_000,
        content_type="application/json",
        headers={"Authorization": "Bearer bearer-1"},
    )
    assert answer.status_code == 404


# Twilio's documentation, "Validating Signatures", and the tests of its own library.
PUBLISHED = [
    (
        "12345",
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        {
            "CallSid": "CA1234567890ABCDE",
            "Caller": "+12349013030",
            "Digits": "1234",
            "From": "+12349013030",
            "To": "+18005551212",
        },
        "0/KCTR6DLpKmkAf8muzZqo1nDgQ=",
    ),
    (
        "12345",
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        {
            "CallSid": "CA1234567890ABCDE",
            "Digits": "1234",
            "From": "+14158675309",
            "To": "+18005551212",
            "Caller": "+14158675309",
        },
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    ),
]


@pytest.mark.parametrize(("token", "url", "fields", "signature"), PUBLISHED)
def test_twilios_published_signatures_hold(
    token: str, url: str, fields: dict[str, str], signature: str
) -> None:
    provider = Provider(scheme="twilio", user="AC1", password=token)
    heard = Heard(
        url, {"X-Twilio-Signature": signature}, urlencode(fields).encode(), timezone.now()
    )
    assert is_signed(provider, heard)
    forged = base64.b64encode(b"x" * 20).decode()
    assert not is_signed(provider, Heard(url, {"X-Twilio-Signature": forged}, heard.body, heard.at))


@pytest.mark.parametrize("change", [{"iat": 1}, {"payload_hash": "0"}, {"api_key": "another"}])
def test_an_old_or_foreign_token_is_not_believed(change: dict[str, object]) -> None:
    provider = read_provider(URLS[2])
    body = b"{}"
    claims: dict[str, object] = {
        "iat": int(time.time()),
        "payload_hash": hashlib.sha256(body).hexdigest(),
        **change,
    }
    token = jwt.encode(claims, provider.option("signature"), "HS256")
    heard = Heard("", {"Authorization": f"Bearer {token}"}, body, timezone.now())
    assert not is_signed(provider, heard)
    nobody = jwt.encode(claims, None, algorithm="none")
    assert not is_signed(
        provider, Heard("", {"Authorization": f"Bearer {nobody}"}, body, timezone.now())
    )
