"""A signature stands for every reader, and falls with any change of what it covers."""

import dkim
import pytest

from schoolgate.delivery.channels.email.arrival.dkim_key import OurKey
from schoolgate.delivery.channels.email.dkim import Signer
from schoolgate.delivery.tests.domains import DOMAIN, KEY_AT, SELECTOR, private_key

HEADERS = (
    b"From: Medway Green <office@medway.example.org>",
    b"To: nina@example.org",
    b"Reply-To: Medway Green <in+abc@medway.example.org>",
    b"Subject: =?utf-8?q?Sch=C3=B6n?=  and a very long line\r\n that goes on below",
    b"Date: Mon, 23 Nov 2026 10:00:00 +0000",
    b"Message-ID: <1@medway.example.org>",
    b"In-Reply-To: <0@example.org>",
    b"References: <t@example.org>\r\n <0@example.org>",
    b"MIME-Version: 1.0",
    b"Content-Type: text/plain; charset=utf-8",
    b"List-Unsubscribe: <https://talk.example.org/u/1>",
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    b"X-Other: not signed",
)
RAW = b"\r\n".join(HEADERS) + b"\r\n\r\nDear Nina,  \r\n\r\nall is well.\r\n\r\n\r\n"


@pytest.fixture(scope="module")
def signed() -> bytes:
    """RAW with our signature on top."""
    return Signer(DOMAIN, SELECTOR, private_key()).sign(RAW)


def stands(raw: bytes) -> bool:
    """Whether a reader finds it unchanged, with the key where the doctor says it is published."""
    published = {f"{KEY_AT}.".encode(): OurKey.from_pem(private_key()).record.encode()}
    return bool(dkim.verify(raw, dnsfunc=lambda name, timeout=5: published.get(name)))


def test_a_signed_email_is_verified_and_otherwise_unchanged(signed: bytes) -> None:
    assert signed.endswith(RAW)
    assert stands(signed)
    assert max(map(len, signed.split(b"\r\n"))) < 100


@pytest.mark.parametrize("header", [line for line in HEADERS if not line.startswith(b"X-")])
def test_every_header_that_matters_is_covered(signed: bytes, header: bytes) -> None:
    name, _colon, value = header.partition(b":")
    assert not stands(signed.replace(header, name + b": other" + value))


@pytest.mark.parametrize("name", [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Reply-To"])
def test_nobody_adds_a_second_one_of_what_a_reader_sees(signed: bytes, name: bytes) -> None:
    for added in (name + b": x@example.net\r\n" + signed, _below_the_first(signed, name)):
        assert not stands(added)


def _below_the_first(signed: bytes, name: bytes) -> bytes:
    head, _gap, body = signed.partition(b"\r\n\r\n")
    return head + b"\r\n" + name + b": x@example.net\r\n\r\n" + body


def test_a_changed_body_is_noticed_and_other_spaces_are_not(signed: bytes) -> None:
    assert not stands(signed.replace(b"all is well", b"all is hell"))
    assert stands(signed.replace(b"Dear Nina,  ", b"Dear   Nina,"))
    assert stands(signed.replace(b"X-Other: not signed", b"X-Other: other"))


@pytest.mark.parametrize("body", [b"", b"\r\n", b"one line without an end", b" \t\r\n \r\n"])
def test_strange_bodies_are_signed_too(body: bytes) -> None:
    raw = b"From: a@example.org\r\nTo: b@example.org\r\n\r\n" + body
    assert stands(Signer(DOMAIN, SELECTOR, private_key()).sign(raw))


def test_what_is_no_rsa_key_is_refused() -> None:
    with pytest.raises(ValueError, match=r".*"):
        Signer(DOMAIN, SELECTOR, b"hello")
