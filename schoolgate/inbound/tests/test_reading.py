"""Reading: whatever a family's program sends, the words are there; whatever bytes come, it ends."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import ReadMail, read
from schoolgate.inbound.tests.hostile import HOSTILE
from schoolgate.inbound.tests.mails import bounced

HEAD = b"From: Ewa <ewa@example.org>\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"


def of_type(kind: str, body: bytes, coding: str = "8bit") -> ReadMail:
    """A mail with one part of a type."""
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode()
    return read(HEAD + head + body)


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/plain; charset=utf-8", "Zażółć".encode(), "Zażółć"),
        ("text/plain; charset=iso-8859-2", "Zażółć".encode("iso-8859-2"), "Zażółć"),
        ("text/plain; charset=us-ascii", "Zażółć".encode(), "Zażółć"),
        ("text/plain; charset=made-up", "Zażółć".encode(), "Zażółć"),
        ("text/plain; charset=idna", b"plain", "plain"),
        ("text/plain", "naïve".encode("cp1252"), "naïve"),
        ("text/plain; charset=utf-8", "naïve".encode("cp1252"), "naïve"),
        ("text/plain; charset=iso-2022-jp", "日本語".encode("iso-2022-jp"), "日本語"),
        ("text/plain", b"with a \0 null", "with a  null"),
        (
            "text/html",
            b"<p>Dear <b>school</b></p><p>Thanks<br>Ewa</p>",
            "Dear school\n\nThanks\nEwa",
        ),
        ("text/html", b"<style>p{}</style><script>x()</script><p>Words", "Words"),
        (
            "text/html",
            b'<a href="https://evil.example/x">bank</a>',
            "bank (https://evil.example/x)",
        ),
        ("text/html", b'<img src="https://spy.example/1.gif" alt="a cat">', "[a cat]"),
        ("text/html", b"<ul><li>one<li>two</ul>", "• one\n• two"),
    ],
)
def test_the_words_are_read(kind: str, body: bytes, text: str) -> None:
    assert of_type(kind, body).text == text


def test_of_words_told_twice_the_plain_ones_are_read_and_files_are_kept() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ewa <ewa@example.org>", "Zdjęcie 📷"
    mail.set_content("Plain words.")
    mail.add_alternative("<p>HTML words.</p>", subtype="html")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="zdjęcie.png")
    found = read(mail.as_bytes())
    assert (found.text, found.subject) == ("Plain words.", "Zdjęcie 📷")
    assert [(one.name, one.content) for one in found.enclosures] == [("zdjęcie.png", b"\x89PNG")]


def test_an_empty_plain_twin_does_not_hide_the_html_words() -> None:
    mail = EmailMessage()
    mail["From"] = "ewa@example.org"
    mail.set_content(" \n")
    mail.add_alternative("<p>HTML words.</p>", subtype="html")
    assert read(mail.as_bytes()).text == "HTML words."


def test_a_passed_on_mail_is_a_file_and_a_sign() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "a@b.example", "Inner"
    inner.set_content("inner words")
    outer["From"] = "ewa@example.org"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    found = read(outer.as_bytes())
    assert found.looks_like_forward
    assert found.text == "See below."
    assert found.enclosures[0].name == "Inner.eml"


@pytest.mark.parametrize(
    "from_line",
    [
        b"From: a@b.example, c@d.example",
        b"From: a@b.example\r\nFrom: c@d.example",
        b"From: nobody",
        b"From: =?utf-8?q?mum=40home.example?= <>",
        b"From:",
    ],
)
def test_two_writers_or_none_are_nobody(from_line: bytes) -> None:
    assert read(from_line + b"\r\nDate: x\r\n\r\nhello").sender == ""


def test_an_address_in_a_name_is_only_a_name() -> None:
    found = read(
        b"From: =?utf-8?q?mum=40home=2Eexample_=3Cmum=40home=2Eexample=3E?= <X@Y.z>\r\n\r\n."
    )
    assert found.sender == "x@y.z"
    assert found.sender_name == "mum@home.example <mum@home.example>"


@pytest.mark.parametrize(
    ("subject", "reply", "forward"),
    [
        ("Re: bus", True, False),
        ("AW: Bus", True, False),
        ("Odp: autobus", True, False),
        ("RE[2]: bus", True, False),
        ("Fwd: bus", False, True),
        ("WG: Bus", False, True),
        ("PD: autobus", False, True),
        ("Reading at home: a question", False, False),
        ("Rebecca", False, False),
    ],
)
def test_answers_and_passing_on_show_in_the_subject(
    subject: str, reply: bool, forward: bool
) -> None:
    found = read(f"From: a@b.example\r\nSubject: {subject}\r\n\r\nhello".encode())
    assert (found.looks_like_reply, found.looks_like_forward) == (reply, forward)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Auto-Submitted: auto-replied", "automatic"),
        ("Auto-Submitted: auto-generated (holiday)", "automatic"),
        ("Auto-Submitted: no", "message"),
        ("X-Autoreply: yes", "automatic"),
        ("Precedence: auto_reply", "automatic"),
        ("X-Auto-Response-Suppress: All", "message"),
        ("Return-Path: <>", "automatic"),
        ("Subject: Automatische Antwort: Bus\r\nIn-Reply-To: <a@b>", "automatic"),
        ("Subject: Autoodpowiedź: autobus\r\nPrecedence: bulk", "automatic"),
        ("Subject: Automatische Antwort: Bus", "message"),
        ("Subject: Nieobecność: Kuba\r\nIn-Reply-To: <a@b>", "message"),
        ("Subject: Out of office again on Friday?", "message"),
        ("Subject: Re: Automatic reply: Bus", "message"),
    ],
)
def test_what_a_machine_wrote_is_told_from_what_a_person_wrote(header: str, kind: str) -> None:
    assert read(f"From: a@b.example\r\n{header}\r\n\r\nhello".encode()).kind == kind


def test_a_bounce_names_the_mail_that_came_back() -> None:
    found = read(bounced("in@school.example", "<abc@school.example>"))
    assert found.kind == "bounce" and found.report
    assert found.report.about == "<abc@school.example>"
    delayed = read(bounced("in@school.example", "<abc@school.example>", action="delayed"))
    assert delayed.kind == "automatic"


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("mx.school.example; dmarc=pass header.from=b.example", Authentication.PASSED),
        ("mx.school.example; dmarc=fail header.from=b.example", Authentication.FAILED),
        ("mx.school.example; spf=fail smtp.mailfrom=b.example", Authentication.FAILED),
        ("mx.school.example; spf=fail; dkim=pass header.d=b.example", Authentication.PASSED),
        ("mx.school.example; none", Authentication.UNKNOWN),
        ("mx.elsewhere.example; dmarc=fail", Authentication.UNKNOWN),
        ("mx.school.example; dmarc=", Authentication.UNKNOWN),
        ("", Authentication.UNKNOWN),
    ],
)
def test_only_the_trusted_servers_judgement_counts(value: str, verdict: Authentication) -> None:
    raw = f"From: a@b.example\r\nAuthentication-Results: {value}\r\n\r\nhello".encode()
    assert read(raw, trusted_authserv="MX.school.example").authentication == verdict
    assert read(raw).authentication == Authentication.UNKNOWN


def test_a_forged_pass_does_not_outweigh_a_fail() -> None:
    fail = b"Authentication-Results: mx.school.example; dmarc=fail\r\n"
    forged = b"Authentication-Results: mx.school.example; dmarc=pass\r\n"
    for order in (fail + forged, forged + fail):
        found = read(HEAD + order + b"\r\nhello", trusted_authserv="mx.school.example")
        assert found.authentication == Authentication.FAILED


def test_an_encrypted_mail_is_for_a_person_to_look_at() -> None:
    found = of_type("application/pkcs7-mime; name=smime.p7m", b"MIIB", "base64")
    assert found.kind == "unreadable"
    assert "encrypted" in found.problems[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_read_within_two_seconds(name: str) -> None:
    raw = HOSTILE[name]()
    began = time.process_time()
    found = read(raw)
    assert time.process_time() - began < 2
    assert len(found.text) <= 1_100_000


words = st.sampled_from(
    [
        b"From: a@b.c", b"Content-Type: multipart/mixed; boundary=b", b"--b", b"--b--", b"", b"> x",
        b"Content-Type: text/html", b"Content-Transfer-Encoding: base64", b"On 1 May x wrote:",
        b"Content-Type: message/rfc822", b"Subject: =?utf-8?b?!!!?=", b"=?idna?q?=ff?=", b"<p>\xff",
        b"Content-Type: text/plain; charset*=utf-8''%ff", b"From: Sent: To:", b"-- ", b"\0",
        b"Content-Type: multipart/report; boundary=b", b"Content-Type: message/delivery-status",
        b"Content-Disposition: attachment; filename*0*=''a; filename*1=b", b"Message-ID: <<>>",
    ]
)  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.binary(max_size=2000), st.lists(words, max_size=40).map(b"\r\n".join)))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    found = read(raw)
    assert found.kind in {"message", "automatic", "bounce", "unreadable"}
    assert not any(problem.startswith("It could not be read") for problem in found.problems)
    for text in (found.text, found.reply, found.folded, found.subject, found.sender_name):
        assert "\0" not in text
        text.encode()
