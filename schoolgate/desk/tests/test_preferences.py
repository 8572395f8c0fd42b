"""A family says how it wishes to hear, on one page."""

from datetime import datetime, time

import pytest
from django.test import Client

from house_rules.entering import enter
from schoolgate.delivery.reach import Kind, Way, reach, routes_of
from schoolgate.people.models import ContactRoute, Preference
from schoolgate.rehearsal.cast import Cast

PAGE = "/medway-green/how-we-write/"


@pytest.fixture
def ewa(medway: Cast, trent: Cast) -> Client:
    """Ewa, who has an email address and a mobile, signed in."""
    client, _ = enter("ewa", medway, trent)
    ContactRoute.objects.create(
        school=medway.school, carer=medway.carers["ewa"], kind="mobile", value="07700 900123"
    )
    return client


def ways(medway: Cast, kind: Kind = Kind.SERVICE) -> tuple[str, ...]:
    """By which ways she is reached now."""
    carer = medway.carers["ewa"].pk
    routes = routes_of(school_id=medway.school.pk, carers=[carer], kind=kind)
    return reach(routes[carer], Way(kind, frozenset({"email", "sms"}))).channels


@pytest.mark.clause("2.1-M0")
def test_what_she_wishes_first_is_tried_first(medway: Cast, ewa: Client) -> None:
    assert ways(medway) == ("email",)
    ewa.post(PAGE, {"service": "sms"})
    assert ways(medway) == ("sms",)


def test_only_ways_that_she_has_are_offered(medway: Cast, ewa: Client) -> None:
    page = ewa.get(PAGE).content.decode()
    assert "Text message" in page and "A letter on paper" not in page
    assert ewa.post(PAGE, {"service": "letter"}).status_code == 422


def test_a_wish_never_leaves_her_unreached(medway: Cast, ewa: Client, now: datetime) -> None:
    ewa.post(PAGE, {"service": "sms"})
    ContactRoute.objects.filter(kind="mobile").update(failing_since=now)
    assert ways(medway) == ("email",)


def test_what_is_urgent_goes_past_all_of_it(medway: Cast, ewa: Client) -> None:
    ewa.post(PAGE, {"service": "sms", "paused": "on", "digest": "weekly"})
    assert set(ways(medway, Kind.URGENT)) == {"email", "sms"}


def test_quiet_hours_need_both_ends(medway: Cast, ewa: Client) -> None:
    answer = ewa.post(PAGE, {"quiet_from": "21:00"})
    assert answer.status_code == 422 and "both times" in answer.content.decode()
    ewa.post(PAGE, {"quiet_from": "21:00", "quiet_until": "07:30"})
    kept = Preference.objects.get(carer=medway.carers["ewa"])
    assert (kept.quiet_from, kept.quiet_until) == (time(21), time(7, 30))


def test_it_shows_what_was_said_before_and_can_be_taken_back(medway: Cast, ewa: Client) -> None:
    ewa.post(PAGE, {"digest": "daily", "paused": "on"})
    assert "checked" in ewa.get(PAGE).content.decode()
    ewa.post(PAGE, {})
    kept = Preference.objects.get(carer=medway.carers["ewa"])
    assert (kept.digest, kept.paused_rooms, kept.orders) == ("", [], {})


def test_nobody_else_has_this_page(medway: Cast, trent: Cast) -> None:
    for other in ("joan", "other parent", "other head"):
        client, _ = enter(other, medway, trent)
        assert client.get(PAGE).status_code == 404
