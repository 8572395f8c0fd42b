"""Front door only: a concern that was read goes on in the school's own system."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from house_rules.entering import enter
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.chronology import Entry
from schoolgate.safeguarding.models import Concern, View
from schoolgate.safeguarding.paper import table
from schoolgate.safeguarding.states import State
from schoolgate.safeguarding.tests.acting import as_person, raises, reads, state
from schoolgate.school.models import School

PHRASE = "kmtr-9wqa-hh3z-pp2c-9tta-w2mn"


@pytest.fixture
def elsewhere(medway: Cast) -> Cast:
    """Medway Green keeps its child-protection file in CPOMS."""
    text = medway.school.settings_text + '\n[choices]\nsafeguarding_file = "cpoms"\n'
    School.objects.filter(pk=medway.school.pk).update(settings_text=text)
    medway.school.refresh_from_db()
    return medway


@pytest.fixture
def opened(elsewhere: Cast) -> Concern:
    """A concern that Helen has read."""
    at = timezone.now() - timedelta(hours=1)
    concern = raises(elsewhere, "ewa", at)
    reads(elsewhere, "helen", concern, at)
    return concern


def test_it_leaves_as_a_file_and_stands_as_handed_over(elsewhere: Cast, opened: Concern) -> None:
    helen, _ = enter("helen", elsewhere, elsewhere)
    page = f"/medway-green/sealed/{opened.public_id}/"
    made = helen.post(f"{page}handing-over/", {"phrase": PHRASE})
    pdf = PdfReader(io.BytesIO(made.content))
    assert pdf.decrypt(PHRASE) and "afraid" in pdf.pages[0].extract_text()
    rows = helen.post(f"{page}handing-over/", {"table": "on"}).content.decode()
    assert "afraid" in list(csv.reader(io.StringIO(rows)))[1][3]
    assert helen.post(f"{page}steps/", {"do": "hand_over", "words": "C-1204"}).status_code == 302
    assert state(elsewhere, "sam", opened) is State.HANDED_OVER
    as_person(elsewhere, "sam")
    assert View.objects.filter(what="file").count() == 2


def test_what_nobody_has_read_is_not_handed_over(elsewhere: Cast, now: datetime) -> None:
    concern = raises(elsewhere, "ewa", now)
    helen, _ = enter("helen", elsewhere, elsewhere)
    answer = helen.post(
        f"/medway-green/sealed/{concern.public_id}/handing-over/", {"phrase": PHRASE}
    )
    assert answer.status_code == 422


def test_where_the_file_is_kept_here_there_is_no_such_file(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    reads(medway, "helen", concern, now)
    helen, _ = enter("helen", medway, medway)
    page = f"/medway-green/sealed/{concern.public_id}/"
    assert "own system" not in helen.get(page).content.decode()
    assert helen.post(f"{page}handing-over/", {"table": "on"}).status_code == 422


def test_a_cell_never_begins_a_formula(now: datetime) -> None:
    made = table([Entry(at=now, what="=1+1", by="@x", words="-2\nmore")])
    cells = list(csv.reader(io.StringIO(made)))[1]
    assert cells[1:4] == ["'=1+1", "'@x", "'-2\nmore"]
