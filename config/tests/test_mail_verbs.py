"""`read-email` needs no database; `receive-email` ends as a mail server's pipe expects."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config.tests.verbs import ROOT, START, schoolgate
from schoolgate.conversations.models import Conversation
from schoolgate.inbound.tests.mails import from_carer, written
from schoolgate.rehearsal.cast import assemble
from schoolgate.school.tenancy import one_school

MAIL = written(
    "Ewa <ewa@example.org>",
    "in@school.example",
    body="Dziękuję!\n\nW dniu 23.11.2026 o 10:00 Priya <in@school.example> napisał(a):\n> Hej",
    subject="Re: Dziś",
    message_id="<1@phone.example>",
)


def piped(*words: str, content: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a verb as a mail server's pipe does."""
    return subprocess.run(
        [sys.executable, "-c", START, *words],
        cwd=ROOT,
        input=content,
        env={**os.environ, "SCHOOLGATE_SECRET_KEY": settings.SECRET_KEY, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_read_email_prints_one_object(tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(MAIL)
    done = piped("read-email", str(file), "--json", content=b"", DATABASE_URL="postgresql:///none")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["from"] == "ewa@example.org"
    assert found["to"] == ["in@school.example"]
    assert (found["subject"], found["reply"]) == ("Re: Dziś", "Dziękuję!")
    assert found["text"].endswith("> Hej")
    assert (found["kind"], found["message_id"]) == ("message", "<1@phone.example>")
    assert (found["attachments"], found["problems"]) == ([], [])
    keys = "from to subject text reply kind attachments message_id problems"
    assert list(found) == keys.split()


def test_read_email_prints_utf_8_wherever_it_runs() -> None:
    done = piped("read-email", "--json", content=MAIL, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode())["subject"] == "Re: Dziś"


def test_read_email_says_why_a_folder_is_no_mail(tmp_path: Path) -> None:
    said = schoolgate("read-email", str(tmp_path))
    assert (said.code, said.err) == (1, f"{tmp_path} can't be opened: Is a directory.\n")


@pytest.mark.parametrize("content", [b"", b"\0\xff" * 999, b"\r\n\r\n", bytes(range(256)) * 9])
def test_read_email_never_fails_on_bytes(content: bytes) -> None:
    done = piped("read-email", "--json", content=content)
    assert done.returncode == 0
    assert json.loads(done.stdout)["kind"] == "unreadable"


def test_read_email_says_so_when_there_is_no_such_file() -> None:
    said = schoolgate("read-email", "/nowhere.eml")
    assert said.code == 1
    assert said.err == "/nowhere.eml can't be opened: No such file or directory.\n"


def test_read_email_shows_a_mail_to_a_person() -> None:
    done = piped("read-email", content=MAIL)
    assert "Dziękuję!" in done.stdout.decode()
    assert "> Hej" not in done.stdout.decode()


def test_receive_email_ends_with_0_after_commit_and_67_for_nobody(
    transactional_db: None, tmp_path: Path
) -> None:
    with transaction.atomic():
        cast = assemble("medway-green", timezone.now() - timedelta(days=1))
    nina, ours = from_carer(cast, "nina"), cast.school.inbound_address
    data = {"SCHOOLGATE_DATA": str(tmp_path)}
    done = piped("receive-email", "--to", ours, "--from", nina, content=written(nina, ours), **data)
    assert (done.returncode, done.stderr) == (0, b"")
    with one_school(cast.school.pk):
        assert Conversation.objects.get().carer == cast.carers["nina"]
    done = piped("receive-email", "--to", "x@elsewhere.example", content=MAIL, **data)
    assert done.returncode == 67
    assert done.stderr == b"Nobody here has this address.\n"


def test_receive_email_ends_with_75_when_the_database_is_away() -> None:
    away = "postgresql://schoolgate:x@127.0.0.1:1/schoolgate"
    done = piped("receive-email", "--to", "a@b.example", content=MAIL, DATABASE_URL=away)
    assert done.returncode == 75
