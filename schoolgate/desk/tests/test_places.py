"""The side bar: every place stands there; on a phone the day's first, and all by one press."""

import pytest
from django.test import Client

from house_rules.entering import enter
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see


@pytest.fixture
def joan(medway: Cast, trent: Cast) -> Client:
    """The office's browser."""
    see(school_id=medway.school.pk)
    client, _ = enter("joan", medway, trent)
    return client


def test_every_place_is_one_press_away_without_a_script(joan: Client) -> None:
    page = joan.get("/medway-green/to-answer/").content.decode()
    bar = page[page.index("<nav") : page.index("</nav>")]
    assert bar.index('type="checkbox"') < bar.index("navlist")
    assert bar.index("For today") < bar.index("To answer") < bar.index("Calendar")


def test_nobody_is_said_to_be_here_while_a_register_is_not_taken(joan: Client) -> None:
    page = joan.get("/medway-green/missing/").content.decode()
    assert "No register yet" in page and "Nobody is missing without a word" not in page
