"""The tree of a mail's parts; pure."""

from email.message import Message

MOST = 100


def inside(part: Message) -> list[Message]:
    """The parts directly inside a part; none where it has content of its own."""
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


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
