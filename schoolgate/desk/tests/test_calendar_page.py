"""The calendar page: a declared day moves promises, and says which."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import timedelta

import pytest
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import writes
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import CalendarEntry
from schoolgate.school.tenancy import see

PAGE = "/medway-green/calendar/"


@pytest.fixture
def here(db: None) -> Cast:
    return assemble("medway-green", timezone.now())


@pytest.mark.clause("2.1-M7")
def test_a_closure_moves_open_promises_and_the_page_names_them(here: Cast) -> None:
    see(school_id=here.school.pk)
    conversation = writes(here, "ewa", "kuba", timezone.now(), subject="Is the bus on time?")
    due = Promise.objects.get(subject=conversation.public_id).due_at
    assert due is not None
    client, _ = enter("joan", here, here)
    answer = client.post(
        PAGE,
        {
            "kind": "closure",
            "first": due.date().isoformat(),
            "last": (due + timedelta(days=1)).date().isoformat(),
            "reason": "Snow",
        },
        follow=True,
    )
    page = answer.content.decode()
    assert "One promise has moved" in page and "Is the bus on time?" in page and "Snow" in page
    see(school_id=here.school.pk)
    moved = Promise.objects.get(subject=conversation.public_id).due_at
    assert moved is not None and moved > due
    snow = CalendarEntry.objects.get(reason="Snow")
    client.post(f"{PAGE}{snow.pk}/withdrawal/")
    see(school_id=here.school.pk)
    assert Promise.objects.get(subject=conversation.public_id).due_at == due


def test_days_that_make_no_sense_are_given_back_with_a_sentence(here: Cast) -> None:
    client, _ = enter("joan", here, here)
    backwards = {"kind": "closure", "first": "2026-12-05", "last": "2026-12-01"}
    answer = client.post(PAGE, backwards)
    assert answer.status_code == 422 and "before the first" in answer.content.decode()
    hours = {"kind": "closure", "first": "2026-12-05", "hours": "from eight"}
    assert client.post(PAGE, hours).status_code == 422
    see(school_id=here.school.pk)
    assert not CalendarEntry.objects.exists()


def test_hours_on_a_day_outside_the_terms_open_nothing_and_the_page_says_so(here: Cast) -> None:
    client, _ = enter("joan", here, here)
    client.post(PAGE, {"kind": "term", "first": "2026-09-01", "last": "2026-12-18"})
    hours = {"kind": "closure", "first": "2026-12-21", "hours": "09:00-12:00"}
    page = client.post(PAGE, hours, follow=True).content.decode()
    assert "This opens nothing" in page
    client.post(PAGE, hours | {"first": "2026-12-16"}, follow=True)
    assert client.get(PAGE).content.decode().count("This opens nothing") == 1
