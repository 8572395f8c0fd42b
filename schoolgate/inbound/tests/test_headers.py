"""Headers: names, subjects and file names as a person reads them, however they were encoded."""

import base64

import pytest

from schoolgate.inbound.mail.reading import read

JAPANESE = "こんにちは"
CHINESE = "老师您好，孩子生病了"


def coded(text: str, charset: str) -> bytes:
    """An encoded word."""
    return f"=?{charset}?B?".encode() + base64.b64encode(text.encode(charset)) + b"?="


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (coded("Zażółć 📷", "utf-8"), "Zażółć 📷"),
        (b"=?utf-8?Q?Za=C5=BC=C3=B3=C5?=\r\n =?utf-8?Q?=82=C4=87?=", "Zażółć"),
        (b"=?utf-8?B?WmHF\r\n vMOzxYLEhw==?=", "Zażółć"),
        (b"=?UTF-8?B?WmHFvMOzxYLEhw?=", "Zażółć"),
        (b"=?iso-8859-2?Q?Za=BF=F3=B3=E6?= plain", "Zażółć plain"),
        (coded(CHINESE, "gb2312"), CHINESE),
        (b"=?x-unknown?Q?caf=E9?=", "café"),
        (b"=?us-ascii?Q?caf=C3=A9?=", "café"),
        (b"=?utf-8?Q?a b_c?=", "a b c"),
        (b"=?utf-8?q?never_closed", "never closed"),
        (b"Re: =?utf-8*en?q?x?= =?utf-8?q?y?= z", "Re: xy z"),
        (b'"=?utf-8?q?quoted=C3=A9?="', '"quotedé"'),
        (b"=?utf-8?x?nonsense?=", "=?utf-8?x?nonsense?="),
        ("Zażółć".encode(), "Zażółć"),
        ("Zażółć gęślą jaźń".encode("cp1250"), "Zażółć gęślą jaźń"),
        (JAPANESE.encode("iso-2022-jp"), JAPANESE),
        (b"a\x00b\x07c", "abc"),
        ("safe \u202egnp.exe".encode(), "safe gnp.exe"),
        ("رحلة".encode(), "رحلة"),
    ],
)
def test_a_subject_is_read(header: bytes, subject: str) -> None:
    assert read(b"From: a@b.example\r\nSubject: " + header + b"\r\n\r\nx").subject == subject


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"filename*=utf-8''za%C5%BC.txt", "zaż.txt"),
        (b"filename*0*=utf-8''za%C5; filename*1*=%BC.txt", "zaż.txt"),
        (b"filename*0=long; filename*1=er.txt", "longer.txt"),
        (b'filename="=?utf-8?Q?za=C5=BC.txt?="', "zaż.txt"),
        (b"filename=" + "zaż.txt".encode(), "zaż.txt"),
        (b'filename="..\\..\\x.pdf"', "x.pdf"),
        (b'filename="../../etc/x.pdf"', "x.pdf"),
        (b"filename=a b c.pdf", "a b c.pdf"),
        (b'filename="inv' + "\u202e".encode() + b'fdp.exe"', "invfdp.exe"),
    ],
)
def test_the_name_of_a_file_is_read(header: bytes, name: str) -> None:
    raw = (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; "
        + header + b"\r\n\r\n%PDF-1\r\n--b--"
    )  # fmt: skip
    found = read(raw).enclosures
    assert [(one.name, one.media_type) for one in found] == [(name, "application/pdf")]


@pytest.mark.parametrize(
    ("header", "to"),
    [
        (b"To: Family: a@x.example, b@y.example;", ("a@x.example", "b@y.example")),
        (b"To: undisclosed-recipients:;", ()),
        ("To: Zażółć <a@x.example>".encode(), ("a@x.example",)),
        (b'To: "Reed, Nina" <n@x.example>, <z@x.example>', ("n@x.example", "z@x.example")),
        (b"To: " + coded("Zażółć, Anna", "utf-8") + b" <a@x.example>", ("a@x.example",)),
        (b"to: A@X.example", ("a@x.example",)),
    ],
)
def test_who_it_was_written_to_is_read(header: bytes, to: tuple[str, ...]) -> None:
    assert read(b"From: a@b.example\r\n" + header + b"\r\n\r\nx").to == to


def test_several_writers_are_nobody_and_that_is_said() -> None:
    found = read(b"From: a@b.example, c@d.example\r\nDate: x\r\n\r\nhello")
    assert found.sender == ""
    assert "several writers" in found.problems[0]


@pytest.mark.parametrize(
    "header",
    [
        b"Ewa <ewa@example.org",
        b"Kowal, Ewa <ewa@example.org>",
        b"ewa@example.org <ewa@example.org>",
        b"Mrs. E. Kowal <EWA@Example.org>",
        b"ewa@example.org (Ewa)",
        b"=?utf-8?Q?Ewa_=C5=82?=<ewa@example.org>",
        b"Family: ewa@example.org;",
    ],
)
def test_a_writer_is_known_however_the_address_stands(header: bytes) -> None:
    assert read(b"From: " + header + b"\r\n\r\nx").sender == "ewa@example.org"


def test_an_address_for_a_name_of_another_address_is_nobody() -> None:
    assert read(b"From: mum@example.org <x@example.net>\r\nDate: x\r\n\r\nhello").sender == ""


def test_where_an_answer_is_wanted_is_noted() -> None:
    found = read(b"From: a@b.example\r\nReply-To: Ewa <ewa@example.org>\r\n\r\nx")
    assert (found.sender, found.reply_to) == ("a@b.example", "ewa@example.org")
