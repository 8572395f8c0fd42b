"""Mails and calls from outside, as a mail host and a telephone exchange hand them over."""

import hashlib
import json
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from uuid import uuid4

from schoolgate.drill.stage import Stage
from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.actions.taking_voicemails import take_voicemail
from schoolgate.inbound.authenticating import Checked
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.models import Arrival
from schoolgate.school.files import name_of
from schoolgate.school.tenancy import see

WORDS = "Where do we live now? Please write down the street, and send the letter there."
SUBJECT = "Our address"


def mail_comes(
    stage: Stage, sender: tuple[str, str], at: datetime, *, is_theirs: bool = True
) -> Arrival | None:
    """A mail in raw bytes from a name and address (UTC); what became of it.

    `is_theirs`: whether the sender's own domain stands by it; no name server is asked.
    """
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = formataddr(sender), _to(stage), SUBJECT
    mail["Date"], mail["Message-ID"] = format_datetime(at), f"<{uuid4().hex}@drill.invalid>"
    mail.set_content(WORDS)
    known = Authentication.PASSED if is_theirs else Authentication.FAILED
    content = _noted(stage, mail.as_bytes())
    came = take(
        content=content,
        envelope_from=sender[1],
        envelope_to=_to(stage),
        at=at,
        checked=Checked(known),
    )
    see(school_id=stage.school.pk)
    return came


def voicemail_comes(stage: Stage, number: str, at: datetime) -> Arrival | None:
    """Somebody has rung from a number and spoken; what a telephone exchange reports of it (UTC)."""
    said = {"id": uuid4().hex, "from": number, "transcript": WORDS, "seconds": 9}
    content = _noted(stage, json.dumps(said).encode())
    came = take_voicemail(school=stage.school, provider="https", content=content, at=at)
    see(school_id=stage.school.pk)
    return came


def _noted(stage: Stage, content: bytes) -> bytes:
    """Bytes that will lie in the storage of files, where no transaction takes them back."""
    stage.stored.append(name_of(stage.school.pk, hashlib.sha256(content).hexdigest()))
    return content


def _to(stage: Stage) -> str:
    return stage.school.inbound_address
