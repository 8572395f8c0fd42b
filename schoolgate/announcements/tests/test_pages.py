"""The pages: writing, looking, sending, how it goes, and what a family reads."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from schoolgate.announcements.actions.publishing import publish_due
from schoolgate.announcements.models import Announcement, Approval, Call, CallTry, PupilList
from schoolgate.announcements.tests.announcing import fresh, goes_out, has_mobile, to_all, to_group
from schoolgate.announcements.tests.entering import enters
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.models import Entry
from schoolgate.people.models import ContactRoute, Link, NewsConsent
from schoolgate.rehearsal.cast import Cast

HERE = "/medway-green/"
WORDS = {"subject": "Wellies", "text": "Please send wellies.", "press": "look"}


@pytest.fixture
def at() -> datetime:
    """A little while ago: pages ask the clock on the wall."""
    return timezone.now() - timedelta(hours=1)


def read(client: Client, page: str) -> str:
    """A page as it reads."""
    answer = client.get(page)
    assert answer.status_code == 200, page
    return answer.content.decode()


def writes(medway: Cast, client: Client, **more: object) -> Announcement:
    """Somebody writes to Oak and presses "Show who gets it"."""
    form = {**WORDS, "groups": [medway.groups["Oak"].pk], **more}
    answer = client.post(f"{HERE}announcements/new/", form)
    assert answer.status_code == 302, answer.content
    return Announcement.objects.get()


def test_writing_looking_sending_and_undoing(medway: Cast) -> None:
    priya = enters(medway, "priya")
    assert "Oak" in read(priya, f"{HERE}announcements/new/")
    made = writes(medway, priya)
    page = read(priya, made.team_page)
    assert "Send to 5 people" in page and "Hello Chidi" in page and "Amara" in page
    # The preview wrote nothing.
    assert not Content.objects.exists() and not Parcel.objects.exists()
    page = priya.post(f"{made.team_page}sending/", follow=True).content.decode()
    assert "Undo: do not send it" in page
    page = priya.post(f"{made.team_page}taking-back/", follow=True).content.decode()
    assert "Undone. Nobody got it." in page
    priya.post(f"{made.team_page}sending/")
    publish_due(school=medway.school, at=timezone.now() + timedelta(minutes=3))
    page = read(priya, made.team_page)
    assert "5 people have it in the portal" in page and 'hx-trigger="every 3s"' in page
    assert "5 waiting" in page


def test_any_person_can_be_chosen_and_reads_their_own_language(medway: Cast) -> None:
    priya = enters(medway, "priya")
    made = writes(medway, priya)
    other = {"language": "pl", "subject": "Kalosze", "text": "Proszę o kalosze."}
    priya.post(f"{made.team_page}other-words/", other)
    page = read(priya, f"{made.team_page}?person={medway.carers['ewa'].public_id}")
    assert "Kalosze" in page and "Kuba" in page
    assert "Kalosze" not in page.split('id="pv"')[1].split("Proszę")[1]


def test_the_preview_says_who_they_are_to_the_child_and_who_does_not_get_it(
    medway: Cast,
) -> None:
    priya = enters(medway, "priya")
    made = writes(medway, priya)
    page = read(priya, f"{made.team_page}?person=gareth")
    assert "To Gareth Hale: Email" in page and "father of Max" in page
    out = page[page.index('id="out"') :]
    assert "Piotr Malinowski" in out and "Check who may read" in out
    assert "order" not in out[: out.index("</section>")].lower()


def test_of_a_wider_audience_a_tutor_sees_numbers_and_the_own_families_names(
    medway: Cast, at: datetime
) -> None:
    priya = enters(medway, "priya")
    made = writes(medway, priya, whole_school="on")
    page = read(priya, made.team_page)
    assert "It reaches 9 of 10 people" in page and "Nothing leaves to one person" in page
    for name in ("Rania", "Jo Price", "Hal Price", "Leila"):
        assert name not in page
    assert "Hal Price" in read(enters(medway, "joan"), _as_asked(medway, made, priya))
    sent = goes_out(medway, "joan", at, to_all(), asks="confirm", text="Other words entirely.")
    Announcement.objects.filter(pk=sent.pk).update(author=medway.team["priya"])
    answers = read(priya, f"{sent.team_page}answers/")
    assert "Ewa Malinowska" in answers and "Rania" not in answers


def _as_asked(medway: Cast, made: Announcement, client: Client) -> str:
    """The page once the office was asked."""
    client.post(f"{made.team_page}request/")
    return made.team_page


def test_a_draft_is_the_writers_alone_and_can_be_changed(medway: Cast) -> None:
    priya = enters(medway, "priya")
    made = writes(medway, priya, press="save")
    assert "Please send wellies." in read(priya, f"{made.team_page}words/")
    priya.post(f"{made.team_page}words/", {**WORDS, "whole_school": "on", "press": "save"})
    assert [part.kind for part in made.parts.all()] == ["school"]
    for key in ("lena", "joan", "ruth"):
        assert enters(medway, key).get(made.team_page).status_code == 404
        assert enters(medway, key).get(f"{made.team_page}words/").status_code == 404


def test_names_that_are_covered_are_not_lost_from_a_draft(medway: Cast) -> None:
    priya, kuba = enters(medway, "priya"), medway.children["kuba"]
    made = writes(medway, priya, groups=[], children=[kuba.public_id])
    priya.post("/look/", {"cover": "yes"})
    page = read(priya, f"{made.team_page}words/")
    assert "Kuba" not in page and f'name="children" value="{kuba.public_id}"' in page


def test_a_tutor_sees_no_other_child_to_choose(medway: Cast) -> None:
    page = read(enters(medway, "lena"), f"{HERE}announcements/new/")
    assert "Leila" in page and "Kuba" not in page
    answer = enters(medway, "lena").post(
        f"{HERE}announcements/new/",
        {**WORDS, "children": [medway.children["kuba"].public_id]},
    )
    assert answer.status_code == 422


@pytest.mark.clause("2.1-M3")
def test_a_tutor_asks_and_the_office_decides_on_its_page(medway: Cast) -> None:
    has_mobile(medway, "nina")
    ContactRoute.objects.filter(carer=medway.carers["nina"], kind="email").delete()
    priya, joan = enters(medway, "priya"), enters(medway, "joan")
    made = writes(medway, priya, by_text="on")
    page = read(priya, made.team_page)
    assert "Ask the office to send it" in page and "Send to 5 people" not in page
    refused = priya.post(f"{made.team_page}sending/", follow=True).content.decode()
    assert "Texts and letters are sent by the office" in refused
    priya.post(f"{made.team_page}request/")
    assert "Somebody asks you to send" in read(joan, f"{HERE}announcements/")
    assert "Somebody asks you to send" not in read(enters(medway, "tom"), f"{HERE}announcements/")
    page = read(joan, made.team_page)
    assert "<strong>£0.06</strong>" in page
    assert "Medway Green School: Please send wellies." in page
    joan.post(f"{made.team_page}decision/", {"decision": "no", "reason": "By email, please."})
    assert "By email, please." in read(priya, made.team_page)
    priya.post(f"{made.team_page}request/")
    assert priya.post(f"{made.team_page}decision/", {"decision": "yes"}).status_code == 404
    joan.post(f"{made.team_page}decision/", {"decision": "yes"})
    assert Approval.objects.last().approved
    joan.post(f"{made.team_page}sending/")
    assert fresh(made).state == "sending"


def test_the_page_looks_again_by_itself_when_the_two_minutes_are_over(medway: Cast) -> None:
    priya = enters(medway, "priya")
    made = writes(medway, priya)
    priya.post(f"{made.team_page}sending/")
    assert re.search(r'hx-trigger="load delay:12\ds"', read(priya, made.team_page))


def test_older_announcements_are_on_further_pages(medway: Cast, at: datetime) -> None:
    for number in range(51):
        goes_out(medway, "joan", at, to_all(), subject=f"Number {number}", text=f"{number}" * 9)
    for key, page in (("joan", "announcements/"), ("ewa", "from-school/")):
        client = enters(medway, key)
        assert "Number 0<" not in read(client, HERE + page)
        assert "Number 0<" in read(client, f"{HERE}{page}?page=2")


def test_scheduling_by_the_page(medway: Cast) -> None:
    priya = enters(medway, "priya")
    made = writes(medway, priya)
    past = priya.post(f"{made.team_page}sending/", {"at": "2020-01-01T10:00"}, follow=True)
    assert "still to come" in past.content.decode()
    priya.post(f"{made.team_page}sending/", {"at": "2099-01-01T10:00"})
    assert fresh(made).state == "scheduled"


def test_what_was_sent_lately_in_nearly_the_same_words_is_shown(medway: Cast, at: datetime) -> None:
    text = "Please send wellies and a warm coat for each child on Friday morning this week."
    goes_out(medway, "priya", at, to_group(medway, "Oak"), text=text, subject="Wellies")
    priya = enters(medway, "priya")
    priya.post(
        f"{HERE}announcements/new/",
        {**WORDS, "text": text.replace("warm", "dry"), "groups": [medway.groups["Oak"].pk]},
    )
    made = Announcement.objects.get(state="draft")
    assert "Nearly the same words were sent lately" in read(priya, made.team_page)
    enters(medway, "lena").post(
        f"{HERE}announcements/new/", {**WORDS, "text": text, "groups": [medway.groups["Elm"].pk]}
    )
    other = Announcement.objects.get(author=medway.team["lena"])
    # Hannah and Gareth have children in both.
    assert "2 of these people have it" in read(enters(medway, "lena"), other.team_page)


@pytest.mark.clause("2.1-M2c")
def test_a_childs_name_in_the_subject_is_said_before_sending(medway: Cast) -> None:
    priya = enters(medway, "priya")
    made = writes(medway, priya, subject="Kuba, and wellies")
    assert "“Kuba” is a child’s name" in read(priya, made.team_page)


def test_templates_begin_with_gaps_that_stop_the_sending(medway: Cast) -> None:
    joan = enters(medway, "joan")
    for key in ("closure", "late-bus", "reminder", "trip"):
        assert "[" in read(joan, f"{HERE}announcements/new/?template={key}")
    made = writes(medway, joan, subject="Closed on [day]")
    assert "gaps to fill in" in read(joan, made.team_page)
    joan.post(f"{made.team_page}sending/")
    assert fresh(made).state == "draft"


def test_a_list_of_children_can_be_made_and_chosen(medway: Cast) -> None:
    priya = enters(medway, "priya")
    kuba = medway.children["kuba"].public_id
    priya.post(f"{HERE}announcements/lists/", {"name": "Woods", "kind": "trip", "children": [kuba]})
    trip = PupilList.objects.get()
    assert "Woods" in read(priya, f"{HERE}announcements/lists/")
    made = writes(medway, priya, groups=[], lists=[trip.public_id])
    assert "Send to one person" in read(priya, made.team_page)
    assert "Woods" not in read(enters(medway, "lena"), f"{HERE}announcements/lists/")


def test_answers_by_child_with_who_has_not_answered(medway: Cast, at: datetime) -> None:
    made = goes_out(medway, "priya", at, to_group(medway, "Oak"), asks="consent")
    hannah, gareth = enters(medway, "hannah"), enters(medway, "gareth")
    max_id = str(medway.children["max"].public_id)
    hannah.post(f"{made.page}answers/", {"says": "yes", "child": max_id})
    gareth.post(f"{made.page}answers/", {"says": "no", "child": max_id})
    page = read(enters(medway, "priya"), f"{made.team_page}answers/")
    assert "They differ: please ask" in page
    silent = page[page.index('id="silent"') :]
    assert "Ewa" in silent and "Hannah" not in silent
    enters(medway, "priya").post("/look/", {"cover": "yes", "back": "/"})
    covered = enters(medway, "priya")
    covered.post("/look/", {"cover": "yes"})
    page = read(covered, f"{made.team_page}answers/")
    assert "Ewa" not in page and "Kuba" not in page


def test_a_correction_by_the_page(medway: Cast, at: datetime) -> None:
    made = goes_out(medway, "priya", at, to_group(medway, "Oak"))
    priya = enters(medway, "priya")
    answer = priya.post(
        f"{made.team_page}correction/",
        {"what_was_wrong": "The day", "subject": "Wellies", "text": "On Thursday."},
        follow=True,
    )
    assert "exactly those who got the wrong one" in answer.content.decode()
    right = Announcement.objects.get(corrects=made)
    priya.post(f"{right.team_page}sending/")
    publish_due(school=medway.school, at=timezone.now() + timedelta(minutes=3))
    ewa = enters(medway, "ewa")
    assert "Something here was wrong." in read(ewa, made.page)
    assert "What was wrong: The day" in read(ewa, right.page)


def test_the_call_list_keeps_each_try(medway: Cast, at: datetime) -> None:
    goes_out(medway, "ruth", at, to_all(), is_urgent=True)
    joan, call = enters(medway, "joan"), Call.objects.get()
    page = read(joan, f"{HERE}calls/")
    assert "Hal Price" in page and "No way to reach them is known" in page
    joan.post(f"{HERE}calls/{call.pk}/tries/", {"outcome": "engaged"})
    assert "Engaged" in read(joan, f"{HERE}calls/")
    joan.post(f"{HERE}calls/{call.pk}/tries/", {"outcome": "spoke"})
    assert CallTry.objects.count() == 2
    assert "Nobody needs ringing now" in read(joan, f"{HERE}calls/")


def test_nobody_is_rung_of_whom_an_order_says_otherwise_by_now(medway: Cast, at: datetime) -> None:
    goes_out(medway, "ruth", at, to_all(), is_urgent=True)
    Link.objects.filter(carer=medway.carers["hal"]).update(ended_at=timezone.now())
    assert "Hal Price" not in read(enters(medway, "joan"), f"{HERE}calls/")


def test_looking_at_answers_is_recorded_for_the_team_and_reading_never_for_families(
    medway: Cast, at: datetime
) -> None:
    made = goes_out(medway, "priya", at, to_group(medway, "Oak"), asks="confirm")
    before = Entry.objects.count()
    read(enters(medway, "ewa"), made.page)
    assert Entry.objects.count() == before
    read(enters(medway, "priya"), f"{made.team_page}answers/")
    assert Entry.objects.filter(verb="looked at answers").count() == 1


@pytest.mark.clause("3.0-P4")
def test_a_family_reads_what_it_was_sent_and_answers_there(medway: Cast, at: datetime) -> None:
    made = goes_out(medway, "priya", at, to_group(medway, "Oak"), asks="confirm")
    ewa = enters(medway, "ewa")
    assert "Wellies on Friday" in read(ewa, HERE)
    assert "Wellies on Friday" in read(ewa, f"{HERE}from-school/")
    assert "Please confirm" in read(ewa, made.page)
    ewa.post(f"{made.page}answers/", {"says": "confirmed"})
    assert "You have confirmed it" in read(ewa, made.page)
    title = read(ewa, made.page)
    assert "Kuba" not in title[title.index("<title>") : title.index("</title>")]


@pytest.mark.clause("2.1-M2c")
@pytest.mark.parametrize("key", ["piotr", "rania", "priya", "grace"])
def test_who_was_not_written_to_finds_no_page(medway: Cast, at: datetime, key: str) -> None:
    made = goes_out(medway, "priya", at, to_group(medway, "Oak"), asks="confirm")
    client = enters(medway, key)
    assert client.get(made.page).status_code == 404
    assert client.post(f"{made.page}answers/", {"says": "confirmed"}).status_code == 404


def test_a_child_of_whom_one_may_hear_no_more_is_not_named(medway: Cast, at: datetime) -> None:
    made = goes_out(medway, "joan", at, to_all())
    links = Link.objects.filter(carer=medway.carers["hannah"])
    links.filter(pupil=medway.children["max"]).update(ended_at=timezone.now())
    hannah = enters(medway, "hannah")
    page = read(hannah, made.page)
    assert "Ivy" in page and "Max" not in page
    links.update(ended_at=timezone.now())
    assert hannah.get(made.page).status_code == 404
    assert "Wellies" not in read(hannah, f"{HERE}from-school/")


def test_what_was_taken_back_says_so_and_shows_no_words(medway: Cast, at: datetime) -> None:
    made = goes_out(medway, "priya", at, to_group(medway, "Oak"))
    enters(medway, "priya").post(f"{made.team_page}taking-back/")
    page = read(enters(medway, "ewa"), made.page)
    assert "took this back" in page and "woods" not in page


def test_optional_news_is_asked_for_and_ended_by_the_family(medway: Cast) -> None:
    ewa = enters(medway, "ewa")
    ewa.post(f"{HERE}from-school/news/", {"news": "yes"})
    assert NewsConsent.objects.get().ended_at is None
    assert "No more optional news" in read(ewa, f"{HERE}from-school/")
    ewa.post(f"{HERE}from-school/news/", {"news": "no"})
    assert NewsConsent.objects.get().ended_at is not None
