"""A mixed corpus of mails as a school gets them: answers, HTML, files, broken ones, bounces."""

import base64
from email.message import EmailMessage

from schoolgate.inbound.tests.replies import Reply, replies
from schoolgate.inbound.tests.tongues import TONGUES

PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400  # 100 KB


def corpus() -> list[bytes]:
    """About nine hundred mails; six in ten are answers, three of them with HTML."""
    mails = [one.raw for one in replies()]
    mails += [both(one) for one in replies() if one.text]
    mails += [with_file(number) for number in range(60)]
    mails += [broken(number) for number in range(60)]
    mails += [bounced(f"<{n}@school.example.org>") for n in range(40)]
    return mails


def both(reply: Reply) -> bytes:
    """Words and their HTML twin, dressed as programs dress it."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ewa <ewa@example.org>", "in@school.example.org"
    mail["Subject"], mail["References"] = "Re: Zażółć", "<1@school.example.org>"
    mail.set_content(reply.text)
    rows = "".join(
        f'<p class="MsoNormal" style="margin:0cm;font-size:11pt"><span lang="cy">{line}</span></p>'
        for line in reply.text.split("\n")
    )
    style = "<style>p.MsoNormal{margin:0;font-family:sans-serif}</style>" * 20
    mail.add_alternative(f"<html><head>{style}</head><body>{rows}</body></html>", subtype="html")
    return mail.as_bytes()


def with_file(number: int) -> bytes:
    """A photograph and a few words."""
    words = list(TONGUES.values())[number % len(TONGUES)].answer
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "ewa@example.org",
        "in@school.example.org",
        "Photo 📷",
    )
    mail.set_content(words)
    mail.add_attachment(PICTURE, maintype="image", subtype="jpeg", filename="zdjęcie.jpg")
    return mail.as_bytes()


def bounced(message_id: str) -> bytes:
    """A delivery report (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@example.org\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\n"
        "It could not be delivered.\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; a@example.org\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {message_id}\r\n\r\n--b--\r\n"
    ).encode()


def broken(number: int) -> bytes:
    """A charset, a coding or a boundary that is not what is said."""
    words = list(TONGUES.values())[number % len(TONGUES)].answer
    head = b"From: ewa@example.org\r\nSubject: =?utf-8?q?Za=C5=BC?=\r\nMIME-Version: 1.0\r\n"
    match number % 4:
        case 0:
            charset = b"Content-Type: text/plain; charset=us-ascii\r\n\r\n"
            return head + charset + words.encode("gb18030")
        case 1:
            return (
                head
                + b"Content-Transfer-Encoding: base64\r\n\r\n"
                + base64.b64encode(words.encode()).rstrip(b"=")
                + b"!"
            )
        case 2:
            mixed = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
            return head + mixed + b"--c\r\nContent-Type: text/plain\r\n\r\n" + words.encode()
        case _:
            return head + b"Content-Type: text/html\r\n\r\n<div><p>" + words.encode("utf-16")
