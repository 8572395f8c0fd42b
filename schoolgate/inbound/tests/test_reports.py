"""Reports of odd form are failures where their words say so; else a person looks."""

import pytest

from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.mail.reading import read
from schoolgate.inbound.mail.reports import Says
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.mails import bounced
from schoolgate.inbound.tests.taking import of_tray, taken
from schoolgate.rehearsal.cast import Cast

FROM, ABOUT = "From: Mail System <MAILER-DAEMON@mx.example.net>", "<abc@school.example>"
FAILS = "I'm sorry, your message could not be delivered."


def says(mail: bytes) -> Says | None:
    """What a report says, where it is one."""
    report = read(mail, null_sender=True).report
    return report.says if report else None


def without(mail: bytes, *lines: bytes) -> bytes:
    """A report that lacks some lines."""
    for line in lines:
        assert line in mail
        mail = mail.replace(line, b"")
    return mail


def plain(subject: str, words: str, *headers: str, sender: str = FROM) -> bytes:
    """A report without any parts."""
    head = "\n".join([sender, "To: in@school.example", f"Subject: {subject}", *headers])
    return f"{head}\nMessage-ID: <1@mx.example.net>\n\n{words}\n".encode()


@pytest.mark.parametrize(
    ("action", "expected"),
    [("failed", Says.FAILED), ("failure", Says.FAILED), ("error", Says.FAILED),
     ("Failed (permanent)", Says.FAILED), ("delayed", Says.DELAYED), ("delivered", Says.OTHER),
     ("relayed", Says.OTHER), ("expanded", Says.OTHER), ("unheard-of", Says.FAILED)],
)  # fmt: skip
def test_an_action_of_whatever_word_is_read(action: str, expected: Says) -> None:
    assert says(bounced("in@school.example", ABOUT, action=action)) == expected


def test_without_an_action_the_status_says_it_and_without_one_the_words() -> None:
    mail = bounced("in@school.example", ABOUT)
    mute = without(mail, b"Action: failed\n")
    assert says(mute) == Says.FAILED
    assert says(mute.replace(b"Status: 5.1.1", b"Status: 4.4.1")) == Says.DELAYED
    assert says(mute.replace(b"Status: 5.1.1", b"Diagnostic-Code: smtp; 550 no")) == Says.FAILED
    wordless = without(mute, b"Status: 5.1.1\n")
    assert says(wordless) == Says.FAILED
    silent = without(wordless, FAILS.encode()).replace(b"Undelivered Mail Returned", b"Mail")
    assert says(silent) == Says.UNCLEAR


def test_a_report_without_a_part_that_says_how_it_went_is_read_by_its_words() -> None:
    mail = bounced("in@school.example", ABOUT)
    start, end = (
        mail.index(b"--b\nContent-Type: message/delivery"),
        mail.index(b"--b\nContent-Type: text/rfc"),
    )  # noqa: E501
    cut = mail[:start] + mail[end:]
    assert says(cut) == Says.FAILED
    mute = without(cut, FAILS.encode()).replace(b"Undelivered Mail Returned to Sender", b"Hello")
    assert says(mute) == Says.UNCLEAR


def test_only_a_header_of_failed_recipients_is_a_failure() -> None:
    failed = plain("A note", "See above.", "X-Failed-Recipients: nina@example.org")
    report = read(failed, null_sender=True).report
    assert report and (report.says, report.addresses) == (Says.FAILED, ("nina@example.org",))
    waits = plain("Warning: delayed", "We will keep trying.", "X-Failed-Recipients: n@example.org")
    assert says(waits) == Says.DELAYED


@pytest.mark.parametrize(
    ("subject", "words"),
    [("Undeliverable: Today", "."), ("failure notice", "."), ("Unzustellbar: Heute", "."),
     ("Mail", "Ihre Nachricht wurde nicht zugestellt."), ("Zwrot", "Wiadomość niedostarczona."),
     ("Mail", "Su mensaje no se pudo entregar."), ("Mail", "Mesajul nu a putut fi livrat."),
     ("Returned mail: see transcript", "."), ("x", "Your email has been blocked by policy."),
     ("Message", "Message non remis."), ("x", "Uw bericht is niet bezorgd.")],
)  # fmt: skip
def test_a_report_from_anybody_without_a_sender_is_read_by_its_words(
    subject: str, words: str
) -> None:
    sender = "From: Email Security <security@mx.example.net>"
    assert says(plain(subject, words, "Auto-Submitted: auto-replied", sender=sender)) == Says.FAILED


def test_an_absence_note_is_no_report() -> None:
    note = plain("Automatic reply: Today", "I am away.", "Auto-Submitted: auto-replied",
                 sender="From: nina@example.org")  # fmt: skip
    assert says(note) is None
    assert read(note, null_sender=True).is_automatic


@pytest.mark.parametrize("sender", [FROM, "From: Filter <filter@mx.example.net>"])
def test_what_nobody_can_read_is_never_kept_in_silence(medway: Cast, sender: str) -> None:
    told = plain("Notice 7", "Code 17.", sender=sender)
    assert of_tray(taken(medway, told, sender="")).reason == Reason.REPORT_UNCLEAR


def test_a_read_receipt_says_that_it_arrived(medway: Cast) -> None:
    mail = bounced(medway.school.inbound_address, ABOUT)
    mail = mail.replace(b"report-type=delivery-status", b"report-type=disposition-notification")
    mail = mail.replace(b"message/delivery-status", b"message/disposition-notification")
    assert says(mail) == Says.OTHER
    assert taken(medway, mail, sender="").became == Arrival.Became.KEPT
