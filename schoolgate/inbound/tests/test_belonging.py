"""Where a mail belongs, as a table: one sign at a time."""

import pytest

from schoolgate.delivery.reply_address import ReplyTo
from schoolgate.inbound.belonging import (
    Belonging,
    Bounce,
    Facts,
    JoinThread,
    Kept,
    NewConversation,
    Reason,
    Tray,
    decide,
)
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.mail.reports import Report, Says

MOTHER, FATHER, THREAD = 1, 2, 7
PLAIN = ReadMail(sender="a@b.example", text="hello", reply="hello")
REPLY = ReadMail(sender="a@b.example", looks_like_reply=True)
FORWARD = ReadMail(sender="a@b.example", looks_like_forward=True)
FORGED = ReadMail(sender="a@b.example", authentication=Authentication.FAILED)
MINE = ReplyTo(THREAD, MOTHER)

TABLE: list[tuple[str, Facts, Belonging]] = [
    ("fresh, one carer", Facts(mail=PLAIN, senders=(MOTHER,)), NewConversation(MOTHER)),
    ("fresh, nobody", Facts(mail=PLAIN), Tray(Reason.UNKNOWN_SENDER)),
    ("fresh, two carers", Facts(mail=PLAIN, senders=(MOTHER, FATHER)), Tray(Reason.SHARED_ADDRESS)),
    ("fresh, forged", Facts(mail=FORGED, senders=(MOTHER,)), Tray(Reason.AUTHENTICATION_FAILED)),
    ("answer, no token", Facts(mail=REPLY, senders=(MOTHER,)), Tray(Reason.LOOKS_LIKE_REPLY)),
    ("passed on", Facts(mail=FORWARD, senders=(MOTHER,)), Tray(Reason.LOOKS_LIKE_FORWARD)),
    (
        "something after the plus that we did not sign",
        Facts(mail=PLAIN, senders=(MOTHER,), tagged=True),
        Tray(Reason.WRONG_REPLY_ADDRESS),
    ),
    (
        "token, its own person",
        Facts(mail=REPLY, token=MINE, tagged=True, senders=(MOTHER,), thread_is_theirs=True),
        JoinThread(THREAD, MOTHER),
    ),
    (
        "token, its own person, whatever the subject says",
        Facts(mail=FORWARD, token=MINE, tagged=True, senders=(MOTHER,), thread_is_theirs=True),
        JoinThread(THREAD, MOTHER),
    ),
    (
        "the mother's token, the father's address",
        Facts(mail=REPLY, token=MINE, tagged=True, senders=(FATHER,), thread_is_theirs=True),
        Tray(Reason.OTHERS_REPLY_ADDRESS),
    ),
    (
        "the mother's token, a stranger's address",
        Facts(mail=REPLY, token=MINE, tagged=True, thread_is_theirs=True),
        Tray(Reason.OTHERS_REPLY_ADDRESS),
    ),
    (
        "token, an address that both parents use",
        Facts(mail=REPLY, token=MINE, senders=(MOTHER, FATHER), thread_is_theirs=True),
        Tray(Reason.SHARED_ADDRESS),
    ),
    (
        "token, forged",
        Facts(mail=FORGED, token=MINE, senders=(MOTHER,), thread_is_theirs=True),
        Tray(Reason.AUTHENTICATION_FAILED),
    ),
    (
        "token, a thread that they may not see now",
        Facts(mail=REPLY, token=MINE, senders=(MOTHER,)),
        Tray(Reason.THREAD_NOT_THEIRS_NOW),
    ),
    (
        "automatic, with everything else right",
        Facts(mail=ReadMail(is_automatic=True), token=MINE, senders=(1,), thread_is_theirs=True),
        Kept(),
    ),
    (
        "a bounce with an empty sender",
        Facts(mail=ReadMail(is_automatic=True, report=Report(Says.FAILED)), null_sender=True),
        Bounce(),
    ),
    (
        "a bounce that somebody has sent",
        Facts(mail=ReadMail(is_automatic=True, report=Report(Says.FAILED))),
        Tray(Reason.REPORT_NOT_PROVEN),
    ),
    (
        "a report that says nothing clear",
        Facts(mail=ReadMail(is_automatic=True, report=Report(Says.UNCLEAR)), null_sender=True),
        Tray(Reason.REPORT_UNCLEAR),
    ),
    (
        "a report in a form of its own",
        Facts(mail=ReadMail(sender="mailer-daemon@x.example", is_automatic=True), token=MINE),
        Tray(Reason.REPORT_UNCLEAR),
    ),
    (
        "a report of a delay",
        Facts(
            mail=ReadMail(
                sender="postmaster@x.example", is_automatic=True, report=Report(Says.DELAYED)
            )
        ),
        Kept(),
    ),
    ("by a list", Facts(mail=ReadMail(is_to_many=True), senders=(1,)), Tray(Reason.TO_MANY)),
    ("unreadable", Facts(mail=ReadMail(unreadable=True)), Tray(Reason.UNREADABLE)),
]


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize(
    ("facts", "expected"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_a_mail_belongs_where_the_table_says(facts: Facts, expected: Belonging) -> None:
    assert decide(facts) == expected
