"""Mails of odder shapes: what is in them is words or files, and nothing is lost."""

import base64
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from schoolgate.inbound.mail.reading import ReadMail, read
from schoolgate.inbound.tests.mails import from_carer
from schoolgate.inbound.tests.taking import taken
from schoolgate.rehearsal.cast import Cast

CASES = Path(__file__).parent / "cases"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DATA = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def case(name: str) -> ReadMail:
    """One of the small inputs of faults."""
    return read((CASES / f"{name}.eml").read_bytes())


def html(words: str) -> ReadMail:
    """A mail of HTML alone."""
    head = "From: a@b.org\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return read(f"{head}{words}".encode())


def files(mail: ReadMail) -> list[tuple[str, str]]:
    """The files by name and type."""
    return [(one.name, one.media_type) for one in mail.enclosures]


@pytest.mark.parametrize("name", ["datauri", "datauri-alt"])
def test_a_picture_that_stands_in_the_html_becomes_a_file(name: str) -> None:
    mail = case(name)
    assert files(mail) == [("picture 1.png", "image/png")]
    assert mail.enclosures[0].content == PNG
    assert "on his left arm" in mail.reply


def test_the_place_of_a_picture_is_shown_and_one_picture_is_one_file() -> None:
    mail = html(f"<p>Here <img src='{DATA}'> and <img alt=Max src=\"{DATA}\"> it is.</p>")
    assert mail.reply == "Here [picture 1.png] and [Max] it is."
    assert len(mail.enclosures) == 1
    assert html(f"<p>Here <img src={DATA}> it is.</p>").reply == "Here [picture 1.png] it is."


def test_a_large_picture_before_the_words_hides_none_of_them() -> None:
    large = base64.b64encode(PNG + b"x" * 3_000_000).decode()
    mail = html(f'<p><img src="data:image/png;base64,{large}"></p><p>He has a rash.</p>')
    assert mail.reply.endswith("He has a rash.")
    assert len(mail.enclosures[0].content) > 3_000_000


def test_data_elsewhere_is_no_picture() -> None:
    mail = html(f'<p>See <a href="{DATA}">this</a>. data:image/png;base64,AAAA</p>')
    assert files(mail) == []
    assert "data:image/png;base64,AAAA" in mail.reply


def test_words_after_a_picture_are_words() -> None:
    mail = case("exchange-att")
    assert "Before the picture." in mail.reply
    assert "Please do not use the blue cream." in mail.reply
    assert files(mail) == [("IMG_1.png", "image/png")]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ((b"", b""), "CANCELLED"),
        ((b"METHOD:CANCEL", b"METHOD:PUBLISH"), "CANCELLED"),
        ((b"STATUS:CANCELLED", b"STATUS:CONFIRMED"), "CANCELLED"),
        ((b"METHOD:CANCEL", b"METHOD:REPLY"), "CANCELLED"),
    ],
)
def test_a_cancelled_meeting_says_so_whatever_its_method(
    change: tuple[bytes, bytes], line: str
) -> None:
    head, _, coded = (CASES / "cal-cancel.eml").read_bytes().partition(b"base64\n\n")
    calendar = base64.b64decode(coded.partition(b"--=")[0]).replace(*change)
    raw = head + b"base64\n\n" + base64.encodebytes(calendar) + b"--=_b1--\n"
    assert line in read(raw).reply
    assert "Talk about Max" in read(raw).reply


def test_a_meeting_that_stands_says_nothing_of_that() -> None:
    assert "CANCELLED" not in case("cal-request").reply


def test_an_answer_to_an_invitation_says_which() -> None:
    head = b"From: a@b.org\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
    event = b"BEGIN:VEVENT\r\nSUMMARY:Talk\r\nATTENDEE;PARTSTAT=DECLINED:mailto:a@b.org\r\n"
    raw = head + b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + event + b"END:VEVENT\r\n"
    assert "DECLINED · Talk" in read(raw).reply


@pytest.mark.parametrize("spaces", [b" ", b"\t", b"   \t "])
def test_a_head_line_of_spaces_does_not_end_the_head(spaces: bytes) -> None:
    raw = b"From: a@b.org\r\n" + spaces + b"\r\nSubject: Bus\r\n\r\nHello\r\n"
    mail = read(raw)
    assert (mail.subject, mail.reply) == ("Bus", "Hello")


def test_words_below_a_line_of_spaces_are_no_head() -> None:
    mail = read(b"From: a@b.org\r\nSubject: x\r\n \r\nMonday: swimming\r\n\r\nTuesday: bus\r\n")
    assert "Monday: swimming" in mail.reply
    assert "Tuesday: bus" in mail.reply


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "ks_c_5601-1987", "euc-kr",
                                     "shift_jis", "euc-jp", "iso-2022-jp"])  # fmt: skip
@pytest.mark.parametrize("words", ["Здравствуйте, Макс сегодня болен и не придёт",
                                   "Καλημερα ο Μαξ ειναι αρρωστος σημερα"])  # fmt: skip
def test_a_charset_that_decodes_into_one_alphabet_is_believed(charset: str, words: str) -> None:
    try:
        content = words.encode(charset)
    except UnicodeEncodeError:
        pytest.skip("It has no such letters.")
    head = f"From: a@b.org\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode()
    assert read(head + content).reply == words


def packed(*names: str) -> bytes:
    """A packed file with these in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [
        (OFFICE, packed("word/document.xml"), "file.docx"),
        ("application/octet-stream", packed("word/document.xml"), "file.docx"),
        ("application/octet-stream", packed("xl/workbook.xml"), "file.xlsx"),
        ("application/zip", packed("a.txt"), "file.zip"),
        ("application/msword", b"\xd0\xcf\x11\xe0rest", "file.doc"),
        ("video/mp4", b"\0\0\0\x18ftypmp42", "file.mp4"),
        ("video/quicktime", b"\0\0\0\x14ftypqt  ", "file.mov"),
        ("application/octet-stream", b"\0\0\0\x14ftypqt  ", "file.mov"),
        ("application/octet-stream", b"\0\0\0\x14ftyp3gp5", "file.3gp"),
        ("application/octet-stream", b"\0\0\0\x18ftypheic", "file.heic"),
        ("image/jpeg", b"\xff\xd8\xff\xe0", "file.jpg"),
        ("application/octet-stream", b"\1\2\3", "file.bin"),
    ],
)
def test_a_file_without_a_name_gets_the_ending_of_what_it_is(
    kind: str, content: bytes, name: str
) -> None:
    mail = EmailMessage()
    mail["From"] = "a@b.org"
    mail.set_content("See this.")
    first, second = kind.split("/")
    mail.add_attachment(content, maintype=first, subtype=second)
    assert [one.name for one in read(mail.as_bytes()).enclosures] == [name]


def test_a_file_of_no_bytes_is_named(medway: Cast) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = from_carer(medway, "nina"), medway.school.inbound_address
    mail["Message-ID"] = "<e@x.example>"
    mail.set_content("The form.")
    mail.add_attachment(b"", maintype="application", subtype="pdf", filename="form.pdf")
    arrival = taken(medway, mail.as_bytes())
    assert arrival.conversation
    message = arrival.conversation.messages.get(direction="family")
    assert "“form.pdf” is empty" in message.body
    assert message.attachments.count() == 0
    note = arrival.conversation.messages.get(direction="automatic")
    assert "form.pdf" in note.body


RLM = "\u200f"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<p dir=rtl>Max کل نہیں آئے گا</p>", f"{RLM}Max کل نہیں آئے گا"),
        ("<div dir='rtl'><div>Max کل نہیں</div></div><div>Max is ill</div>",
         f"{RLM}Max کل نہیں\nMax is ill"),
        ("<html dir=rtl><body><p>EHCP کے بارے میں</p></body></html>", f"{RLM}EHCP کے بارے میں"),
        ("<p dir=rtl>کل Max نہیں</p>", "کل Max نہیں"),
        ("<p dir=rtl>Thank you</p>", "Thank you"),
        ("<p dir=rtl>کل<span dir=ltr> Max </span>نہیں</p>", "کل Max نہیں"),
        ("<p>Max کل</p>", "Max کل"),
    ],
)  # fmt: skip
def test_the_direction_of_a_right_to_left_mail_survives(words: str, shown: str) -> None:
    assert html(words).reply == shown


def test_a_quoted_line_keeps_its_direction_and_its_mark() -> None:
    found = html("<p>Yes</p><blockquote dir=rtl>Max کل نہیں</blockquote><p>No</p>").text
    assert f"> {RLM}Max کل نہیں" in found
