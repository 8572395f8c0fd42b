"""A form that a browser sends again, because its answer was lost, is one message."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import uuid
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.models import Message
from schoolgate.conversations.tests.acting import writes
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see


@pytest.fixture
def past() -> datetime:
    """Some days ago by the machine's own clock, which the pages read."""
    return timezone.now() - timedelta(days=2)


@pytest.mark.clause("1.0-S4")
@pytest.mark.parametrize(
    ("key", "page", "fields"),
    [
        ("ewa", "write/", {"body": "Twice?"}),
        ("ewa", "{thread}messages/", {"body": "Twice?"}),
        ("priya", "{thread}replies/", {"body": "Twice?"}),
        ("priya", "{thread}holding/", {"body": "Twice?", "until": "{soon}"}),
    ],
)
def test_what_is_sent_again_is_one_message(
    medway: Cast, trent: Cast, past: datetime, key: str, page: str, fields: dict[str, str]
) -> None:
    see(school_id=medway.school.pk)
    thread = writes(medway, "ewa", "kuba", past).page.removeprefix(f"/{medway.school.slug}/")
    soon = f"{timezone.now() + timedelta(days=3):%Y-%m-%d}"
    filled = {name: value.format(soon=soon) for name, value in fields.items()}
    browser, _ = enter(key, medway, trent)
    address = f"/{medway.school.slug}/" + page.format(thread=thread)
    for _ in range(2):
        answer = browser.post(address, filled | {"once": str(ONCE)})
        assert answer.status_code == 302
    see(school_id=medway.school.pk)
    assert Message.objects.filter(body="Twice?").count() == 1


@pytest.mark.clause("1.0-S4")
@pytest.mark.parametrize(
    ("key", "page", "more"),
    [
        ("ewa", "write/", {}),
        ("ewa", "{thread}messages/", {}),
        ("priya", "{thread}replies/", {}),
        ("priya", "{thread}holding/", {"until": "{soon}"}),
    ],
)
def test_other_words_from_a_form_that_back_gave_again_are_another_message(
    medway: Cast, trent: Cast, past: datetime, key: str, page: str, more: dict[str, str]
) -> None:
    """The page says that they have reached the school, so they have."""
    see(school_id=medway.school.pk)
    thread = writes(medway, "ewa", "kuba", past).page.removeprefix(f"/{medway.school.slug}/")
    soon = f"{timezone.now() + timedelta(days=3):%Y-%m-%d}"
    filled = {name: value.format(soon=soon) for name, value in more.items()}
    browser, _ = enter(key, medway, trent)
    address = f"/{medway.school.slug}/" + page.format(thread=thread)
    for words in ("First words.", "Other words.", "First words.", "Other words."):
        answer = browser.post(address, filled | {"once": str(ONCE), "body": words})
        assert answer.status_code == 302
    see(school_id=medway.school.pk)
    kept = Message.objects.filter(body__in=["First words.", "Other words."])
    assert sorted(kept.values_list("body", flat=True)) == ["First words.", "Other words."]


def test_the_same_words_with_another_file_are_another_message(
    medway: Cast, trent: Cast, past: datetime
) -> None:
    browser, _ = enter("ewa", medway, trent)
    for content in (b"one", b"two", b"two"):
        note = SimpleUploadedFile("note.txt", content, "text/plain")
        browser.post("/medway-green/write/", {"once": str(ONCE), "body": "A note.", "files": note})
    see(school_id=medway.school.pk)
    assert Message.objects.filter(body="A note.").count() == 2


ONCE = uuid.UUID("00000000-0000-4000-8000-00000000f00d")
