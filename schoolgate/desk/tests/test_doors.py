"""The doors of decision 21 on the pages: what family and team see of each kind."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import pytest
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import writes
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import see

DOORS = {
    "complaint": "Complaint",
    "help": "Help with communication",
    "meeting": "Meeting",
    "policy": "Policy",
}


ONCE = "0a4fb8f3-1111-4222-8333-944445555666"


@pytest.fixture
def here(db: None) -> Cast:
    return assemble("medway-green", timezone.now())


@pytest.mark.clause("3.0-P5", "1.1-P8")
@pytest.mark.parametrize("kind", DOORS)
def test_each_door_shows_as_what_it_is_to_family_and_team(here: Cast, kind: str) -> None:
    ewa, _ = enter("ewa", here, here)
    door = ewa.get(f"/medway-green/doors/{kind}/").content.decode()
    says = "A school leader" if kind == "complaint" else "The school office"
    assert f"This goes to: {says}." in door
    thread = ewa.post(
        f"/medway-green/doors/{kind}/",
        {"body": "Please, about the bus.", "once": ONCE},
        follow=True,
    ).content.decode()
    see(school_id=here.school.pk)
    made = Conversation.objects.get()
    flag = f'<span class="flag">{DOORS[kind]}</span>'
    assert flag in thread and f"Between you and {says}" in thread
    assert flag in ewa.get("/medway-green/").content.decode()
    assert flag in ewa.get("/medway-green/all-messages/").content.decode()
    ruth, _ = enter("ruth", here, here)
    pages = ("/medway-green/conversations/", "/medway-green/conversations/?q=bus", made.page)
    for page in (*pages, "/medway-green/to-answer/?whose=school"):
        assert flag in ruth.get(page).content.decode(), page
    lists = {
        one: f'href="{made.page}"' in ruth.get(f"/medway-green/{at}kind={one}").content.decode()
        for one in DOORS
        for at in ("conversations/?", "to-answer/?whose=school&")
    }
    assert lists == {one: one == kind for one in DOORS}


def test_the_teams_list_counts_what_waits_at_each_door(here: Cast) -> None:
    see(school_id=here.school.pk)
    for kind in ("policy", "policy", "complaint", "meeting"):
        writes(here, "ewa", "kuba", timezone.now(), kind=kind)
    ruth, _ = enter("ruth", here, here)
    page = " ".join(ruth.get("/medway-green/conversations/").content.decode().split())
    for name, waiting in (("Policies", 2), ("Complaints", 1), ("Meetings", 1)):
        assert f'{name} <span class="num">{waiting}</span>' in page
    joan, _ = enter("joan", here, here)
    page = " ".join(joan.get("/medway-green/to-answer/").content.decode().split())
    assert 'Complaints <span class="num">0</span>' in page
    assert 'Policies <span class="num">2</span>' in page


def test_a_family_may_say_that_a_complaint_is_about_the_office(here: Cast) -> None:
    ewa, _ = enter("ewa", here, here)
    sent = {"body": "They lost my form twice.", "once": ONCE, "about_office": "on"}
    page = ewa.post("/medway-green/doors/complaint/", sent, follow=True).content.decode()
    assert "Nobody of the office can read it." in page
    see(school_id=here.school.pk)
    made = Conversation.objects.get()
    assert made.about_office and made.queue == "complaints"
    joan, _ = enter("joan", here, here)
    assert joan.get(made.page).status_code == 404
    ruth, _ = enter("ruth", here, here)
    assert "About the office: kept from it" in ruth.get(made.page).content.decode()
