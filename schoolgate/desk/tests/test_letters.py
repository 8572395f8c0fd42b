"""The office prints what waits and says that it has been posted."""

from datetime import datetime

import pytest
from django.test import Client

from house_rules.entering import enter
from schoolgate.delivery.models import LetterBatch, Parcel
from schoolgate.delivery.tests.test_printing import post
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import see


@pytest.fixture
def both(db: None, now: datetime) -> tuple[Cast, Cast]:
    """Medway Green with a letter that waits, and Trent Acres."""
    other, here = assemble("trent-acres", now), assemble("medway-green", now)
    post(here, datetime.fromisoformat("2026-01-01T10:00:00+00:00"), ("ewa", "kuba"))
    return here, other


@pytest.fixture
def joan(both: tuple[Cast, Cast]) -> Client:
    """The office's browser."""
    return enter("joan", *both)[0]


def test_the_office_prints_downloads_and_posts(both: tuple[Cast, Cast], joan: Client) -> None:
    assert "One letter waits" in joan.get("/medway-green/letters/").content.decode()
    page = joan.post("/medway-green/letters/", follow=True).content.decode()
    see(school_id=both[0].school.pk)
    batch = LetterBatch.objects.get()
    assert "One letter is ready" in page and "No letter waits" in page
    pdf = joan.get(f"/medway-green/letters/{batch.public_id}/")
    assert pdf["Content-Type"] == "application/pdf" and pdf["Cache-Control"] == "private, no-store"
    assert pdf.content.startswith(b"%PDF-")
    joan.post(f"/medway-green/letters/{batch.public_id}/posting/")
    see(school_id=both[0].school.pk)
    assert Parcel.objects.get(channel="letter").state == "sent"
    assert "Posted by" in joan.get("/medway-green/letters/").content.decode()


def test_a_second_press_prints_nothing_more(both: tuple[Cast, Cast], joan: Client) -> None:
    joan.post("/medway-green/letters/")
    page = joan.post("/medway-green/letters/", follow=True).content.decode()
    assert "No letter waits to be printed." in page
    see(school_id=both[0].school.pk)
    assert LetterBatch.objects.count() == 1


@pytest.mark.parametrize("person", ["ewa", "priya", "other head"])
def test_nobody_else_opens_a_batch(both: tuple[Cast, Cast], joan: Client, person: str) -> None:
    joan.post("/medway-green/letters/")
    see(school_id=both[0].school.pk)
    batch = LetterBatch.objects.get()
    client, _who = enter(person, *both)
    for path in ("", f"{batch.public_id}/"):
        assert client.get(f"/medway-green/letters/{path}").status_code == 404
