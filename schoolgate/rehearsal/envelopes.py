"""Every email that a fake takes is looked at: one recipient outside, the same one inside."""

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage


def to_one_person(content: bytes, recipients: Sequence[str]) -> EmailMessage:
    """The email, when it goes to one person and names nobody else (threat T8).

    Raises AssertionError.
    """
    email = message_from_bytes(content, policy=policy.default)
    assert isinstance(email, EmailMessage)
    named = [str(one) for name in ("To", "Cc", "Bcc") for one in email.get_all(name, [])]
    assert len(recipients) == 1, f"an envelope with {len(recipients)} recipients"
    assert named == [recipients[0]], f"an email to {named} in an envelope to {recipients}"
    return email


def plain_words(email: EmailMessage) -> str:
    """What stands in an email for those who read no HTML."""
    body = email.get_body(("plain",))
    assert body is not None, "an email without plain words"
    return str(body.get_content())
