"""A mail from a mail server's pipe."""

from typing import Literal

from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.errors import CannotTakeNow, UnknownRecipient
from schoolgate.school.clock import now

Outcome = Literal["kept", "nobody", "later"]


def receive(raw: bytes, *, sender: str, to: str) -> tuple[Outcome, str]:
    """Take one mail; what became of it, and a sentence where it was not kept."""
    try:
        take(content=raw, envelope_from=sender, envelope_to=to, at=now())
    except UnknownRecipient as refusal:
        return "nobody", str(refusal)
    except CannotTakeNow as refusal:
        return "later", str(refusal)
    return "kept", ""
