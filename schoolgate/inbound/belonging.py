"""Where a mail belongs; pure, and the only place that says so (Clause 2.2-T5, threat T1).

Only the signed reply address decides the thread, and only for the person it was made for. A subject
never decides. What is not certain goes to the tray with its reason, and nothing is answered there.
"""

from dataclasses import dataclass
from enum import StrEnum

from schoolgate.delivery.reply_address import ReplyTo
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.mail.reports import Report, Says


class Reason(StrEnum):
    """Why a person has to look."""

    UNREADABLE = "unreadable"
    UNKNOWN_SENDER = "unknown sender"
    SHARED_ADDRESS = "shared address"
    OTHERS_REPLY_ADDRESS = "others reply address"
    WRONG_REPLY_ADDRESS = "wrong reply address"
    THREAD_NOT_THEIRS_NOW = "thread not theirs now"
    AUTHENTICATION_FAILED = "authentication failed"
    LOOKS_LIKE_REPLY = "looks like reply"
    LOOKS_LIKE_FORWARD = "looks like forward"
    TO_MANY = "to many"
    REPORT_OF_NOTHING_KNOWN = "report of nothing known"
    REPORT_NOT_PROVEN = "report not proven"
    REPORT_UNCLEAR = "report unclear"
    NOT_TAKEN_BY_ITSELF = "not taken by itself"
    UNKNOWN_NUMBER = "unknown number"
    SHARED_NUMBER = "shared number"
    NO_NUMBER = "no number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about one mail; carers and thread are their numbers."""

    mail: ReadMail
    token: ReplyTo | None = None
    tagged: bool = False  # the address carries something after a plus
    senders: tuple[int, ...] = ()  # the current carers who use the sender's address
    # The token's carer owns that thread, or was sent that, and may see it now.
    thread_is_theirs: bool = False
    # Nobody stands in the envelope: so servers send reports, and no person can be told to have.
    null_sender: bool = False


@dataclass(frozen=True, slots=True)
class JoinThread:
    """One more message in a thread, from the carer it was made for."""

    thread: int
    carer: int


@dataclass(frozen=True, slots=True)
class AnswerToMany:
    """One family's answer to something that went to many: a thread of that family's own."""

    content: int
    carer: int


@dataclass(frozen=True, slots=True)
class NewConversation:
    """A fresh matter from one current carer."""

    carer: int


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail of ours came back."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Somebody told their provider that a mail of ours is spam."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A machine wrote it: it is stored, and starts, stops and answers nothing."""


@dataclass(frozen=True, slots=True)
class Tray:
    """A person files it."""

    reason: Reason


Belonging = JoinThread | AnswerToMany | NewConversation | Bounce | Complaint | Kept | Tray


def decide(facts: Facts) -> Belonging:
    """Where one mail belongs."""
    mail = facts.mail
    if mail.unreadable:
        return Tray(Reason.UNREADABLE)
    if mail.report:
        return _of_report(mail.report, proven=facts.null_sender)
    if mail.is_automatic and _is_from_a_mail_server(mail):
        # A report in a form that we can't read may say that a reply has not arrived.
        return Tray(Reason.REPORT_UNCLEAR)
    if mail.is_automatic:
        return Kept()
    if mail.is_to_many and not _is_of_a_family(facts):
        return Tray(Reason.TO_MANY)
    if facts.token:
        return _with_token(facts, facts.token)
    return _without_token(facts)


def _of_report(report: Report, *, proven: bool) -> Bounce | Complaint | Kept | Tray:
    """That a mail of ours came back changes a family's route: any sender but a server is doubted.

    Of which mail, and whether it is ours, is asked after that (`queries.reported_parcel`).
    """
    if report.says == Says.FAILED:
        return Bounce() if proven else Tray(Reason.REPORT_NOT_PROVEN)
    if report.says == Says.UNCLEAR:
        return Tray(Reason.REPORT_UNCLEAR)
    return Complaint() if report.says == Says.COMPLAINT else Kept()


def _is_from_a_mail_server(mail: ReadMail) -> bool:
    return mail.sender.partition("@")[0] in {"mailer-daemon", "postmaster"}


def _is_of_a_family(facts: Facts) -> bool:
    """Whether what a group carried is a parent's: by our signed address, or by a proven sender."""
    if facts.token:
        return facts.token.carer in facts.senders
    return bool(facts.senders) and facts.mail.authentication == Authentication.PASSED


def _with_token(facts: Facts, token: ReplyTo) -> JoinThread | AnswerToMany | Tray:
    if token.carer not in facts.senders:
        return Tray(Reason.OTHERS_REPLY_ADDRESS)
    if len(facts.senders) > 1:
        # Two people write from this address: which of them did can't be told.
        return Tray(Reason.SHARED_ADDRESS)
    if facts.mail.authentication == Authentication.FAILED:
        return Tray(Reason.AUTHENTICATION_FAILED)
    if not facts.thread_is_theirs:
        return Tray(Reason.THREAD_NOT_THEIRS_NOW)
    if token.content is not None:
        return AnswerToMany(token.content, token.carer)
    return JoinThread(token.thread or 0, token.carer)


def _without_token(facts: Facts) -> NewConversation | Tray:
    mail = facts.mail
    if not facts.senders:
        return Tray(Reason.UNKNOWN_SENDER)
    if len(facts.senders) > 1:
        return Tray(Reason.SHARED_ADDRESS)
    if mail.authentication == Authentication.FAILED:
        return Tray(Reason.AUTHENTICATION_FAILED)
    if facts.tagged:
        return Tray(Reason.WRONG_REPLY_ADDRESS)
    proven = mail.authentication == Authentication.PASSED
    if mail.looks_like_forward and not (mail.carried_on and proven):
        return Tray(Reason.LOOKS_LIKE_FORWARD)
    if mail.looks_like_reply:
        return Tray(Reason.LOOKS_LIKE_REPLY)
    return NewConversation(facts.senders[0])
