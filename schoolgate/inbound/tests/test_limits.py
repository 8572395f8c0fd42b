"""The reader's limits hold: tried lowered, with small inputs, and each says what was left out."""

import pytest

from schoolgate.inbound.mail import (
    bodies,
    charsets,
    data_pictures,
    headers,
    html_text,
    invitations,
    parts,
    quoting,
    reading,
    reports,
)
from schoolgate.inbound.mail.reading import read

HEAD = b"From: a@b.org\r\nSubject: x\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"
MIXED = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'


def test_html_is_read_down_to_a_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_text, "DEEPEST", 3)
    inside = b"<div>one<div>two<div>three<div>four</div></div></div></div>"
    mail = read(HTML + inside)
    assert mail.text.split() == ["one", "two", "three", "[…]"]
    assert read(HTML + b"<p>one<p>two<p>three<p>four<p>five").text.split()[-1] == "five"


def test_html_is_read_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_text, "MOST", 30)
    assert read(HTML + b"<p>one</p><p>two</p><p>three</p><p>four</p>").text.endswith("[…]")


def test_quotations_within_quotations_are_marked_up_to_a_depth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(html_text, "DEEPEST_QUOTE", 2)
    mail = read(HTML + b"<blockquote>" * 5 + b"deep" + b"</blockquote>" * 5)
    assert mail.text.startswith(">> deep")
    assert ">>>" not in mail.text


def test_parts_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_PARTS", 4)
    mail = read(MIXED + b"".join(b"--b\r\n\r\nword%d\r\n" % n for n in range(9)) + b"--b--")
    assert "word1" in mail.text and "word8" not in mail.text
    assert parts.TOO_MANY in mail.problems


def test_parts_within_parts_are_read_down_to_a_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "DEEPEST", 2)
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5)
    )
    assert parts.TOO_MANY in read(HEAD + nested + b"\r\ndeep").problems


def test_lines_that_only_look_like_a_boundary_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_TRIES", 3)
    mail = read(MIXED + b"--bx\r\n" * 5 + b"--b\r\n\r\nword\r\n--b--")
    assert parts.NOT_APART in mail.problems
    assert "word" in mail.text


def test_headers_are_read_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_HEADER_BYTES", 60)
    mail = read(HEAD + b"X-A: words\r\n" * 9 + b"To: c@d.org\r\n\r\nhello")
    assert parts.LONG_HEADERS in mail.problems
    assert mail.sender == "a@b.org"


def test_one_header_is_read_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_VALUE", 12)
    assert read(b"From: a@b.org\r\nSubject: one two three four\r\n\r\nx").subject == "one two thre"
    monkeypatch.setattr(headers, "MOST", 5)
    assert read(b"From: a@b.org\r\nSubject: one two\r\n\r\nx").subject == "one t"


def test_parameters_are_read_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_PARAMETERS", 30)
    piece = b"Content-Disposition: attachment; filename=a.png; x=y; z=z; a=b; c=d\r\n\r\nPNG\r\n"
    (file,) = read(MIXED + b"--b\r\nContent-Type: image/png\r\n" + piece + b"--b--").enclosures
    assert len(file.name) <= 30


def test_words_are_read_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_TEXT", 10)
    mail = read(HEAD + b"\r\n" + b"one two three four five six seven eight nine")
    assert mail.text == "one two th"
    assert bodies.TOO_LONG in mail.problems


def test_a_mail_is_read_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 60)
    mail = read(HEAD + b"\r\n" + b"words " * 30)
    assert reading.TOO_LONG in mail.problems
    assert mail.sender == "a@b.org"


def test_what_is_beyond_the_length_of_folding_stands_folded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quoting, "MOST", 20)
    found = quoting.fold("one two three four five six seven")
    assert (found.shown, found.folded) == ("one two three four f", "ive six seven")


def test_beginnings_of_quotations_are_tried_so_often_and_then_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "a: b\n" * 5 + "On 3 May 2026 at 10:00, P <p@x.org> wrote:\n> Hi"
    assert quoting.fold(text).folded
    monkeypatch.setattr(quoting, "MOST_TRIES", 2)
    assert "wrote:" in quoting.fold(text).shown


def test_pictures_within_html_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_pictures, "MOST", 1)
    mail = read(HTML + b"".join(b'<img src="data:image/png;base64,QUJ%c">' % c for c in b"DEF"))
    assert len(mail.enclosures) == 1


def test_a_calendar_is_read_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST", 30)
    assert invitations.line_of("BEGIN:VEVENT\nSUMMARY:Talk\nLOCATION:Room 3") == "📅 Talk · R"[:6]


def test_a_charset_is_guessed_by_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charsets, "SAMPLE", 40)
    text = "Źle się czuje, proszę o telefon. " * 9
    assert charsets.decode(text.encode("cp1250"), None) == text


def test_a_report_is_looked_through_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_SCANNED", 10)
    raw = HEAD + b"\r\n" + b"x " * 20 + b"could not be delivered"
    report = read(raw, null_sender=True).report
    assert report and report.says == reports.Says.UNCLEAR


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "undefined", "rot13"])
def test_a_codec_that_is_no_charset_of_mail_is_not_used(name: str) -> None:
    assert charsets.known(name) == ""
    raw = HEAD + f"Content-Type: text/plain; charset={name}\r\n\r\nxn--a \\u0041 é".encode()
    assert read(raw).text == "xn--a \\u0041 é"
