"""Who was not reached: why, who has no way at all, and the office's one list a day."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.actions.bouncing import CAME_BACK
from schoolgate.delivery.actions.bundling import NOT_IN_ISAMS
from schoolgate.delivery.actions.settling import TWICE_IN_DOUBT
from schoolgate.delivery.actions.telling_office import COUNTED, tell_of_unreached
from schoolgate.delivery.errors import NoRoute
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.unreached import (
    late_hand_offs,
    waiting_too_long,
    why,
    without_working_route,
)
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.routes import works_again
from schoolgate.people.actions.safe_routes import begin_no_safe_route
from schoolgate.people.models import ContactRoute, Link
from schoolgate.rehearsal.cast import Cast

SET_TIME = datetime.fromisoformat("2026-11-23T14:00:00+00:00")


def missed(cast: Cast, key: str, at: datetime, **more: object) -> Parcel:
    """Something did not reach somebody."""
    content = Content.objects.create(
        school=cast.school, purpose="service", subject="Wellies", text="Please.", written_at=at
    )
    values: dict[str, object] = {"state": "failed", "ended_at": at, "because": CAME_BACK, **more}
    return Parcel.objects.create(
        school=cast.school, content=content, carer=cast.carers[key], channel="email",
        posted_at=at, next_try_at=at, **values,
    )  # fmt: skip


def alerts() -> list[Content]:
    return list(Content.objects.filter(purpose="alert", subject="Not everybody was reached"))


def fails(cast: Cast, key: str, at: datetime) -> None:
    ContactRoute.objects.filter(carer=cast.carers[key]).update(failing_since=at)


def cut_off(cast: Cast, at: datetime) -> set[str]:
    return set(without_working_route(cast.school.pk, at).values_list("called", flat=True))


@pytest.mark.parametrize(
    ("channel", "state", "because", "tries", "reason"),
    [
        ("email", "failed", CAME_BACK, 1, "bounced"),
        ("email", "failed", TWICE_IN_DOUBT, 2, "in doubt"),
        ("email", "failed", NOT_IN_ISAMS, 0, "not in isams"),
        ("email", "failed", str(NoRoute()), 1, "no address"),
        ("email", "failed", "550 5.1.1 nobody", 1, "refused"),
        ("email", "failed", "450 not now", 99, "gave up"),
        ("sms", "failed", "21614 not a mobile", 1, "dead number"),
        ("email", "waiting", "", 1, "waiting"),
    ],
)
def test_why_in_one_word(channel: str, state: str, because: str, tries: int, reason: str) -> None:
    assert why(channel=channel, state=state, because=because, tries=tries) == reason


@pytest.mark.clause("3.0-P4")
def test_what_waits_two_hours_past_its_time_is_not_reached(medway: Cast, now: datetime) -> None:
    stuck = missed(medway, "ewa", now, state="waiting", ended_at=None)
    later = missed(medway, "nina", now, state="waiting", ended_at=None)
    Parcel.objects.filter(pk=later.pk).update(next_try_at=now + timedelta(hours=9))
    refused = missed(medway, "obi", now, state="waiting", ended_at=None, tries=3)
    Parcel.objects.filter(pk=refused.pk).update(next_try_at=now + timedelta(hours=3))
    soon, then = now + timedelta(minutes=119), now + timedelta(hours=2)
    assert list(waiting_too_long(medway.school.pk, soon)) == []
    assert set(waiting_too_long(medway.school.pk, then)) == {stuck, refused}


@pytest.mark.clause("3.0-P4")
def test_a_family_whom_no_way_reaches_stands_there_until_one_works(
    medway: Cast, now: datetime
) -> None:
    before = cut_off(medway, now)
    assert "Ewa" not in before
    fails(medway, "ewa", now)
    assert cut_off(medway, now) == before | {"Ewa"}
    route = ContactRoute.objects.get(carer=medway.carers["ewa"])
    works_again(actor=actor_of(medway, "joan"), route=route, at=now)
    works_again(actor=actor_of(medway, "joan"), route=route, at=now)
    assert cut_off(medway, now) == before
    assert Entry.objects.filter(verb="found a route working").count() == 1


@pytest.mark.clause("3.0-P4")
def test_the_task_ends_too_when_no_safe_route_has_a_name(medway: Cast, now: datetime) -> None:
    fails(medway, "ewa", now)
    begin_no_safe_route(
        actor=actor_of(medway, "joan"), carer=medway.carers["ewa"],
        held_by=medway.team["helen"], words="at the gate", at=now,
    )  # fmt: skip
    assert "Ewa" not in cut_off(medway, now)


def test_who_may_receive_nothing_is_no_task(medway: Cast, now: datetime) -> None:
    fails(medway, "ewa", now)
    Link.objects.filter(carer=medway.carers["ewa"]).update(ended_at=now)
    assert "Ewa" not in cut_off(medway, now)


def test_a_telephone_alone_is_a_way(medway: Cast, now: datetime) -> None:
    fails(medway, "ewa", now)
    ContactRoute.objects.create(
        school=medway.school, carer=medway.carers["ewa"], kind="phone", value="+44 1632 960001"
    )
    assert "Ewa" not in cut_off(medway, now)


def test_a_hand_off_is_late_after_an_hour_of_the_office(trent: Cast, now: datetime) -> None:
    missed(trent, "mia", now, state="owed", ended_at=None)
    assert late_hand_offs(trent.school, now + timedelta(minutes=59)) == 0
    assert late_hand_offs(trent.school, now + timedelta(minutes=61)) == 1


@pytest.mark.clause("3.0-P4")
def test_the_office_is_told_once_a_day_by_figures_alone(medway: Cast, now: datetime) -> None:
    missed(medway, "ewa", now)
    told = [
        tell_of_unreached(school=medway.school, at=SET_TIME + timedelta(minutes=n))
        for n in (-1, 0, 1, 90)
    ]
    assert told == [False, True, False, False]
    (alert,) = alerts()
    assert "did not arrive: 1" in alert.text
    assert not any(carer.called in alert.text for carer in medway.carers.values())
    members = set(Parcel.objects.filter(content=alert).values_list("member__name", flat=True))
    assert members == {"Joan Pike"}
    tell_of_unreached(school=medway.school, at=SET_TIME + timedelta(days=1))
    counted = Entry.objects.filter(verb=COUNTED).order_by("at")
    assert [entry.facts["failed"] for entry in counted] == [1, 0]


def test_where_everybody_was_reached_nobody_is_told_and_the_ledger_says_so(
    medway: Cast, now: datetime
) -> None:
    for carer in without_working_route(medway.school.pk, now):
        ContactRoute.objects.create(
            school=medway.school, carer=carer, kind="phone", value=f"+44 1632 {960100 + carer.pk}"
        )
    assert tell_of_unreached(school=medway.school, at=SET_TIME) is True
    assert alerts() == []
    missed(medway, "ewa", SET_TIME + timedelta(minutes=5))
    assert tell_of_unreached(school=medway.school, at=SET_TIME + timedelta(minutes=9)) is False
    assert alerts() == []
