"""The office's page of those who were not reached: by family, why, and what to do."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.announcements.models import Call
from schoolgate.announcements.tests.announcing import goes_out, to_group
from schoolgate.delivery.tests.test_unreached import fails, missed
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import see

AT = "/medway-green/not-reached/"


@pytest.fixture
def here(db: None) -> Cast:
    cache.clear()
    return assemble("medway-green", timezone.now())


def by(here: Cast, key: str = "joan") -> Client:
    return enter(key, here, here)[0]


def shown(client: Client) -> str:
    return client.get(AT).content.decode()


@pytest.mark.clause("3.0-P4")
def test_today_stands_above_earlier_days_each_family_once_with_the_reason(here: Cast) -> None:
    at = timezone.now()
    missed(here, "ewa", at)
    missed(here, "ewa", at, because="550 5.1.1 nobody")
    missed(
        here, "nina", at - timedelta(days=3), because="It may have arrived: the answer was lost."
    )
    page = shown(by(here))
    today, earlier = page[page.index('id="today"') :].split('id="d1"')
    assert today.count("Ewa Malinowska</h3>") == 1 and "It came back" in today
    assert "It was refused for good." in today
    assert "It may have arrived" in earlier and "Ewa Malinowska" not in earlier


@pytest.mark.clause("3.0-P4")
def test_a_family_with_no_working_route_stands_there_until_the_office_says_it_works(
    here: Cast,
) -> None:
    fails(here, "ewa", timezone.now())
    client = by(here)
    page = shown(client)
    assert "Failing since" in page and "Ewa Malinowska" in page
    see(school_id=here.school.pk)
    route = ContactRoute.objects.get(carer=here.carers["ewa"])
    carer = f"/medway-green/people/{here.carers['ewa'].public_id}/"
    assert "Failing since" in client.get(carer).content.decode()
    client.post(f"{carer}working/", {"route": route.pk})
    assert "Ewa Malinowska" not in shown(client)


def test_who_is_on_the_call_list_is_rung_from_there(here: Cast) -> None:
    at = timezone.now()
    made = goes_out(here, "joan", at, to_group(here, "Oak"))
    Call.objects.create(
        school=here.school, announcement=made, carer=here.carers["ewa"],
        because="all failed", put_at=at,
    )  # fmt: skip
    missed(here, "ewa", at)
    assert "they are on the call list, Ewa Malinowska" in shown(by(here))


def test_names_can_be_covered(here: Cast) -> None:
    missed(here, "ewa", timezone.now())
    fails(here, "nina", timezone.now())
    client = by(here)
    client.post("/look/", {"cover": "yes", "back": AT})
    page = shown(client)
    assert "Ewa Malinowska" not in page and "Nina Reed" not in page and "Covered" in page


@pytest.mark.parametrize("key", ["priya", "ewa", "grace"])
def test_only_the_office_and_leaders_see_it(here: Cast, key: str) -> None:
    assert by(here, key).get(AT).status_code == 404
