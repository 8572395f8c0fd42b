"""The councils' numbers: kept by the office or the lead, checked each half-term (T22)."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import who
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions.keeping_routes import Numbers, all_routes, keep_authority
from schoolgate.safeguarding.models import Authority
from schoolgate.school.tenancy import see

PAGE = "/medway-green/authorities/"
NUMBERS = Numbers(in_hours="01632 960001", out_of_hours="01632 960002", lado="01632 960003")


def stale(cast: Cast, at: datetime) -> list[str]:
    """The councils whose numbers are to be checked."""
    return [one.name for one in all_routes(cast.school, at.date()) if one.stale]


def test_a_number_older_than_half_a_term_is_a_task(medway: Cast, now: datetime) -> None:
    assert stale(medway, now) == ["Bexley", "Kent", "Medway"]
    keep_authority(
        who=who(medway, "joan", now), name="Kent", numbers=NUMBERS, checked_on=now.date(), at=now
    )
    assert stale(medway, now) == ["Bexley", "Medway"]
    assert stale(medway, now + timedelta(days=45)) == ["Bexley", "Medway"]
    assert stale(medway, now + timedelta(days=46)) == ["Bexley", "Kent", "Medway"]


def test_checking_again_is_the_same_council(medway: Cast, now: datetime) -> None:
    for _ in range(2):
        keep_authority(
            who=who(medway, "joan", now),
            name="Kent",
            numbers=NUMBERS,
            checked_on=now.date(),
            at=now,
        )
    assert Authority.objects.get().checked_by == "Joan Pike"


@pytest.mark.parametrize(
    ("key", "status"),
    [("joan", 200), ("helen", 200), ("sam", 200), ("ruth", 200), ("priya", 404), ("ewa", 404)],
)
def test_the_office_and_the_lead_keep_them(medway: Cast, key: str, status: int) -> None:
    assert enter(key, medway, medway)[0].get(PAGE).status_code == status


def test_the_page_writes_them_down(medway: Cast) -> None:
    form = {
        "name": "Kent",
        "in_hours": "01632 960001",
        "out_of_hours": "01632 960002",
        "checked_on": timezone.now().date().isoformat(),
    }
    joan, _ = enter("joan", medway, medway)
    assert joan.post(PAGE, form).status_code == 302
    assert joan.post(PAGE, {**form, "in_hours": ""}).status_code == 422
    see(school_id=medway.school.pk)
    assert Authority.objects.get().in_hours == "01632 960001"
