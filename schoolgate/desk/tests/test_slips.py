"""What waits for a family stands on its home, to be answered in one press."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.announcements.models import Answer
from schoolgate.announcements.tests.announcing import goes_out, to_group
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

HOME = "/medway-green/"
WAITS = "Waiting for you"


@pytest.fixture
def here(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """Both schools."""
    see(school_id=medway.school.pk)
    return medway, trent


def home(here: tuple[Cast, Cast], key: str) -> tuple[Client, str]:
    """Somebody's browser and their home."""
    client = enter(key, *here)[0]
    return client, client.get(HOME).content.decode()


def test_a_slip_is_answered_from_the_home_by_one_press_and_is_gone(
    here: tuple[Cast, Cast],
) -> None:
    at = timezone.now() - timedelta(hours=1)
    made = goes_out(
        here[0], "joan", at, to_group(here[0], "Oak"), subject="Swimming", asks="yes or no"
    )
    client, text = home(here, "ewa")
    assert WAITS in text and "Yes, for Kuba: Swimming" in text
    child = str(here[0].children["kuba"].public_id)
    address = f"/medway-green/from-school/{made.public_id}/answers/"
    client.post(address, {"says": "yes", "child": child})
    assert WAITS not in client.get(HOME).content.decode()
    see(school_id=here[0].school.pk)
    assert Answer.objects.get(announcement=made).says == "yes"


def test_each_child_waits_for_itself_on_one_page(here: tuple[Cast, Cast]) -> None:
    at = timezone.now() - timedelta(hours=1)
    goes_out(here[0], "joan", at, to_group(here[0], "Oak", "Elm"), subject="Trip", asks="yes or no")
    _, text = home(here, "hannah")
    assert "Yes, for Ivy: Trip" in text and "Yes, for Max: Trip" in text
    assert WAITS not in home(here, "piotr")[1], "He may not hear of Kuba."


def test_what_only_asks_to_be_confirmed_waits_too_and_nothing_after_its_day(
    here: tuple[Cast, Cast],
) -> None:
    at = timezone.now() - timedelta(hours=2)
    oak = to_group(here[0], "Oak")
    goes_out(here[0], "joan", at, oak, subject="Please read", asks="confirm")
    assert "I have this: Please read" in home(here, "ewa")[1]
    see(school_id=here[0].school.pk)
    goes_out(
        here[0], "joan", at, oak, subject="Over", asks="confirm", answer_by=at + timedelta(hours=1)
    )
    assert "I have this: Over" not in home(here, "ewa")[1]
