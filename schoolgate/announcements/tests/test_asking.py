"""Asking the central sender, and what they say."""

from datetime import datetime, timedelta

import pytest

from schoolgate.announcements.actions.asking import approve, ask, decline
from schoolgate.announcements.actions.drafting import Words, change
from schoolgate.announcements.actions.publishing import publish
from schoolgate.announcements.actions.sending import UNDO, take_back
from schoolgate.announcements.errors import (
    NotFromHere,
    NotUrgentByYou,
    NotYourChildren,
    OnlyTheOffice,
    ReasonMissing,
    SafetyByOthers,
)
from schoolgate.announcements.models import Announcement, Call
from schoolgate.announcements.tests.announcing import (
    fresh,
    goes_out,
    has_mobile,
    rows,
    sends,
    to_all,
    to_group,
    writes,
)
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.models import Parcel
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast


@pytest.fixture
def asked(medway: Cast, now: datetime) -> Announcement:
    """Priya asks the office to send a text to her class."""
    made = writes(medway, "priya", now, to_group(medway, "Oak"), by_text=True)
    return ask(
        actor=actor_of(medway, "priya"), member=medway.team["priya"], announcement=made, at=now
    )


def decides(medway: Cast, key: str, asked: Announcement, at: datetime) -> Announcement:
    """Somebody says yes."""
    return approve(actor=actor_of(medway, key), member=medway.team[key], announcement=asked, at=at)


@pytest.mark.clause("2.1-M3")
def test_a_tutor_sends_no_text_and_the_office_does_after_its_own_yes(
    medway: Cast, asked: Announcement, now: datetime
) -> None:
    has_mobile(medway, "nina")
    ContactRoute.objects.filter(carer=medway.carers["nina"], kind="email").update(ended_at=now)
    with pytest.raises(OnlyTheOffice):
        sends(medway, "priya", asked, now)
    with pytest.raises(OnlyTheOffice):
        decides(medway, "tom", asked, now)
    approved = decides(medway, "joan", asked, now)
    with pytest.raises(OnlyTheOffice):
        sends(medway, "priya", approved, now)
    sends(medway, "joan", approved, now)
    publish(school=medway.school, number=asked.pk, at=now + UNDO)
    sent = fresh(asked)
    assert ("Nina", "sms", "waiting") in rows(sent)
    assert sent.sender == medway.team["joan"] and sent.author == medway.team["priya"]


def test_the_central_sender_is_told_without_a_word_of_it(medway: Cast, asked: Announcement) -> None:
    alert = Parcel.objects.get(member=medway.team["joan"], content__purpose="alert")
    assert "wellies" not in alert.content.text.lower()


def test_no_comes_with_a_reason_and_can_be_asked_again(
    medway: Cast, asked: Announcement, now: datetime
) -> None:
    joan = {"actor": actor_of(medway, "joan"), "member": medway.team["joan"], "announcement": asked}
    with pytest.raises(ReasonMissing):
        decline(**joan, reason=" ", at=now)
    decline(**joan, reason="Please send it by email.", at=now)
    assert asked.approvals.get().reason == "Please send it by email."
    with pytest.raises(NotFromHere):
        sends(medway, "joan", fresh(asked), now)
    ask(actor=actor_of(medway, "priya"), member=medway.team["priya"], announcement=asked, at=now)
    assert fresh(asked).state == "asked" and asked.approvals.count() == 2


def test_changed_words_need_a_new_yes_and_an_undone_sending_keeps_it(
    medway: Cast, asked: Announcement, now: datetime
) -> None:
    approved = decides(medway, "joan", asked, now)
    sent = sends(medway, "joan", approved, now)
    undone = take_back(actor=actor_of(medway, "joan"), announcement=sent, at=now)
    assert undone.state == "approved"
    changed = change(
        actor=actor_of(medway, "priya"),
        announcement=asked,
        words=Words(subject="Wellies", text="Other words", by_text=True),
        audience=to_group(medway, "Oak"),
        at=now,
    )
    assert changed.state == "draft"


def test_a_tutor_writes_to_own_children_alone(medway: Cast, now: datetime) -> None:
    for key, audience in (
        ("lena", to_group(medway, "Oak")),
        ("priya", to_group(medway, "Oak", "Elm")),
        ("priya", to_all()),
    ):
        with pytest.raises(NotYourChildren):
            sends(medway, key, writes(medway, key, now, audience), now)
    assert goes_out(medway, "dee", now, to_group(medway, "Oak")).state == "published"


def test_what_reaches_the_held_back_is_not_for_everybody_to_tick(
    medway: Cast, now: datetime
) -> None:
    with pytest.raises(SafetyByOthers):
        goes_out(medway, "priya", now, to_group(medway, "Oak"), is_safety=True)
    assert goes_out(medway, "ruth", now, to_all(), is_safety=True).content.is_safety


def test_what_cannot_wait_is_never_optional(medway: Cast, now: datetime) -> None:
    made = goes_out(medway, "ruth", now, to_all(), is_urgent=True, purpose="news")
    assert made.content.purpose == "service"


@pytest.mark.clause("2.1-M1")
def test_something_urgent_goes_by_every_way_at_once_with_no_undo_at_any_hour(
    medway: Cast, now: datetime
) -> None:
    has_mobile(medway, "nina")
    night = now.replace(hour=2) + timedelta(days=5)
    with pytest.raises(NotUrgentByYou):
        goes_out(medway, "priya", night, to_group(medway, "Oak"), is_urgent=True)
    made = goes_out(medway, "ruth", night, to_all(), is_urgent=True)
    assert made.state == "published" and made.published_at == night
    assert {row for row in rows(made) if row[0] == "Nina"} == {
        ("Nina", "portal", "sent"),
        ("Nina", "email", "waiting"),
        ("Nina", "sms", "waiting"),
        ("Nina", "voice", "waiting"),
    }
    assert set(Parcel.objects.filter(content=made.content).values_list("priority", flat=True)) == {
        0
    }
    # Whom no way reaches is rung: Hal has no email.
    assert {call.carer.called: call.because for call in Call.objects.all()} == {"Hal": "no route"}
    with pytest.raises(NotFromHere):
        sends(medway, "ruth", made, night)
