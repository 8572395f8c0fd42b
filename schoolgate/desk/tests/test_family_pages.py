"""Every family page keeps a way to write, to get help, to complain and to say a worry."""

from datetime import datetime

import pytest
from django.test import Client

from schoolgate.accounts.models import User
from schoolgate.conversations.actions.closing import close
from schoolgate.conversations.tests.acting import actor_of, writes
from schoolgate.rehearsal.cast import Cast

PAGES = ("", "all-messages/", "write/", "urgent/", "doors/complaint/", "doors/help/")


@pytest.fixture
def ewa(medway: Cast, client: Client) -> Client:
    """Ewa's browser."""
    client.force_login(
        User.objects.get(pk=medway.user_id("ewa")),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.mark.clause("1.0-A4", "1.0-S4")
@pytest.mark.parametrize("path", PAGES)
def test_help_with_communication_stands_in_the_same_place_on_every_page(
    ewa: Client, path: str
) -> None:
    page = ewa.get(f"/medway-green/{path}").content.decode()
    dock = page[page.index('<nav class="dock"') : page.index("<main")]
    assert dock.count("<li>") == 3
    assert dock.rindex("I need help communicating") > dock.index("Something urgent?")


@pytest.mark.clause("3.0-P5")
@pytest.mark.parametrize("path", PAGES)
def test_every_page_ends_with_the_same_three_links(ewa: Client, path: str) -> None:
    page = ewa.get(f"/medway-green/{path}").content.decode()
    doors = page[page.index('<footer class="doors"') :]
    assert [
        doors.index(words)
        for words in ("Worried about a child’s safety?", "Make a complaint", "Leave this page")
    ] == sorted(
        doors.index(words)
        for words in ("Worried about a child’s safety?", "Make a complaint", "Leave this page")
    )


@pytest.mark.clause("2.1-M1")
def test_what_cannot_wait_leads_to_the_telephone_and_says_whether_somebody_is_there(
    ewa: Client,
) -> None:
    page = ewa.get("/medway-green/urgent/").content.decode()
    assert "tel:01634968420" in page and "tel:999" in page
    assert ("School is open and people are here until" in page) or (
        "School is closed until" in page
    )


def test_the_way_out_leads_to_a_page_that_says_nothing_about_a_school(ewa: Client) -> None:
    page = ewa.get("/leave/").content.decode()
    assert "chool" not in page.replace("schoolgate", "")


def test_a_family_has_all_its_own_messages_finished_ones_too_by_their_first_words(
    medway: Cast, now: datetime, ewa: Client
) -> None:
    finished = writes(medway, "ewa", "kuba", now, body="The  blue\ncoat is lost again. " * 9)
    close(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        conversation=finished,
        reason="It was found",
        at=now,
    )
    writes(medway, "nina", "noah", now, body="Somebody else’s words")
    page = ewa.get("/medway-green/all-messages/").content.decode()
    assert f'href="{finished.page}"' in page
    assert "The blue coat is lost again." in page and "finished" in page
    assert "Somebody else" not in page
    assert "all-messages/" in ewa.get("/medway-green/").content.decode()


@pytest.mark.parametrize("start", ["٣", "-1", "²", "9" * 40, "x"])
def test_a_number_in_an_address_is_decimal_or_nothing(ewa: Client, start: str) -> None:
    assert ewa.get("/medway-green/all-messages/", {"from": start}).status_code == 200
