"""What recurs: an hour before, at the time, once each; it names nobody and waits for no opening."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.models import Content, Parcel
from schoolgate.incidents.actions.reminding import remind_and_alarm
from schoolgate.incidents.models import Incident
from schoolgate.incidents.queries import counts
from schoolgate.incidents.tests.acting import tellings, tells, writes_down
from schoolgate.incidents.tests.test_telling import bounces, email_of
from schoolgate.people.actions.absence import record_absence
from schoolgate.rehearsal.cast import Cast


def alerted() -> list[str]:
    """Who has been alerted, in the order of the alerts."""
    rows = Parcel.objects.filter(content__purpose="alert").order_by("pk")
    return [one.member.name for one in rows.select_related("member") if one.member]


@pytest.fixture
def kubas(medway: Cast, now: datetime) -> Incident:
    return writes_down(medway, "dee", "kuba", now, talk_to=medway.team["priya"])


def test_an_hour_before_whoever_wrote_it_is_reminded_once(medway: Cast, kubas: Incident) -> None:
    for minutes in (61, 60, 59):
        remind_and_alarm(school=medway.school, at=kubas.due_at - timedelta(minutes=minutes))
    assert alerted() == ["Dee Marsh", "Priya Nair"]


def test_when_it_is_due_the_head_is_alarmed_once_and_at_once(medway: Cast, kubas: Incident) -> None:
    for minutes in (0, 1, 5):
        remind_and_alarm(school=medway.school, at=kubas.due_at + timedelta(minutes=minutes))
    assert alerted() == ["Ruth Calloway"]
    parcel = Parcel.objects.get(content__purpose="alert")
    assert parcel.next_try_at == kubas.due_at  # 17:30: the school has closed
    text = Content.objects.get(purpose="alert").text
    assert "Kuba" not in text and "Ewa" not in text and "told-today" in text


def test_with_the_head_away_whoever_acts_is_alarmed(medway: Cast, kubas: Incident) -> None:
    record_absence(
        actor=actor_of(medway, "ruth"),
        member=medway.team["ruth"],
        span=(kubas.written_at, None),
        cover=medway.team["tom"],
        no_cover_because="",
        at=kubas.written_at,
    )
    Parcel.objects.all().delete()
    remind_and_alarm(school=medway.school, at=kubas.due_at)
    assert alerted() == ["Tom Ashdown"]


def test_told_in_time_nobody_is_alarmed(medway: Cast, now: datetime, kubas: Incident) -> None:
    told = tells(medway, "priya", kubas, now)["ewa"]
    email_of(told, state="sent", ended_at=now)
    assert remind_and_alarm(school=medway.school, at=kubas.due_at) == 0


def test_an_email_that_still_waits_when_it_is_due_has_told_nobody(
    medway: Cast, now: datetime, kubas: Incident
) -> None:
    told = tells(medway, "priya", kubas, now)["ewa"]
    assert remind_and_alarm(school=medway.school, at=kubas.due_at) == 1
    assert tellings(kubas)["ewa"].state == "not reached"
    late = kubas.due_at + timedelta(minutes=20)
    email_of(told, state="sent", ended_at=late)
    remind_and_alarm(school=medway.school, at=late + timedelta(minutes=1))
    assert (tellings(kubas)["ewa"].state, tellings(kubas)["ewa"].told_at) == ("told", late)


def test_what_bounces_after_the_time_alarms_again(
    medway: Cast, now: datetime, kubas: Incident
) -> None:
    told = tells(medway, "priya", kubas, now)["ewa"]
    email_of(told, state="sent", ended_at=now)
    remind_and_alarm(school=medway.school, at=kubas.due_at)
    bounces(told, kubas.due_at + timedelta(minutes=5))
    assert remind_and_alarm(school=medway.school, at=kubas.due_at + timedelta(minutes=6)) == 1
    assert counts(medway.school, kubas.due_at + timedelta(minutes=6)).to_ring == 1
