# ruff: noqa: E501 - bytes are easier read on one line
"""Mails made to be slow or large for our own code, each by what it looks for; made when asked for.

What libraries read for us is kept from them by our limits: these are tried lowered (test_limits).
"""

import struct
from collections.abc import Callable

HEAD = b"From: Ewa <ewa@example.org>\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
MIXED = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
BASE64 = b"Content-Transfer-Encoding: base64\r\n\r\n"
TEXT = HEAD + b"\r\n"


def nested(number: int) -> bytes:
    """Parts in parts."""
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(number)
    )


def packed(*attributes: tuple[int, int, int, bytes]) -> bytes:
    """A winmail.dat whose lengths may lie."""
    head = HEAD + b"Content-Type: application/ms-tnef\r\n\r\n" + struct.pack("<IH", 0x223E9F78, 1)
    return head + b"".join(
        struct.pack("<BHHI", level, tag, 0, length) + value + b"\0\0"
        for level, tag, length, value in attributes
    )


def rich(content: bytes) -> bytes:
    """One block of MAPI properties with rich text in it."""
    block = struct.pack("<IHHII", 1, 0x102, 0x1009, 1, len(content)) + content
    return packed((1, 0x9003, len(block), block))


def wide(letters: bytes, charset: bytes) -> bytes:
    """A megabyte in a charset."""
    return HEAD + b"Content-Type: text/plain; charset=" + charset + b"\r\n\r\n" + letters


HOSTILE: dict[str, Callable[[], bytes]] = {
    "deeply nested": lambda: HEAD + nested(3000) + b"\r\nhello",
    "mails in mails": lambda: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    "large mails in mails": lambda: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 18
    + b"\r\n" + b"a\n" * 10_000_000,
    "a hundred thousand parts": lambda: MIXED + b"--b\r\n\r\nx\r\n" * 100_000,
    "lines that look like boundaries": lambda: MIXED + b"--bx\r\n" * 4_000_000,
    "dashes": lambda: HEAD + b"Content-Type: multipart/mixed\r\n\r\n" + b"\n--a" + b" " * 9_000_000,
    "767 KB of quotation": lambda: TEXT + b"hello\r\n" + b"> quoted words of the school\r\n" * 26_000,
    "deep quotation": lambda: TEXT + b"hello\r\n" + b"".join(
        b">" * (n % 500) + b" words\r\n" for n in range(3000)),
    "a line of a million marks": lambda: TEXT + b">" * 1_000_000,
    "attributions without end": lambda: TEXT + b"On 1 May x@y.z wrote\r\n" * 40_000,
    "attributions with an end": lambda: TEXT + b"On 1 May 2026 <x@y.z> wrote:\r\n" * 40_000,
    "attributions over lines": lambda: TEXT + b"On 1 May 2026 at 10:00\n<x@y.z>\nwrote:\nI do\n" * 9_000,
    "colons": lambda: TEXT + b"a:\n" * 100_000,
    "headers without end in the words": lambda: TEXT + b"From: a\nTo: b\n\n\n" * 30_000,
    "labels and spaces": lambda: TEXT + (b"From" + b" " * 1_900 + b"\n") * 500,
    "rules": lambda: TEXT + b"----- a ----- a -----\n" * 30_000,
    "signatures": lambda: TEXT + b"-- \nEwa\n" * 30_000,
    "telephones": lambda: TEXT + b"Sent from my sent from my sent from my sent\n" * 20_000,
    "a megabyte of headers": lambda: HEAD + b"X-Long: words\r\n" * 80_000 + b"\r\nhello",
    "a hundred thousand broken headers": lambda: HEAD + b"words\r\n" * 100_000 + b"To: a\r\n\r\nhello",
    "one endless header": lambda: HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nhi",
    "half of an encoded word": lambda: HEAD + b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\r\n\r\nhi",
    "addresses without end": lambda: b"To: " + b"<a@b.c>, " * 100_000 + b"\r\n" + HEAD + b"\r\nhello",
    "groups": lambda: HEAD + b"To: " + b"a:" * 100_000 + b"\r\n\r\nhello",
    "brackets": lambda: b"From: " + b"((((<" * 50_000 + b"\r\n\r\nhello",
    "thirty megabytes of lines": lambda: TEXT + b"\n" * 30_000_000,
    "thirty megabytes without a line": lambda: TEXT + b"a" * 30_000_000,
    "twenty-five megabytes of base64": lambda: MIXED + b"--b\r\nContent-Type: image/png\r\n" + BASE64
    + (b"QUJD" * 19 + b"\r\n") * 330_000 + b"--b--",
    "base64 words": lambda: HEAD + b"Content-Type: text/plain\r\n" + BASE64
    + (b"QUJD" * 19 + b"\r\n") * 330_000,
    "broken base64": lambda: HEAD + b"Content-Type: text/plain\r\n" + BASE64 + b"QUI=\r\n" * 600_000,
    "quoted-printable": lambda: HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    + b"=20=\r\n" * 4_000_000,
    "spaces before the end of a line": lambda: HEAD + b"Content-Transfer-Encoding: quoted-printable"
    + b"\r\n\r\n=" + b" " * 2_000_000 + b"=" + b" =" * 500_000,
    "written files": lambda: TEXT + b"begin 644 a\n" * 100_000 + b"A\n" * 1_000_000,
    "any byte": lambda: wide(bytes(range(128, 256)) * 10_000, b"x"),
    "flowed": lambda: wide(b"a \r\n" * 500_000, b"utf-8; format=flowed"),
    "enriched": lambda: HEAD + b"Content-Type: text/enriched\r\n\r\n" + b"<param><a" * 200_000,
    "pgp": lambda: TEXT + b"-----BEGIN PGP SIGNED MESSAGE-----\n-----BEGIN PGP SIGNATURE-----\n" * 16_000,
    "events": lambda: HEAD + b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\n"
    + b"DTSTART;" * 100_000,
    "rich text": lambda: HEAD + b"Content-Type: text/rtf\r\n\r\n{\\rtf1" + b"{\\b\\'e4" * 300_000,
    "winmail.dat that says it is longer": lambda: packed((2, 0x800F, 0xFFFFFFF0, b"x" * 100)),
    "winmail.dat of many files": lambda: packed(*[(2, 0x9002, 1, b"x"), (2, 0x800F, 1, b"x")] * 9_000),
    "winmail.dat that unpacks without end": lambda: rich(
        struct.pack("<II4sI", 99, 0xFFFFFFF0, b"LZFu", 0) + b"\xff" + b"\0\x0f" * 2_000_000),
    "signatures in signatures": lambda: HEAD + b"Content-Type: application/pkcs7-mime\r\n\r\n"
    + bytes.fromhex("308006092a864886f70d010702a0803080020101") + bytes.fromhex(
        "308006092a864886f70d010701a0802480") + b"\x24\x80" * 1_000_000,
}  # fmt: skip
