"""A closure reaches everybody or says who is left; it and the calendar offer each other."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.announcements.actions.calling import note_call
from schoolgate.announcements.left import left
from schoolgate.announcements.models import Announcement, Call
from schoolgate.announcements.tests.announcing import (
    goes_out,
    has_mobile,
    rows,
    to_all,
    to_group,
    writes,
)
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.actions.bouncing import bounce
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.models import ContactRoute
from schoolgate.people.queries import email_of
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.models import CalendarEntry
from schoolgate.school.tenancy import see

HERE = "/medway-green/"
CLOSED = {"subject": "School is closed", "text": "The heating is broken.", "is_safety": True}


@pytest.fixture
def here(medway: Cast) -> Cast:
    return medway


def enters(cast: Cast, key: str) -> Client:
    client, _ = enter(key, cast, cast)
    return client


def read(cast: Cast, client: Client, page: str) -> str:
    found = client.get(page).content.decode()
    see(school_id=cast.school.pk)
    return " ".join(found.split())


def left_of(made: Announcement) -> dict[str, tuple[str, str]]:
    return {one.carer.called: (one.why, one.rung) for one in left(made, None)}


@pytest.mark.clause("2.1-M3b", "3.0-P4")
def test_of_a_closure_that_is_not_urgent_whom_no_way_reaches_is_rung(
    medway: Cast, now: datetime
) -> None:
    made = goes_out(medway, "ruth", now, to_all(), **CLOSED)
    call = Call.objects.get()
    assert (call.carer, call.because) == (medway.carers["hal"], "no route")
    assert left_of(made) == {
        "Hal": ("No way to reach them is known.", "They are on the call list.")
    }
    ordinary = goes_out(medway, "ruth", now, to_all(), subject="Wellies", text="On Friday.")
    assert Call.objects.count() == 1
    assert left_of(ordinary)["Hal"][1] == "It stands in their portal, and nowhere else."


def test_who_has_been_spoken_to_stays_named_on_the_announcements_page(
    medway: Cast, now: datetime
) -> None:
    made = goes_out(medway, "ruth", now, to_all(), **CLOSED)
    joan = {"actor": actor_of(medway, "joan"), "member": medway.team["joan"]}
    note_call(call=Call.objects.get(), outcome="wrong number", at=now, **joan)  # type: ignore[arg-type]
    assert left_of(made)["Hal"][1] == "Nobody has spoken to them: wrong number."
    note_call(call=Call.objects.get(), outcome="spoke", at=now, **joan)  # type: ignore[arg-type]
    assert left_of(made)["Hal"][1] == "Somebody has spoken to them."


def test_whose_only_email_about_a_closure_comes_back_is_rung_at_once(
    medway: Cast, now: datetime
) -> None:
    made = goes_out(medway, "ruth", now, to_all(), **CLOSED)
    nina = medway.carers["nina"]
    sent = Parcel.objects.filter(content=made.content_id, carer=nina, channel="email")
    sent.update(state="sent", ended_at=now, sent_to=email_of(nina))
    bounce(parcel=sent.get(), at=now + timedelta(minutes=9))
    assert Call.objects.get(carer=nina).because == "all failed"
    assert left_of(made)["Nina"][1] == "They are on the call list."


@pytest.mark.clause("2.1-M3b")
def test_a_closure_goes_by_email_and_text_together_without_being_urgent(
    medway: Cast, now: datetime
) -> None:
    has_mobile(medway, "nina")
    made = goes_out(medway, "joan", now, to_group(medway, "Oak"), by_text=True, **CLOSED)
    assert {("Nina", "email", "waiting"), ("Nina", "sms", "waiting")} <= rows(made)
    reminder = goes_out(
        medway, "joan", now, to_group(medway, "Oak"), by_text=True, subject="Photos", text="Today."
    )
    assert ("Nina", "email", "waiting") in rows(reminder)
    assert ("Nina", "sms", "waiting") not in rows(reminder)


def test_a_closure_that_is_sent_as_optional_news_reaches_who_did_not_ask_for_news(
    medway: Cast, now: datetime
) -> None:
    made = goes_out(
        medway, "ruth", now, to_group(medway, "Oak"), purpose=Content.Purpose.NEWS, **CLOSED
    )
    assert ("Nina", "email", "waiting") in rows(made)


def test_the_preview_never_says_that_all_are_reached_beside_names_that_are_not(
    here: Cast,
) -> None:
    made = writes(here, "ruth", timezone.now(), to_all(), **CLOSED)
    ruth = enters(here, "ruth")
    page = read(here, ruth, made.team_page)
    assert "Hal Price" in page and "They go on the call list" in page
    assert "Everybody has it in the portal" not in page and "people get it" not in page
    assert "The others go on the call list when it goes." in page
    assert "Send: it reaches" in page and "Send to" not in page
    ContactRoute.objects.create(
        school=here.school, carer=here.carers["hal"], kind="email", value="hal@example.org"
    )
    page = read(here, ruth, made.team_page)
    assert "Everybody has it in the portal" in page and "Send to" in page


def test_sending_a_closure_enters_the_day_in_the_calendar_in_the_same_press(here: Cast) -> None:
    joan = enters(here, "joan")
    made = writes(here, "joan", timezone.now(), to_all(), **CLOSED)
    assert "Enter it in the calendar too" in read(here, joan, made.team_page)
    days = {"closed_from": "2027-01-13", "closed_until": "2027-01-14"}
    answer = joan.post(f"{made.team_page}sending/", days, follow=True).content.decode()
    assert "It goes in two minutes" in answer and "It stands in the calendar now" in answer
    see(school_id=here.school.pk)
    entry = CalendarEntry.objects.get(first=date(2027, 1, 13))
    assert (entry.kind, entry.last) == ("closure", date(2027, 1, 14))


@pytest.mark.parametrize(
    "days",
    [
        {"closed_from": "2027-01-14", "closed_until": "2027-01-13"},
        {"closed_until": "2027-01-13"},
        {"closed_from": "2027-01-13", "open_only": "from eight"},
    ],
)
def test_days_that_make_no_sense_enter_nothing_and_send_nothing(
    here: Cast, days: dict[str, str]
) -> None:
    joan = enters(here, "joan")
    made = writes(here, "joan", timezone.now(), to_all(), **CLOSED)
    answer = joan.post(f"{made.team_page}sending/", days, follow=True).content.decode()
    assert "Nothing was sent" in answer
    see(school_id=here.school.pk)
    made.refresh_from_db()
    assert made.state == "draft" and not CalendarEntry.objects.exists()


def test_without_a_day_a_closure_is_sent_and_the_calendar_stays(here: Cast) -> None:
    joan = enters(here, "joan")
    made = writes(here, "joan", timezone.now(), to_all(), **CLOSED)
    empty = {"closed_from": "", "closed_until": "", "open_only": ""}
    joan.post(f"{made.team_page}sending/", empty)
    see(school_id=here.school.pk)
    made.refresh_from_db()
    assert made.state == "sending" and not CalendarEntry.objects.exists()


def test_who_does_not_keep_the_calendar_enters_nothing_by_a_sending(here: Cast) -> None:
    priya = enters(here, "priya")
    made = writes(here, "priya", timezone.now(), to_group(here, "Oak"))
    assert "in the calendar" not in read(here, priya, made.team_page)
    priya.post(f"{made.team_page}sending/", {"closed_from": "2027-01-13"})
    see(school_id=here.school.pk)
    assert not CalendarEntry.objects.exists()


def test_entering_a_closure_offers_a_message_to_families_with_its_words(here: Cast) -> None:
    joan = enters(here, "joan")
    form = {"kind": "closure", "first": "2027-01-13", "reason": "of the snow"}
    page = joan.post(f"{HERE}calendar/", form, follow=True).content.decode()
    see(school_id=here.school.pk)
    entry = CalendarEntry.objects.get(reason="of the snow")
    offer = f"{HERE}announcements/new/?day={entry.pk}"
    assert "Do families know of this day?" in page and offer in page
    page = read(here, joan, offer)
    assert "School is closed on Wednesday 13 January because of the snow." in page
    assert "It opens again on Thursday 14 January." in page
    assert "[what is arranged]" in page
    assert 'name="whole_school" id="id_whole_school" checked' in page.replace('class="choice" ', "")


def test_a_half_day_is_told_with_its_hours_and_a_term_is_no_closure(here: Cast) -> None:
    joan = enters(here, "joan")
    half = {"kind": "closure", "first": "2027-01-13", "hours": "08:00-12:00"}
    joan.post(f"{HERE}calendar/", half)
    see(school_id=here.school.pk)
    entry = CalendarEntry.objects.get(first=date(2027, 1, 13), kind="closure")
    page = read(here, joan, f"{HERE}announcements/new/?day={entry.pk}")
    assert "School is open only 08:00-12:00 on Wednesday 13 January because [reason]." in page
    term = CalendarEntry.objects.filter(kind="term").latest("first")
    for other in (str(term.pk), "9" * 30, "x"):
        assert "School is" not in read(here, joan, f"{HERE}announcements/new/?day={other}")
