# ruff: noqa: E501 - mails are easier read on one line
"""Broken mail: parts that can't be told apart, codings that lie, wrappers: the words are shown."""

import base64
import binascii
import quopri
import struct

import pytest

from schoolgate.inbound.mail.reading import ReadMail, read

HEAD = b"From: Ewa <ewa@example.org>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n"
WORDS = "Dzień dobry, proszę o zwolnienie córki z lekcji. Źle się czuje. Dziękuję"
CODED = base64.encodebytes(WORDS.encode())
QUOTED = quopri.encodestring(WORDS.encode())
ICS = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Parents' evening\\, year 7\r\n"
    b"DTSTART;TZID=Europe/London:20261203T170000\r\nDTEND;TZID=Europe/London:20261203T172000\r\n"
    b"LOCATION:Room 3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def part(kind: str, body: bytes, coding: str = "8bit") -> bytes:
    """A mail with one part."""
    named = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode()
    return HEAD + named + body


def several(kind: str, *parts: bytes, end: bytes = b"--b--\r\n") -> bytes:
    """A mail with parts."""
    head = f'Content-Type: multipart/{kind}; boundary="b"\r\n\r\nThis is MIME.\r\n'.encode()
    return HEAD + head + b"".join(b"--b\r\n" + one + b"\r\n" for one in parts) + end


UTF8 = "text/plain; charset=utf-8"
FOOTER = b"_____\nScanned by a scanner.\n"
CODINGS = {
    "base64 with rubbish": (CODED.replace(b"\n", b"!\n*\n"), "base64", WORDS),
    "base64 without its padding": (CODED.rstrip(b"=\n"), "base64", WORDS),
    "base64 with spaces": (CODED.replace(b"\n", b" \r\n  "), "BASE64 ", WORDS),
    "base64 with a plain footer": (CODED + FOOTER, "base64", f"{WORDS}\n\n{FOOTER.decode()}"),
    "base64 in a claim only": (WORDS.encode(), "base64", WORDS),
    "base64 that is not told": (CODED, "7bit", WORDS),
    "quoted-printable": (QUOTED, "quoted-printable", WORDS),
    "quoted-printable that is not told": (QUOTED, "8bit", WORDS),
    "quoted-printable with spaces at the end": (
        QUOTED.replace(b"=\n", b"=  \r\n"), "Quoted-Printable", WORDS,
    ),
    "quoted-printable that is broken": (b"100=% =ZZ = a=3Db", "quoted-printable", "100=% =ZZ = a=b"),
    "quoted-printable in a claim only": (WORDS.encode(), "quoted-printable", WORDS),
    "an unknown coding": (WORDS.encode(), "x-klingon", WORDS),
    "eight bits in seven": (WORDS.encode(), "7bit", WORDS),
}  # fmt: skip


@pytest.mark.parametrize("name", CODINGS)
def test_however_it_travelled_the_words_are_read(name: str) -> None:
    body, coding, words = CODINGS[name]
    assert read(part(UTF8, body, coding)).text.split() == words.split()


SHAPES = {
    "no closing boundary": (several("mixed", PLAIN + b"one", PLAIN + b"two", end=b""), "one two"),
    "no boundary named": (
        several("mixed", PLAIN + b"one", PLAIN + b"two").replace(b'; boundary="b"', b""), "one two",
    ),
    "another boundary named": (
        several("mixed", PLAIN + b"one", PLAIN + b"two").replace(b'boundary="b"', b'boundary="z"'),
        "one two",
    ),
    "the boundary used again inside": (
        several(
            "mixed",
            b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n' + PLAIN
            + b"plain\r\n--b\r\n" + HTML + b"<p>rich</p>\r\n--b--\r\n",
            b"Content-Type: image/png; name=a.png\r\n\r\nPNG",
        ),
        "plain",
    ),
    "a boundary that begins like another": (
        several("mixed", b"Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n" + PLAIN
                + b"in\r\n--bb--", PLAIN + b"out"), "in out",
    ),
    "a part without headers": (several("mixed", b"Just words\r\nand more"), "Just words and more"),
    "words below the last boundary": (several("mixed", PLAIN + b"one") + b"Scanned.", "one Scanned."),
    "a plain part that says there is HTML": (
        several("alternative", PLAIN + b"Your email client does not support HTML.",
                HTML + b"<p>The words</p>"), "The words",
    ),
    "a plain part that is empty": (several("alternative", PLAIN + b" ", HTML + b"<p>Rich</p>"), "Rich"),
    "HTML before its plain twin": (
        several("alternative", HTML + b"<p>Words!</p>", PLAIN + b"Words."), "Words.",
    ),
    "words between files, as Apple sends them": (
        several("mixed", PLAIN + b"one", b"Content-Type: image/jpeg; name=p.jpg\r\n\r\n\xff\xd8\xff",
                PLAIN + b"two", b"Content-Disposition: attachment; filename=x.pdf\r\n\r\n%PDF-",
                HTML + b"<p>three</p>"), "one two three",
    ),
    "HTML as a file, and no words": (
        several("mixed", b"Content-Disposition: attachment; filename=m.html\r\n" + HTML
                + b"<p>Hidden words</p>"), "Hidden words",
    ),
    "a mail within a mail, and no words": (
        several("mixed", b"Content-Type: message/rfc822\r\n\r\nFrom: a@b.c\r\nSubject: in\r\n\r\nit"),
        "a@b.c in it",
    ),
    "only carriage returns": (part(UTF8, b"a\r\nb").replace(b"\r\n", b"\r"), "a b"),
    "only line feeds": (part(UTF8, b"a\r\nb").replace(b"\r\n", b"\n"), "a b"),
    "the first line of a mailbox": (b"From ewa Mon Nov 23\r\n" + part(UTF8, b"a"), "a"),
    "empty lines before the headers": (b"\r\n\r\n" + part(UTF8, b"a"), "a"),
    "a header folded without its space": (HEAD + b"X-A: one\r\ntwo\r\nDate: x\r\n\r\na", "a"),
    "words right below the headers": (HEAD + b"Hello there\r\n\r\nEwa", "Hello there Ewa"),
    "a whole file in UTF-16": (part(UTF8, WORDS.encode()).decode().encode("utf-16"), WORDS),
    "flowed": (part("text/plain; format=flowed", b"a \r\nb.\r\n> q \r\n> r"), "a b. > q r"),
    "flowed, with DelSp": (
        part("text/plain; format=flowed; delsp=yes; charset=utf-8", "长 \r\n文".encode()), "长文",
    ),
    "enriched": (part("text/enriched", b"<bold>Hi</bold> you\nthere <<x>"), "Hi you there <x>"),
    "rich text": (
        part("text/rtf", rb"{\rtf1\ansicpg1250{\fonttbl{\f0 Arial;}}\f0 Dzie\'f1\par \u347?w {\b x}}"),
        "Dzień św x",
    ),
    "HTML that names its own charset": (
        HEAD + b"Content-Type: text/html\r\n\r\n<meta charset=iso-8859-2>\xbf\xf3\xb3\xe6", "żółć",
    ),
    "HTML that says it is plain": (HEAD + b"\r\n<html><body><p>Hello</p></body></html>", "Hello"),
    "words that say they are a program's": (
        HEAD + b"Content-Type: application/octet-stream\r\n\r\nhello", "hello",
    ),
    "half of a long mail": (
        HEAD + b"Content-Type: message/partial; id=x; number=1; total=2\r\n\r\nhello", "hello",
    ),
    "no words": (HEAD + b"\r\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_whatever_the_shape_the_words_are_read_in_order(name: str) -> None:
    raw, words = SHAPES[name]
    found = read(raw)
    assert found.text.split() == words.split()
    assert (found.kind, found.sender) == ("message", "ewa@example.org")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Dear school\n\nNote: Jan is ill.\n\nEwa", "Dear school\n\nNote: Jan is ill.\n\nEwa"),
        (b"Note: Jan is ill", "Note: Jan is ill"),
        (b"\x1f\x8b\x08\0\x01\x02" * 90, ""),
        (b"", ""),
    ],
)
def test_what_is_no_mail_is_unreadable_but_its_words_are_shown(raw: bytes, text: str) -> None:
    found = read(raw)
    assert (found.kind, found.text, found.reply) == ("unreadable", text, text)
    assert "headers" in found.problems[0]


def test_half_a_letter_in_utf_7_is_marked() -> None:
    found = read(part("text/html; charset=utf-7", b"<p>a +2Yr- b</p>"))
    assert (found.kind, found.text) == ("message", "a \ufffd b")


def test_an_emoji_of_rich_text_is_whole() -> None:
    found = read(part("text/rtf", rb"{\rtf1 Hi \u-10179?\u-8704?}"))
    assert found.text == "Hi 😀"


def test_a_file_written_into_the_words_is_a_file() -> None:
    lines = binascii.b2a_uu(b"hello world")
    found = read(part(UTF8, b"Here:\n\nbegin 644 list.txt\n" + lines + b"`\nend\nBye"))
    assert found.text.split() == ["Here:", "Bye"]
    assert [(one.name, one.content) for one in found.enclosures] == [("list.txt", b"hello world")]


def test_an_invitation_is_a_line_and_a_file() -> None:
    found = read(several("mixed", PLAIN + b"See you", b"Content-Type: text/calendar\r\n\r\n" + ICS))
    line = "📅 Parents' evening, year 7 · 2026-12-03 17:00–17:20 (Europe/London) · Room 3"
    assert found.reply == f"See you\n\n{line}"
    assert [(one.name, one.media_type) for one in found.enclosures] == [
        ("invitation.ics", "text/calendar")
    ]


def signed(content: bytes) -> bytes:
    """PKCS #7 signed data around something, as long as lengths need no second byte."""

    def told(tag: int, *inner: bytes) -> bytes:
        whole = b"".join(inner)
        return bytes([tag, 0x82]) + len(whole).to_bytes(2, "big") + whole

    data = bytes.fromhex("06092a864886f70d010701")
    held = told(0x30, data, told(0xA0, told(0x04, content)))
    body = told(0x30, b"\x02\x01\x01", told(0x31), held)
    return told(0x30, bytes.fromhex("06092a864886f70d010702"), told(0xA0, body))


def test_what_is_only_signed_is_opened() -> None:
    body = base64.encodebytes(signed(PLAIN + WORDS.encode()))
    found = read(
        part("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", body, "base64")
    )
    assert (found.kind, found.text) == ("message", WORDS)


def test_words_signed_by_pgp_stand_without_their_armour() -> None:
    body = (
        b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nHello\r\n- -- dash\r\n"
        b"-----BEGIN PGP SIGNATURE-----\r\n\r\nabc\r\n-----END PGP SIGNATURE-----\r\n"
    )
    assert read(part(UTF8, body)).text == "Hello\n-- dash"


@pytest.mark.parametrize(
    "raw",
    [
        part(UTF8, b"-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n-----END PGP MESSAGE-----\r\n"),
        several(
            "encrypted", b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
            b"Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\nabc",
        ),
        part("application/pkcs7-mime", base64.encodebytes(b"\x30\x80\x06\x09"), "base64"),
    ],
)  # fmt: skip
def test_what_is_encrypted_is_said_to_be(raw: bytes) -> None:
    found = read(raw)
    assert (found.kind, found.text) == ("unreadable", "")
    assert "encrypted" in found.problems[0]


def tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    """A winmail.dat."""
    packed = [
        struct.pack("<BHHI", level, tag, 0, len(value)) + value + b"\0\0"
        for level, tag, value in attributes
    ]
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(packed)


def properties(*given: tuple[int, int, bytes]) -> bytes:
    """A block of MAPI properties."""
    packed = [
        struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)
        for kind, name, value in given
    ]
    return struct.pack("<I", len(given)) + b"".join(packed)


def winmail(*attributes: tuple[int, int, bytes]) -> ReadMail:
    """What is read of a mail that holds only a winmail.dat."""
    content = base64.encodebytes(tnef(*attributes))
    return read(part("application/ms-tnef; name=winmail.dat", content, "base64"))


def test_words_and_files_of_winmail_dat_are_taken_out() -> None:
    found = winmail(
        (1, 0x9003, properties((0x1F, 0x1000, WORDS.encode("utf-16-le")))),
        (2, 0x9002, b"\0" * 14),
        (2, 0x8010, b"TRIP.PDF\0"),
        (2, 0x800F, b"%PDF-1.4"),
        (2, 0x9005, properties((0x1F, 0x3707, "wycieczka ż.pdf\0".encode("utf-16-le")))),
    )
    assert (found.text, found.problems) == (WORDS, ())
    assert [(e.name, e.media_type, e.content) for e in found.enclosures] == [
        ("wycieczka ż.pdf", "application/pdf", b"%PDF-1.4")
    ]


def test_packed_rich_text_of_winmail_dat_is_read() -> None:
    # The specification's own example (MS-OXRTFCP 4.1.1).
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3"
        "2068656c090020627705b06c647d0a800fa0"
    )
    found = winmail((1, 0x9003, properties((0x102, 0x1009, packed))))
    assert found.text == "hello world"


def test_winmail_dat_with_lengths_that_lie_is_kept_as_it_is() -> None:
    lying = struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BHHI", 2, 0x800F, 0, 0xFFFFFFF0)
    found = read(
        several("mixed", PLAIN + b"Hi", b"Content-Type: application/ms-tnef\r\n\r\n" + lying)
    )
    assert (found.text, found.enclosures[0].name) == ("Hi", "winmail.dat")
    assert "Outlook" in found.problems[0]
