"""A group that writes its own address into From, as Google's do for domains with DMARC; pure."""

from email.message import Message

from schoolgate.inbound.mail import headers

_WRITERS = ("X-Original-Sender", "X-Original-From", "Reply-To")


def writer_behind(message: Message, sender: str) -> str:
    """Who wrote to a group whose address stands in From; nobody where it is the writer's own.

    Anybody can write such headers: the address proves nothing by itself.
    """
    if not headers.first(message, "List-Id") or not _is_the_groups(message, sender):
        return ""
    told = (address for name in _WRITERS for _, address in headers.addresses(message, name)[:1])
    return next((address for address in told if address != sender), "")


def _is_the_groups(message: Message, sender: str) -> bool:
    """Whether From is where the group takes its mail."""
    named = [address for _, address in headers.addresses(message, "Mailing-list")]
    named += [one for _, one in headers.addresses(message, "List-Post")]
    words = headers.words(message, "From").lower()
    return bool(sender) and (sender in named or " via " in words)
