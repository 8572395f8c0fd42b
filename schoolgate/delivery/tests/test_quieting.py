"""Texts and notices that are not urgent wait for a person's own hours, or for the school's."""

from datetime import datetime, time

import pytest

from schoolgate.conversations.tests.acting import actor_of, answers, writes
from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.models import Content, Parcel, Priority
from schoolgate.people.actions.preferring import Wishes, prefer
from schoolgate.people.models import ContactRoute, Receives
from schoolgate.rehearsal.cast import Cast

EVENING = datetime.fromisoformat("2026-11-23T20:00:00+00:00")
NEXT_CORE = datetime.fromisoformat("2026-11-24T08:00:00+00:00")


def sent(cast: Cast, channel: str, priority: Priority = Priority.SERVICE) -> datetime:
    """When something to Ewa may leave that was published in the evening."""
    content = Content.objects.create(
        school=cast.school, purpose="service", subject="s", text="t",
        level=Receives.GENERAL, written_at=EVENING,
    )  # fmt: skip
    to = Addressee(carer=cast.carers["ewa"].pk, children=(), channel=channel)
    publish(content=content, addressees=[to], priority=priority, at=EVENING)
    return Parcel.objects.get(content=content).next_try_at


@pytest.mark.parametrize("channel", ["sms", "push", "voice"])
def test_what_lights_up_a_telephone_waits_for_core_hours(medway: Cast, channel: str) -> None:
    assert sent(medway, channel) == NEXT_CORE


def test_email_wakes_nobody_and_does_not_wait(medway: Cast) -> None:
    assert sent(medway, "email") == EVENING


def test_what_is_urgent_goes_at_any_hour(medway: Cast) -> None:
    assert sent(medway, "sms", Priority.URGENT) == EVENING


@pytest.mark.clause("2.1-M0")
def test_somebodys_own_hours_win_over_the_schools(medway: Cast, now: datetime) -> None:
    prefer(
        actor=actor_of(medway, "ewa"),
        carer=medway.carers["ewa"],
        wishes=Wishes(quiet_from=time(21), quiet_until=time(7)),
        at=now,
    )
    assert sent(medway, "sms") == EVENING


def test_who_has_no_email_is_told_by_text_that_there_is_an_answer(
    medway: Cast, now: datetime
) -> None:
    ContactRoute.objects.create(
        school=medway.school, carer=medway.carers["hal"], kind="mobile", value="07700 900123"
    )
    conversation = writes(medway, "hal", "leo", now)
    answers(medway, "andy", conversation, EVENING)
    notice = Parcel.objects.get(channel="sms")
    assert notice.next_try_at == NEXT_CORE and notice.state == "waiting"
