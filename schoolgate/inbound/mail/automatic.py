"""Mail that no person wrote: automatic answers, sendings to many, and delivery reports; pure."""

import re
from email.message import Message

from schoolgate.inbound.mail import headers, parts

# How an absence note begins where the mailbox set no header: en, cy, pl, ro, fr, de, es, pt, it,
# nl, ar, ur, zh.
_AWAY = re.compile(
    r"^\s*(automatic reply|auto(matic)?[ -]?(reply|response)|out of (the )?office|"
    r"ateb awtomatig|allan o'r swyddfa|odpowiedź automatyczna|automatyczna odpowiedź|"
    r"autoodpowiedź|poza biurem|răspuns automat|réponse automatique|absent du bureau|"
    r"automatische antwort|abwesenheitsnotiz|abwesend|respuesta automática|fuera de la oficina|"
    r"resposta automática|fora do escritório|risposta automatica|fuori ufficio|"
    r"automatisch antwoord|afwezigheidsmelding|رد تلقائي|خودکار جواب|自动回复|自動回覆)\s*[:：\-–]",
    re.IGNORECASE,
)
_MESSAGE_ID = re.compile(r"(?im)^message-id:\s*(<[^<>\s]{1,900}>)")
_REPLYING_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Mail-Autoreply")


def is_automatic(message: Message, *, null_sender: bool) -> bool:
    """Whether a machine answered or reported (RFC 3834): it starts, stops and answers nothing."""
    submitted = headers.first(message, "Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if null_sender or headers.first(message, "Return-Path") == "<>":
        return True
    if any(headers.first(message, name) for name in _REPLYING_HEADERS):
        return True
    if headers.first(message, "Precedence").lower() in {"auto_reply", "auto-reply"}:
        return True
    return _AWAY.match(headers.words(message, "Subject")) is not None


def is_to_many(message: Message) -> bool:
    """Whether it came by a list or as one of many copies: a person files it, nothing answers it."""
    if headers.first(message, "List-Id") or headers.first(message, "List-Unsubscribe"):
        return True
    return headers.first(message, "Precedence").lower() in {"bulk", "junk", "list"}


def is_report(message: Message) -> bool:
    """Whether it is a report about another mail (RFC 3464)."""
    return message.get_content_type() == "multipart/report" or any(
        part.get_content_type() == "message/delivery-status" for part in parts.every(message)
    )


def failed_for_good(message: Message) -> bool:
    """Whether a report says that the mail was not delivered; a delay or a receipt is no bounce."""
    for part in parts.every(message):
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in parts.inside(part):
            if headers.first(block, "Action").lower().startswith("failed"):
                return True
    return False


def reported_id(message: Message) -> str:
    """The Message-ID of the mail that a report is about; empty when it does not say."""
    for part in parts.every(message):
        if part is message:
            continue
        if part.get_content_type() == "text/rfc822-headers":
            found = _MESSAGE_ID.search(headers.decode(parts.content_of(part), None))
            if found:
                return found[1]
        elif part.get_content_type() == "message/rfc822":
            for one in parts.inside(part):
                return next(iter(headers.message_ids(one, "Message-ID")), "")
    return ""
