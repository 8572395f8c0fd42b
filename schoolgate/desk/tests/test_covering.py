"""One control covers names, subjects and previews on every list (decision 15)."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import fresh, writes
from schoolgate.escalation.tests.acting import asks
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

LISTS = (
    "to-answer/",
    "to-answer/?whose=school",
    "promised/",
    "with-the-family/",
    "conversations/",
    "conversations/?q=swimming",
    "escalated/",
    "call-backs/",
    "tray/",
    "passed/",
    "hand-offs/",
    "not-reached/",
    "calls/",
    "for-today/",
    "absences/",
    "falls-due/",
)
SAID = ("Malinowsk", "Kuba", "swimming", "Ewa")


@pytest.fixture
def here(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """A school where Ewa waits for the office and for the head."""
    see(school_id=medway.school.pk)
    at: datetime = timezone.now() - timedelta(hours=1)
    thread = writes(
        medway, "ewa", "kuba", at, "The swimming bag.", subject="Kuba: swimming", topic="transport"
    )
    writes(medway, "ewa", "kuba", at, "More of swimming.", subject="Swimming, swimming")
    asks(medway, "ewa", fresh(thread), at)
    return medway, trent


def said_on(client: Client, page: str) -> list[str]:
    """Which names and words of a family stand on a list."""
    answer = client.get(f"/medway-green/{page}")
    assert answer.status_code == 200, page
    text = answer.content.decode().replace('value="swimming"', "")
    text = text.replace("?q=swimming", "")
    return [word for word in SAID if re.search(rf"\b{word}", text, re.IGNORECASE)]


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("person", ["ruth", "joan"])
def test_a_covered_list_names_no_child_no_adult_and_no_subject(
    here: tuple[Cast, Cast], person: str
) -> None:
    client, _ = enter(person, *here)
    assert said_on(client, "conversations/")
    client.post("/look/", {"cover": "yes"})
    assert {page: said_on(client, page) for page in LISTS if said_on(client, page)} == {}


def test_it_stays_for_the_session_and_is_gone_with_a_press(here: tuple[Cast, Cast]) -> None:
    client, _ = enter("ruth", *here)
    client.post("/look/", {"cover": "yes"})
    assert said_on(client, "conversations/") == [] == said_on(client, "to-answer/")
    client.post("/look/", {"cover": "no"})
    assert said_on(client, "conversations/")
    assert said_on(enter("joan", *here)[0], "conversations/"), "Another's screen is another's."


def test_on_a_shared_screen_it_is_on_for_whoever_signs_in(here: tuple[Cast, Cast]) -> None:
    client, _ = enter("ruth", *here)
    client.post("/look/", {"screen": "shared"})
    assert said_on(client, "conversations/") == []
    client.post("/look/", {"cover": "no"})
    assert said_on(client, "conversations/"), "It can be lifted until one signs out."
    other, _ = enter("joan", *here)
    other.cookies["screen"] = "shared"
    assert said_on(other, "conversations/") == []
    other.post("/look/", {"screen": "own"})
    assert said_on(other, "conversations/")


def test_the_control_is_there_once_on_every_page_of_the_team(here: tuple[Cast, Cast]) -> None:
    client, _ = enter("ruth", *here)
    for page in LISTS:
        assert client.get(f"/medway-green/{page}").content.decode().count("Cover names") == 1, page
