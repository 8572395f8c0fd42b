"""The group lead's page: numbers of each school, no names, fewer than five families hidden."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import timedelta

import pytest
from django.utils import timezone

from house_rules.entering import PEOPLE, enter
from schoolgate.conversations.tests.acting import writes
from schoolgate.escalation.tests.acting import asks, is_away
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

HOUR = timedelta(hours=1)
AT = "/medway-green/group/"
FAMILIES = (
    ("ewa", "kuba"),
    ("nina", "noah"),
    ("obi", "amara"),
    ("hannah", "ivy"),
    ("gareth", "max"),
    ("jo", "leo"),
)


@pytest.fixture
def here(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """Two schools of one group, and one person who leads it."""
    see(school_id=medway.school.pk)
    user_id = medway.user_id("grace")
    see(school_id=trent.school.pk)
    trent.team["grace"].user_id = user_id
    trent.team["grace"].save(update_fields=["user_id"])
    see(school_id=medway.school.pk)
    return medway, trent


def page(here: tuple[Cast, Cast]) -> str:
    """What the group's lead sees."""
    answer = enter("grace", *here)[0].get(AT)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_opens_for_the_group_lead_alone(here: tuple[Cast, Cast]) -> None:
    for person in PEOPLE:
        status = enter(person, *here)[0].get(AT).status_code
        expected = 200 if person == "grace" else 302 if person == "nobody" else 404
        assert status == expected, person


def test_fewer_than_five_families_are_not_a_number(here: tuple[Cast, Cast]) -> None:
    at = timezone.now() - HOUR
    for carer, child in FAMILIES[:5]:
        writes(here[0], carer, child, at, "A secret word.")
    text = page(here)
    assert "Families waiting for the school: fewer than five" in text, "Two share their children."
    see(school_id=here[0].school.pk)
    writes(here[0], *FAMILIES[5], at, "A secret word.")
    text = page(here)
    assert 'Families waiting for the school: <span class="num">5</span>' in text
    assert "Medway Green" in text and "Trent Acres" in text


def test_no_name_and_no_word_of_a_family_stands_there(here: tuple[Cast, Cast]) -> None:
    at = timezone.now() - HOUR
    for carer, child in FAMILIES:
        writes(here[0], carer, child, at, "A secret word.", subject="A subject")
    text = page(here)
    for word in ("Malinowsk", "Kuba", "Reed", "secret", "A subject", "Priya", "Ruth"):
        assert word not in text, word


def test_what_they_hold_as_acting_head_is_there(here: tuple[Cast, Cast]) -> None:
    medway, at = here[0], timezone.now() - HOUR
    thread = writes(medway, "ewa", "kuba", at - HOUR, subject="A subject")
    is_away(medway, "ruth", at)
    assert "You hold this as acting head" not in page(here)
    see(school_id=medway.school.pk)
    asks(medway, "ewa", thread, at)
    text = page(here)
    assert "You hold this as acting head" in text and "A subject" not in text
