"""The tray's pages: for the office and leaders; for everybody else they are not there."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import pytest
from django.test import Client
from django.utils import timezone

from schoolgate.accounts.models import User
from schoolgate.accounts.second_factor import PASSED
from schoolgate.conversations.models import Conversation
from schoolgate.inbound.models import TrayItem
from schoolgate.inbound.tests.mails import from_carer, written
from schoolgate.inbound.tests.taking import in_tray, taken
from schoolgate.rehearsal.cast import Cast
from schoolgate.school import files
from schoolgate.school.tenancy import see

REFUSED = ("nina", "piotr", "priya", "dee", "helen", "grace")


def entered(client: Client, cast: Cast, key: str) -> Client:
    """Somebody of the cast, signed in with what they need."""
    client.force_login(User.objects.get(pk=cast.user_id(key)))
    session = client.session
    session[PASSED] = True
    session.save()
    return client


@pytest.fixture
def item(medway: Cast) -> TrayItem:
    """A mail in Nina's name that looks like a reply."""
    return in_tray(medway, from_carer(medway, "nina"), at=timezone.now(), subject="Re: Bus")


def page(item: TrayItem, more: str = "") -> str:
    """The address of an item's page."""
    return f"/{item.school.slug}/tray/{item.public_id}/{more}"


@pytest.mark.parametrize("key", ["joan", "ruth", "tom"])
def test_the_office_and_leaders_see_what_waits_and_why(
    client: Client, medway: Cast, item: TrayItem, key: str
) -> None:
    shown = entered(client, medway, key).get("/medway-green/tray/")
    assert shown.status_code == 200
    assert "Re: Bus" in shown.text and "not by our reply address" in shown.text
    shown = client.get(page(item))
    assert shown.status_code == 200
    assert "Nina Reed: new conversation about Noah Reed" in shown.text
    assert 'href="/medway-green/to-answer/"' in shown.text


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("key", REFUSED)
def test_for_everybody_else_the_tray_is_not_there(
    client: Client, medway: Cast, item: TrayItem, key: str
) -> None:
    entered(client, medway, key)
    for address in ("/medway-green/tray/", page(item), page(item, "original/")):
        assert client.get(address).status_code == 404
    for verb in ("filing/", "setting-aside/"):
        assert client.post(page(item, verb), {"reason": "no"}).status_code == 404


def test_the_other_schools_head_finds_nothing(
    client: Client, medway: Cast, item: TrayItem, trent: Cast
) -> None:
    entered(client, trent, "marcus")
    assert client.get(page(item)).status_code == 404
    assert client.get(f"/trent-acres/tray/{item.public_id}/").status_code == 404


def test_it_is_filed_in_two_presses(client: Client, medway: Cast, item: TrayItem) -> None:
    shown = entered(client, medway, "joan").get(page(item))
    chosen = shown.context["filing"]["place"].initial
    answer = client.post(page(item, "filing/"), {"place": chosen})
    see(school_id=medway.school.pk)
    conversation = Conversation.objects.get(carer=medway.carers["nina"])
    assert answer.status_code == 302 and answer["Location"] == conversation.page
    assert conversation.pupil == medway.children["noah"]


def test_a_place_that_was_not_offered_is_refused(
    client: Client, medway: Cast, item: TrayItem
) -> None:
    hannah, ivy = medway.carers["hannah"], medway.children["ivy"]
    place = f"new {hannah.public_id} {ivy.public_id}"
    answer = entered(client, medway, "joan").post(page(item, "filing/"), {"place": place})
    assert answer.status_code == 422
    see(school_id=medway.school.pk)
    assert not Conversation.objects.exists()


def test_somebody_else_is_found_by_the_name_of_a_child(
    client: Client, medway: Cast, item: TrayItem
) -> None:
    shown = entered(client, medway, "joan").get(page(item), {"asked": "ivy"})
    assert "Hannah Hale: new conversation about Ivy Hale" in shown.text
    assert "Gareth Hale: new conversation about Ivy Hale" in shown.text


def test_not_for_us_asks_for_a_reason(client: Client, medway: Cast, item: TrayItem) -> None:
    entered(client, medway, "joan")
    assert client.post(page(item, "setting-aside/"), {"reason": " "}).status_code == 422
    answer = client.post(page(item, "setting-aside/"), {"reason": "An advert"})
    assert answer.status_code == 302
    see(school_id=medway.school.pk)
    item.refresh_from_db()
    assert item.not_for_us == "An advert"


def test_the_original_is_downloaded_byte_for_byte(
    client: Client, medway: Cast, item: TrayItem
) -> None:
    answer = entered(client, medway, "joan").get(page(item, "original/"))
    see(school_id=medway.school.pk)
    assert answer.content == files.read(item.arrival.stored)
    assert answer["Content-Disposition"].startswith("attachment")


def test_of_two_parents_with_one_address_neither_is_chosen_beforehand(
    client: Client, medway: Cast
) -> None:
    shared = in_tray(medway, from_carer(medway, "rania"), at=timezone.now())
    shown = entered(client, medway, "joan").get(page(shared))
    assert shown.context["filing"]["place"].initial == ""
    assert "Rania Saab: new" in shown.text and "Karim Saab: new" in shown.text


def test_a_thread_of_the_carer_is_offered(client: Client, medway: Cast, item: TrayItem) -> None:
    mail = written(from_carer(medway, "nina"), "x", subject="Bus times")
    known = taken(medway, mail, at=timezone.now())
    assert known.conversation
    shown = entered(client, medway, "joan").get(page(item))
    assert "add it to “Bus times”" in shown.text


def test_words_that_worry_stand_first_in_the_list_and_on_the_page(
    client: Client, medway: Cast
) -> None:
    in_tray(medway, "who@example.net", at=timezone.now(), subject="Whiteboards")
    worrying = in_tray(
        medway, "kid@example.net", at=timezone.now(), subject="help", body="My dad hits me."
    )
    shown = entered(client, medway, "joan").get("/medway-green/tray/").text
    assert shown.index("help") < shown.index("Whiteboards")
    assert "It speaks of a child being hurt." in shown
    shown = client.get(page(worrying)).text
    assert shown.index("Is a child at risk?") < shown.index("Why it is here")
