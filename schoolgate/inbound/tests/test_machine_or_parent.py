"""Machine or parent: a subject alone makes no machine, and what a rule passes on is a person's."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import smtplib
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from schoolgate.inbound.mail.reading import read
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.mails import bounced, from_carer, written
from schoolgate.inbound.tests.sockets import listening
from schoolgate.inbound.tests.taking import taken
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import one_school

# What parents write over an absence, in the languages of absence notes.
ABSENCES = [
    "Nieobecność: Leila", "Nieobecność", "Afwezig: Leila", "Abwesend - Leila", "Absent du bureau",
    "Out of office", "Automatic reply: Leila is ill", "Nieobecność w biurze", "Ausência temporária",
    "Allan o'r swyddfa", "În afara biroului", "Fuori sede", "خارج المكتب", "不在办公室",
]  # fmt: skip
RULE = {
    "Auto_Submitted": "auto-generated",
    "X_MS_Exchange_Generated_Message_Source": "Mailbox Rules Agent",
    "X_MS_Exchange_Inbox_Rules_Loop": "hannah@example.org",
}


@pytest.mark.parametrize("subject", ABSENCES)
@pytest.mark.parametrize("answers", [False, True])
def test_a_subject_alone_never_makes_a_machine(medway: Cast, subject: str, answers: bool) -> None:
    if answers and subject.startswith("Automatic"):
        return  # what no parent writes over an answer
    mail = written(
        from_carer(medway, "nina"),
        medway.school.inbound_address,
        subject=subject,
        **({"In_Reply_To": "<x@school.example>"} if answers else {}),
    )
    assert not read(mail).is_automatic
    assert taken(medway, mail).became != Arrival.Became.KEPT


def test_an_absence_in_a_parents_subject_is_for_today(medway: Cast) -> None:
    mail = written(
        from_carer(medway, "ewa"),
        medway.school.inbound_address,
        subject="Nieobecność: Kuba",
        body="Kuba jest chory.",
    )
    arrival = taken(medway, mail)
    assert arrival.conversation
    assert [one.kind for one in arrival.conversation.matters.all()] == ["absence"]


@pytest.mark.parametrize("null_sender", [False, True])
def test_what_a_rule_of_microsoft_365_passes_on_is_its_writers(
    medway: Cast, null_sender: bool
) -> None:
    mail = written(from_carer(medway, "nina"), medway.school.inbound_address, subject="Bus", **RULE)
    assert not read(mail, null_sender=null_sender).is_automatic
    arrival = taken(medway, mail, sender="" if null_sender else "x@example.net")
    assert arrival.became == Arrival.Became.CONVERSATION


@pytest.mark.parametrize(
    "more", [{"subject": "Automatic reply: Bus"}, {"X_Auto_Response_Suppress": "All"}]
)
def test_an_absence_note_that_a_rule_writes_stays_a_machines(more: dict[str, str]) -> None:
    mail = written("nina@example.org", "in@school.example", **{**RULE, **more})
    assert read(mail, null_sender=True).is_automatic
    assert read(mail, null_sender=False).is_automatic


def test_what_comes_without_a_sender_and_says_no_machine_wrote_it_is_looked_at(
    medway: Cast,
) -> None:
    mail = written(from_carer(medway, "nina"), medway.school.inbound_address)
    assert taken(medway, mail, sender="").became == Arrival.Became.TRAY


@pytest.mark.django_db(transaction=True)
def test_an_empty_sender_is_an_empty_sender_over_a_real_socket(tmp_path: Path) -> None:
    with transaction.atomic():
        there = assemble("medway-green", timezone.now())
    ours = there.school.inbound_address
    with listening(tmp_path) as listener, smtplib.SMTP("127.0.0.1", listener.port) as server:
        server.sendmail("", ours, bounced(ours, "<a@b.example>"))
        rule = written(from_carer(there, "nina"), ours, subject="Bus", **RULE)
        server.sendmail("", ours, rule)
        server.sendmail("nina@example.org", ours, bounced(ours, "<c@d.example>", own="2"))
    with one_school(there.school.pk):
        rows = Arrival.objects.order_by("pk").values_list(
            "envelope_from", "became", "tray_item__reason"
        )
        assert list(rows) == [
            ("", "tray", "report of nothing known"),
            ("", "conversation", None),
            ("nina@example.org", "tray", "report not proven"),
        ]
