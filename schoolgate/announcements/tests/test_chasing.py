"""Who has not answered is asked by the next channel, and at last rung."""

from datetime import datetime, timedelta

import pytest

from schoolgate.announcements.actions.calling import note_call, ring_whom_nothing_reached
from schoolgate.announcements.actions.chasing import chase_due
from schoolgate.announcements.models import Announcement, Call
from schoolgate.announcements.tests.announcing import (
    fresh,
    goes_out,
    has_mobile,
    lives_somewhere,
    rows,
    to_group,
)
from schoolgate.announcements.tests.test_answering import says
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.outcomes import News
from schoolgate.people.models import Link
from schoolgate.rehearsal.cast import Cast


@pytest.fixture
def unconfirmed(medway: Cast, now: datetime) -> Announcement:
    """Everybody in Oak is asked to confirm by tomorrow; texts and letters are allowed."""
    has_mobile(medway, "nina")
    lives_somewhere(medway, "nina", now)
    return goes_out(
        medway, "joan", now, to_group(medway, "Oak"), asks="confirm", by_text=True,
        by_letter=True, chase_at=now + timedelta(days=1),
    )  # fmt: skip


@pytest.mark.clause("3.0-P4")
def test_the_silent_are_asked_by_every_way_in_turn_and_then_rung(
    medway: Cast, unconfirmed: Announcement, now: datetime
) -> None:
    says(medway, "ewa", unconfirmed, "confirmed", now, "kuba")
    assert chase_due(school=medway.school, at=now + timedelta(hours=23)) == 0
    assert chase_due(school=medway.school, at=now + timedelta(days=1)) == 1
    assert ("Nina", "sms", "waiting") in rows(unconfirmed)
    assert {call.carer.called for call in Call.objects.all()} == {"Chidi", "Hannah", "Gareth"}
    assert chase_due(school=medway.school, at=now + timedelta(days=1, hours=1)) == 0
    chase_due(school=medway.school, at=now + timedelta(days=2))
    assert ("Nina", "letter", "waiting") in rows(unconfirmed)
    chase_due(school=medway.school, at=now + timedelta(days=3))
    call = Call.objects.get(carer=medway.carers["nina"])
    assert call.because == "not confirmed"
    assert fresh(unconfirmed).chase_at is None
    assert not Call.objects.filter(carer=medway.carers["ewa"]).exists()
    says(medway, "nina", unconfirmed, "confirmed", now + timedelta(days=4), "noah")
    call.refresh_from_db()
    assert call.ended_at is not None


def test_who_may_receive_it_no_more_is_neither_asked_nor_rung(
    medway: Cast, unconfirmed: Announcement, now: datetime
) -> None:
    Link.objects.filter(carer=medway.carers["nina"]).update(ended_at=now)
    chase_due(school=medway.school, at=now + timedelta(days=1))
    assert ("Nina", "sms", "waiting") not in rows(unconfirmed)
    assert not Call.objects.filter(carer=medway.carers["nina"]).exists()


@pytest.mark.clause("2.1-M1")
def test_whoever_got_nothing_of_something_urgent_is_rung(medway: Cast, now: datetime) -> None:
    has_mobile(medway, "nina")
    made = goes_out(medway, "ruth", now, to_group(medway, "Oak"), is_urgent=True)
    nina = Parcel.objects.filter(content=made.content, carer=medway.carers["nina"])
    nina.filter(channel="email").update(state="failed")
    ring_whom_nothing_reached(News(list(nina.filter(channel="email")), now))
    assert not Call.objects.exists()  # the text and the voice are still under way
    nina.filter(channel="sms").update(state="not entitled")
    ring_whom_nothing_reached(News(list(nina.filter(channel="sms")), now))
    nina.exclude(channel="portal").update(state="failed")
    for _ in range(2):
        ring_whom_nothing_reached(News(list(nina.filter(channel="sms")), now))
    assert [(call.carer.called, call.because) for call in Call.objects.all()] == [
        ("Nina", "all failed")
    ]


def test_what_fails_of_an_ordinary_message_rings_nobody(medway: Cast, now: datetime) -> None:
    made = goes_out(medway, "joan", now, to_group(medway, "Oak"))
    emails = Parcel.objects.filter(content=made.content, channel="email")
    emails.update(state="failed")
    ring_whom_nothing_reached(News(list(emails), now))
    assert not Call.objects.exists()


def test_each_try_is_kept_and_who_was_spoken_to_is_off_the_list(
    medway: Cast, unconfirmed: Announcement, now: datetime
) -> None:
    chase_due(school=medway.school, at=now + timedelta(days=1))
    call = Call.objects.get(carer=medway.carers["obi"])
    tried = {"actor": actor_of(medway, "joan"), "member": medway.team["joan"], "call": call}
    for outcome in ("engaged", "no answer", "voicemail"):
        note_call(**tried, outcome=outcome, at=now)
        call.refresh_from_db()
        assert call.ended_at is None
    note_call(**tried, outcome="spoke", confirmed=True, at=now)
    call.refresh_from_db()
    assert call.ended_at == now and call.tries.count() == 4
    kept = unconfirmed.answers.get(carer=medway.carers["obi"])
    assert (kept.says, kept.way, kept.written_down_by) == (
        "confirmed",
        "phone",
        medway.team["joan"],
    )
