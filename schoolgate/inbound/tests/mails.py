"""Mails as families' programs write them, for the tests of this room."""

from email.message import EmailMessage
from email.utils import make_msgid

from schoolgate.delivery import reply_address
from schoolgate.rehearsal.cast import Cast, address

BOUNCE = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: Mon, 23 Nov 2026 10:00:00 +0000
Message-ID: <{own}@mx.example.net>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry, your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; nina@example.org
Action: {action}
Status: 5.1.1
--b
Content-Type: text/rfc822-headers

Message-ID: {about}
Subject: Re: A message from home
--b--
"""


def written(
    sender: str, to: str, body: str = "How was today?", subject: str = "Today", **more: str
) -> bytes:
    """A plain mail; further headers with underscores for hyphens."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = "Mon, 23 Nov 2026 09:58:00 +0000"
    mail["Message-ID"] = more.pop("message_id", make_msgid(domain="phone.example.net"))
    for name, value in more.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    return mail.as_bytes()


def bounced(to: str, about: str, action: str = "failed", own: str = "1") -> bytes:
    """A delivery report about one of our mails."""
    return BOUNCE.format(to=to, about=about, action=action, own=own).encode()


def from_carer(cast: Cast, key: str) -> str:
    """The address that a carer writes from."""
    return address(key, cast.school)


def reply_to(cast: Cast, thread: int, key: str) -> str:
    """The signed reply address of one thread for one carer."""
    return reply_address.make(
        inbound_address=cast.school.inbound_address, thread=thread, carer=cast.carers[key].pk
    )
