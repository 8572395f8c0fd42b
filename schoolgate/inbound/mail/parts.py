"""The tree of a mail's parts; pure."""

from email.message import Message

MOST = 100


def inside(part: Message) -> list[Message]:
    """The parts directly inside a part; none where it has content of its own."""
    # Asking a part that has content of its own can fail over its charset.
    inner = part.get_payload() if part.is_multipart() else []
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def content_of(part: Message) -> bytes:
    """The bytes of a part, its transfer coding undone; none where that can't be."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def every(message: Message) -> list[Message]:
    """A mail and its parts, outer ones first; a delivery report's blocks are not parts."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MOST:
        part = waiting.pop(0)
        found.append(part)
        if part.get_content_type() != "message/delivery-status":
            waiting.extend(inside(part))
    return found
