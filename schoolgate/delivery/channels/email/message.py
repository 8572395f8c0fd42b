"""The bytes of one email: one recipient, ever."""

from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone

from schoolgate.delivery.channel import Letter
from schoolgate.delivery.errors import Refused


def as_bytes(letter: Letter) -> bytes:
    """The email as it goes over the wire. Raises Refused where none can be made of the letter."""
    try:
        return build(letter).as_bytes()
    except (ValueError, MessageError) as failure:
        raise Refused(f"no email can be made of it: {failure}") from failure


def build(letter: Letter) -> EmailMessage:
    """A plain-text message with a Reply-To that belongs to one thread and one person."""
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(timezone.now())
    message["From"] = Address(display_name=letter.sender_name, addr_spec=letter.sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Reply-To"] = Address(display_name=letter.sender_name, addr_spec=letter.reply_to)
    message["Subject"] = " ".join(letter.subject.split())
    if letter.answers:
        message["In-Reply-To"] = letter.answers
    references = " ".join(filter(None, [letter.thread_id, letter.answers]))
    if references:
        message["References"] = references
    if letter.automatic:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text, cte="quoted-printable")
    return message
