"""Reports about our own mail: it came back, it is delayed, or somebody called it spam; pure.

RFC 3464 and RFC 5965, and by flufl.bounce the odd ones that mail servers wrote before or beside
them. Only what a server sent is a report: a report that a person passes on is that person's mail.
"""

import re
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from flufl.bounce import all_failures

from schoolgate.inbound.mail import automatic, headers, parts

MOST_SCANNED = 100_000  # bytes of an odd report that are looked through
LONGEST_REASON = 200
_MESSAGE_ID = re.compile(r"(?im)^[> \t]*message-id:\s*(<[^<>\s]{1,900}>)")
_SERVERS = frozenset({"mailer-daemon", "postmaster", "mdaemon", "mail-daemon", "postmast"})
_ABUSE = frozenset(
    {"abuse", "fraud", "virus", "other", "opt-out", "opt-out-list", "miscategorized"}
)


# How servers say it where they say it in no field: en, de, fr, es, pt, it, nl, pl, ro, cy, ru.
_FAILED_WORDS = re.compile(
    r"undeliver|non-?deliver|not (?:be )?(?:been )?deliver|(?:delivery|mail|message)[\w ]{0,20} "
    r"fail|fail\w* (?:delivery|notice|mail)|returned mail|returning message|returned to sender|"
    r"(?:wasn.t|couldn.t|unable|not able) (?:to |be )?deliver|permanent(?:ly)? (?:error|fail)|"
    r"address (?:not found|rejected)|no such (?:user|address)|user unknown|mailbox full|"
    r"has been (?:blocked|rejected|refused)|unzustellbar|nicht zugestellt|non remis|"
    r"échec de (?:la )?remise|no se (?:pudo|ha podido) entregar|no entregado|"
    r"não (?:entregue|pôde ser entregue)|"
    r"mancata consegna|non recapit|niet (?:bezorgd|afgeleverd)|onbestelbaar|niedostarcz|"
    r"nie (?:został\w* )?dostarcz|nu a (?:putut fi )?livrat|heb ei ddanfon|не доставлен",
    re.IGNORECASE,
)
_DELAYED_WORDS = re.compile(
    r"delayed|delivery (?:is )?(?:temporar|incomplete)|not yet been deliver|"
    r"still (?:being )?(?:trying|retr)|will (?:keep|continue|be) (?:on )?(?:try|retr)|"
    r"do not need to resend|verzögert|retardé|opóźni",
    re.IGNORECASE,
)
_FAILED_ACTIONS = ("fail", "error", "expired", "bounce", "undeliver", "reject")
_FIELDS = ("Action", "Status", "Diagnostic-Code", "Final-Recipient", "Original-Recipient")


class Says(StrEnum):
    """What a report says of a mail."""

    FAILED = "failed"
    DELAYED = "delayed"
    COMPLAINT = "complaint"
    OTHER = "other"  # it arrived, or somebody has opened it
    UNCLEAR = "unclear"  # a person looks


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says, about which of our mails and whose address."""

    says: Says
    about: str = ""
    addresses: tuple[str, ...] = ()
    because: str = ""


def is_from_a_server(message: Message, *, null_sender: bool) -> bool:
    """Whether a mail server wrote it, as far as can be seen."""
    if null_sender or headers.first(message, "Return-Path") == "<>":
        return True
    writers = headers.addresses(message, "From")
    return any(address.partition("@")[0] in _SERVERS for _, address in writers)


def report_in(message: Message, *, null_sender: bool) -> Report | None:
    """The report that a mail is; nothing for every other mail."""
    if automatic.is_passed_on_by_a_rule(message):
        return None
    by_server = is_from_a_server(message, null_sender=null_sender)
    if message.get_content_type() == "multipart/report" or (by_server and _status_parts(message)):
        return _by_standard(message)
    return _odd(message) if by_server else None


def _by_standard(message: Message) -> Report:
    about = reported_id(message)
    complaint = next((one for one in _parts_of(message, "message/feedback-report")), None)
    if complaint is not None:
        kind = _feedback_type(complaint)
        return Report(Says.COMPLAINT if kind in _ABUSE else Says.OTHER, about)
    if _parts_of(message, "message/disposition-notification"):
        return Report(Says.OTHER, about)
    blocks = [block for part in _status_parts(message) for block in parts.inside(part)]
    blocks = [one for one in blocks if any(headers.first(one, name) for name in _FIELDS)]
    told = [(one, _says_of(one)) for one in blocks]
    failed = [one for one, says in told if says == Says.FAILED]
    if failed:
        return Report(Says.FAILED, about, _addresses(failed), _reason(failed[0]))
    said = {says for _one, says in told}
    if Says.DELAYED in said:
        return Report(Says.DELAYED, about, _addresses(blocks))
    if said == {Says.OTHER}:
        return Report(Says.OTHER, about, _addresses(blocks))
    return Report(_by_words(message), about, _addresses(blocks) or _failed_recipients(message))


def _says_of(block: Message) -> Says:
    """What the fields of one recipient say; unclear where none that we know says it."""
    action = headers.first(block, "Action").lower()
    if action.startswith(_FAILED_ACTIONS):
        return Says.FAILED
    if action.startswith("delay"):
        return Says.DELAYED
    if action.startswith(("deliver", "relay", "expand")):
        return Says.OTHER
    code = headers.first(block, "Diagnostic-Code").rpartition(";")[2].strip()
    kind = headers.first(block, "Status")[:1] or code[:1]
    return {"5": Says.FAILED, "4": Says.DELAYED, "2": Says.OTHER}.get(kind, Says.UNCLEAR)


def _by_words(message: Message) -> Says:
    """A failure where its words say so; what only waits is none yet."""
    subject = headers.words(message, "Subject")
    words = f"{subject}\n{_text_of(message)[:MOST_SCANNED]}"
    if _DELAYED_WORDS.search(words):
        return Says.DELAYED
    return Says.FAILED if _FAILED_WORDS.search(words) else Says.UNCLEAR


def _odd(message: Message) -> Report | None:
    """A report in a form of its server's own; nothing for what a machine answers in words."""
    about, named = reported_id(message), _failed_recipients(message)
    says = _by_words(message)
    if named:
        return Report(Says.DELAYED if says == Says.DELAYED else Says.FAILED, about, named)
    found = _by_their_forms(message)
    if found:
        return Report(found[0], about, found[1])
    if automatic.says_so(message) and not about and says == Says.UNCLEAR:
        return None  # an absence note
    return Report(says, about)


def _by_their_forms(message: Message) -> tuple[Says, tuple[str, ...]] | None:
    """What flufl.bounce makes of it, and of whose address."""
    if len(_text_of(message)) > MOST_SCANNED:
        return None
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 - its many guesses may trip over any bytes; then a person looks
        return None
    addresses = tuple(sorted(one.decode("ascii", "replace").lower() for one in permanent))
    if addresses:
        return Says.FAILED, addresses
    return (Says.DELAYED, ()) if temporary else None


def _failed_recipients(message: Message) -> tuple[str, ...]:
    """Exim names them in a header."""
    return tuple(address for _, address in headers.addresses(message, "X-Failed-Recipients"))


def reported_id(message: Message) -> str:
    """The Message-ID of the mail that a report is about; empty when it does not say."""
    for part in parts.every(message):
        if part is message:
            continue
        if part.get_content_type() in {"text/rfc822-headers", "message/rfc822-headers"}:
            found = _MESSAGE_ID.search(headers.decode(parts.content_of(part), None))
            if found:
                return found[1]
        elif part.get_content_type() == "message/rfc822":
            for one in parts.inside(part):
                return next(iter(headers.message_ids(one, "Message-ID")), "")
    found = _MESSAGE_ID.search(_text_of(message)[:MOST_SCANNED])
    return found[1] if found else ""


def _text_of(message: Message) -> str:
    texts = [one for one in parts.every(message)[:10] if one.get_content_type() == "text/plain"]
    return "\n".join(headers.decode(parts.content_of(one), None) for one in texts)


def _status_parts(message: Message) -> list[Message]:
    return _parts_of(message, "message/delivery-status")


def _parts_of(message: Message, kind: str) -> list[Message]:
    """The parts right inside it: what is in a mail within it belongs to that mail."""
    return [one for one in parts.inside(message) if one.get_content_type() == kind]


def _feedback_type(part: Message) -> str:
    words = [headers.first(one, "Feedback-Type") for one in [*parts.inside(part), part]]
    told = next((word for word in words if word), "")
    if not told:
        found = re.search(rb"(?im)^feedback-type:\s*([a-z-]+)", parts.content_of(part)[:4000])
        told = found[1].decode() if found else "abuse"
    return told.lower()


def _addresses(blocks: list[Message]) -> tuple[str, ...]:
    told = [
        headers.first(block, name).rpartition(";")[2].strip(" <>").lower()
        for block in blocks
        for name in ("Original-Recipient", "Final-Recipient")
    ]
    return tuple(dict.fromkeys(one for one in told if "@" in one and len(one) <= 254))


def _reason(block: Message) -> str:
    said = headers.first(block, "Diagnostic-Code").partition(";")[2]
    words = headers.one_line(said) or headers.one_line(headers.first(block, "Status"))
    return words[:LONGEST_REASON]
