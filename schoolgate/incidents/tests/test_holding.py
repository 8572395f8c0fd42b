"""Holding back: the lead alone, with a reason that nobody else reads; nothing leaves meanwhile."""

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from schoolgate.conversations.access import visible_to_carer
from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.delivery.models import Content, Parcel
from schoolgate.incidents.access import holds_of, sees_that_it_is_held, to_ring_for
from schoolgate.incidents.actions.holding import Held, hold_back, lift, look_again
from schoolgate.incidents.actions.reminding import remind_and_alarm
from schoolgate.incidents.actions.settling import Spoken, settle
from schoolgate.incidents.errors import (
    ForTheLead,
    HoldReasonMissing,
    NotFromHere,
    ReviewTooLate,
    ToldAlready,
    WasThere,
)
from schoolgate.incidents.held import is_held
from schoolgate.incidents.models import Hold, Incident
from schoolgate.incidents.queries import untold
from schoolgate.incidents.tests.acting import as_lead, holds, tellings, tells, writes_down
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

SOON = timedelta(days=3)


@pytest.fixture
def ivys(medway: Cast, now: datetime) -> Incident:
    return writes_down(medway, "lena", "ivy", now)


@pytest.mark.clause("2.2-T5")
def test_one_parent_is_held_back_and_the_other_is_told(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    holds(medway, "helen", ivys, now, carer="gareth")
    see(school_id=medway.school.pk)
    told = tells(medway, "lena", ivys, now)
    assert {name: one.state for name, one in told.items()} == {
        "hannah": "told",
        "gareth": "written",
    }
    assert not Parcel.objects.filter(carer=medway.carers["gareth"]).exists()
    assert not visible_to_carer(who(medway, "gareth", now)).exists()
    assert untold(medway.school, now) == []


def test_held_from_everybody_nothing_leaves_and_nobody_is_alarmed(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    holds(medway, "sam", ivys, now)
    see(school_id=medway.school.pk)
    tells(medway, "lena", ivys, now)
    assert not Parcel.objects.exists()
    assert remind_and_alarm(school=medway.school, at=now + timedelta(hours=9)) == 0
    assert not Content.objects.filter(purpose="alert").exists()


def test_who_was_not_reached_is_rung_no_more_once_held_back(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "tom", "leo", now)
    tells(medway, "tom", incident, now)
    assert to_ring_for(who(medway, "joan", now)).exists()
    holds(medway, "helen", incident, now, carer="hal")
    see(school_id=medway.school.pk)
    assert not to_ring_for(who(medway, "joan", now)).exists()


def test_letting_go_sends_at_once_to_who_is_entitled_then(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    hold = holds(medway, "helen", ivys, now)
    tells(medway, "lena", ivys, now)
    later = now + timedelta(hours=1)
    told = lift(who=as_lead(medway, "helen", later), hold=hold, at=later)
    assert {one.carer.name for one in told} == {"Hannah Hale", "Gareth Hale"}
    assert {one.state for one in tellings(ivys).values()} == {"told"}
    with pytest.raises(NotFromHere):
        lift(who=as_lead(medway, "helen", later), hold=hold, at=later)


def test_letting_one_go_leaves_the_others_to_the_press(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    hold = holds(medway, "helen", ivys, now, carer="gareth")
    lift(who=as_lead(medway, "helen", now), hold=hold, at=now)
    assert set(tellings(ivys)) == {"gareth"}
    assert [one.carer.name for one in untold(medway.school, now)] == ["Hannah Hale"]


@pytest.mark.parametrize("person", ["ruth", "tom", "lena", "joan", "grace"])
def test_nobody_but_the_lead_and_deputies_holds_back(
    medway: Cast, now: datetime, ivys: Incident, person: str
) -> None:
    with pytest.raises(ForTheLead):
        holds(medway, person, ivys, now)
    hold = holds(medway, "helen", ivys, now)
    for verb in (lift, look_again):
        with pytest.raises(ForTheLead):
            more = {"review_on": now.date() + SOON} if verb is look_again else {}
            verb(who=as_lead(medway, person, now), hold=hold, at=now, **more)


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize(
    ("person", "reads"),
    [
        ("helen", True),
        ("sam", True),
        ("ruth", False),
        ("tom", False),
        ("lena", False),
        ("joan", False),
        ("gareth", False),
    ],
)
def test_the_database_gives_a_hold_to_the_lead_and_deputies_alone(
    medway: Cast, now: datetime, ivys: Incident, person: str, reads: bool
) -> None:
    holds(medway, "helen", ivys, now)
    asker = as_lead(medway, person, now)
    assert Hold.objects.exists() is reads
    assert holds_of(asker, ivys).exists() is reads
    assert sees_that_it_is_held(asker) is (reads or person == "ruth")
    assert is_held(ivys, medway.carers["gareth"])


def test_the_database_refuses_a_hold_that_somebody_else_writes(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    as_lead(medway, "ruth", now)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Hold.objects.create(
            school=medway.school,
            incident=ivys,
            pupil=ivys.pupil,
            reason="Mine.",
            from_at=now,
            review_on=now.date(),
            set_by_user=medway.user_id("ruth"),
        )


def test_neither_ledger_nor_alert_tells_of_a_hold(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    before = Entry.objects.count()
    holds(medway, "helen", ivys, now)
    assert Entry.objects.count() == before
    assert not Content.objects.exists()


def test_who_was_there_does_not_decide_it(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "helen", "ivy", now)
    with pytest.raises(WasThere):
        holds(medway, "helen", incident, now)
    assert holds(medway, "sam", incident, now).pk


def test_a_reason_and_a_day_within_a_week_are_needed(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    lead, today = as_lead(medway, "helen", now), now.date()
    with pytest.raises(HoldReasonMissing):
        hold_back(who=lead, incident=ivys, held=Held(None, " ", today + SOON), at=now)
    for day in (today, today + timedelta(days=8)):
        with pytest.raises(ReviewTooLate):
            hold_back(who=lead, incident=ivys, held=Held(None, "A risk.", day), at=now)


def test_what_was_told_can_be_held_back_no_more(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    tells(medway, "lena", ivys, now)
    with pytest.raises(ToldAlready):
        holds(medway, "helen", ivys, now, carer="hannah")


def test_what_a_person_has_said_all_the_same_can_be_written_down(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    holds(medway, "helen", ivys, now, carer="gareth")
    gareths = tells(medway, "lena", ivys, now)["gareth"]
    settle(
        actor=actor_of(medway, "lena"),
        member=medway.team["lena"],
        telling=gareths,
        spoken=Spoken("in person", "He asked me."),
        at=now,
    )
    assert tellings(ivys)["gareth"].state == "recorded"


def test_on_the_day_the_readers_are_asked_once_to_look_again(
    medway: Cast, now: datetime, ivys: Incident
) -> None:
    hold = holds(medway, "helen", ivys, now)
    see(school_id=medway.school.pk)
    for day in (2, 3, 3):
        remind_and_alarm(school=medway.school, at=now + timedelta(days=day))
    asked = Parcel.objects.filter(content__purpose="alert")
    assert {one.member for one in asked} == {medway.team["helen"], medway.team["sam"]}
    assert asked.count() == 2
    third = now + timedelta(days=3)
    lead = as_lead(medway, "helen", third)
    again = look_again(
        who=lead, hold=Hold.objects.get(pk=hold.pk), review_on=third.date() + SOON, at=third
    )
    assert again.asked_at is None
