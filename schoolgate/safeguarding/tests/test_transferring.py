"""A child who leaves: one encrypted file, due in five working days, a receipt, a reminder."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import who
from schoolgate.people.models import Pupil
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions.transferring import (
    make_file,
    note_receipt,
    owed,
    working_days_after,
)
from schoolgate.safeguarding.errors import NothingWritten
from schoolgate.safeguarding.models import Concern, FileStep, View
from schoolgate.safeguarding.paper import new_phrase
from schoolgate.safeguarding.tests.acting import as_person, raises, reads, rings
from schoolgate.school.models import StoredFile

PHRASE = "kmtr-9wqa-hh3z-pp2c-9tta-w2mn"


def leaves(cast: Cast, day: date) -> Pupil:
    """Kuba's last day."""
    Pupil.objects.filter(pk=cast.children["kuba"].pk).update(left_on=day)
    return Pupil.objects.get(pk=cast.children["kuba"].pk)


def browser(cast: Cast, key: str) -> Client:
    """A signed-in browser of somebody."""
    return enter(key, cast, cast)[0]


def test_the_file_opens_by_the_phrase_alone_and_holds_every_word(
    medway: Cast, now: datetime
) -> None:
    raises(medway, "ewa", now)
    raises(medway, "priya", now, adult=True)
    as_person(medway, "helen")
    made = make_file(
        who=who(medway, "helen", now),
        pupil=medway.children["kuba"],
        to_school="Hilltop",
        phrase=PHRASE,
        at=now,
    )
    assert b"afraid" not in made and b"/AESV3" in made
    locked = PdfReader(io.BytesIO(made))
    with pytest.raises(FileNotDecryptedError):
        locked.pages[0].extract_text()
    assert not locked.decrypt("something else")
    assert locked.decrypt(PHRASE)
    text = "".join(page.extract_text() for page in locked.pages)
    assert "afraid" in text and "Ewa Malinowska" in text
    assert "Priya" not in text  # about an adult: the case manager's
    assert FileStep.objects.get().kind == "made" and View.objects.get().what == "file"
    assert not StoredFile.objects.exists()


def test_it_is_due_five_working_days_after_the_last_day(medway: Cast) -> None:
    due = working_days_after(medway.school, date(2026, 11, 27), 5)
    assert due == datetime(2026, 12, 4, 16, tzinfo=UTC)


def test_a_file_is_owed_until_there_is_a_receipt_and_reminds_once(
    medway: Cast, now: datetime
) -> None:
    raises(medway, "ewa", now)
    rings(medway, now)
    kuba = leaves(medway, date(2026, 11, 27))
    as_person(medway, "helen")
    assert [one.pupil for one in owed(who(medway, "helen", now))] == [kuba]
    late = datetime(2026, 12, 2, 16, 1, tzinfo=UTC)
    concern_is_read(medway, now)
    assert [one.to.partition("@")[0] for one in rings(medway, late)] == ["helen"]
    assert rings(medway, late + timedelta(hours=1)) == []
    as_person(medway, "sam")
    with pytest.raises(NothingWritten):
        note_receipt(
            who=who(medway, "sam", late), pupil=kuba, from_school="Hilltop", words="", at=late
        )
    note_receipt(
        who=who(medway, "sam", late), pupil=kuba, from_school="Hilltop", words="Rang.", at=late
    )
    assert owed(who(medway, "sam", late)) == []


def concern_is_read(cast: Cast, at: datetime) -> None:
    """Nothing else is left to ring for."""
    as_person(cast, "helen")
    reads(cast, "helen", Concern.objects.get(), at)


def test_a_child_of_whom_nothing_is_held_owes_no_file(medway: Cast, now: datetime) -> None:
    leaves(medway, date(2026, 11, 27))
    as_person(medway, "helen")
    assert owed(who(medway, "helen", now)) == []


def test_no_two_phrases_are_the_same_and_none_is_short() -> None:
    phrases = {new_phrase() for _ in range(100)}
    assert len(phrases) == 100 and all(len(one) == 29 for one in phrases)


def test_the_page_shows_the_phrase_once_and_gives_the_file(medway: Cast) -> None:
    raises(medway, "ewa", timezone.now())
    kuba = leaves(medway, timezone.now().date())
    helen = browser(medway, "helen")
    page = f"/medway-green/sealed/children/{kuba.public_id}/file/"
    first, second = (helen.get(page).content.decode() for _ in range(2))
    assert first != second and "Due" in first
    answer = helen.post(page, {"phrase": PHRASE, "to_school": "Hilltop"})
    assert answer.content.startswith(b"%PDF")
    assert PHRASE not in helen.get(page).content.decode()
    receipt = f"/medway-green/sealed/children/{kuba.public_id}/receipt/"
    assert helen.post(receipt, {"from_school": "Hilltop", "words": ""}).status_code == 422
    assert helen.post(receipt, {"from_school": "Hilltop", "words": "Rang."}).status_code == 302
    assert browser(medway, "grace").get(page).status_code == 404
