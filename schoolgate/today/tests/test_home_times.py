"""A child's own home time: what is due before it, in which order they are collected, its page."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.tests.acting import who
from schoolgate.incidents.actions.writing import due_of
from schoolgate.people.models import OwnHomeTime
from schoolgate.people.tests.test_home_times import keeps, kuba
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.actions.telling import alarm_what_nobody_saw
from schoolgate.today.kinds import Kind
from schoolgate.today.models import Collection, Matter
from schoolgate.today.pages import pick_up_rows
from schoolgate.today.tests.acting import asks_to_collect, tells
from schoolgate.today.tests.test_seeing import alerted

HERE = "/medway-green"


@pytest.mark.clause("2.2-T7")
def test_a_matter_is_due_before_that_childs_home_time(medway: Cast, now: datetime) -> None:
    keeps(medway, time(10, 20))
    own = tells(medway, "ewa", "kuba", now, Kind.HEALTH, "A seizure at six.")
    others = tells(medway, "nina", "noah", now)
    assert own.due_at == now + timedelta(minutes=10), "Half of what is left."
    assert own.head_at < now + timedelta(minutes=20)
    assert others.due_at == now + timedelta(minutes=15)
    alarm_what_nobody_saw(school=medway.school, at=now + timedelta(minutes=11))
    assert alerted() == ["tom"]


@pytest.mark.parametrize(
    ("minutes", "due"),
    [(29, timedelta(minutes=14, seconds=30)), (30, timedelta(minutes=15))],
)
def test_half_an_hour_before_it_is_the_edge(
    medway: Cast, now: datetime, minutes: int, due: timedelta
) -> None:
    keeps(medway, (now + timedelta(minutes=minutes)).time())
    assert tells(medway, "ewa", "kuba", now).due_at == now + due


def test_after_it_and_while_children_are_about_it_is_still_for_this_day(
    medway: Cast, now: datetime
) -> None:
    keeps(medway, time(9))
    matter = tells(medway, "ewa", "kuba", now, Kind.TRANSPORT, "The taxi did not come.")
    assert (matter.day, matter.due_at) == (now.date(), now + timedelta(minutes=15))


def test_pick_ups_stand_in_the_order_of_home_times(medway: Cast, now: datetime) -> None:
    keeps(medway, time(13))
    first = asks_to_collect(medway, "nina", "noah", now)
    second = asks_to_collect(medway, "ewa", "kuba", now)
    third = asks_to_collect(medway, "obi", "amara", now)
    Collection.objects.exclude(pk=third.pk).update(at=None)
    Collection.objects.filter(pk=third.pk).update(at=time(14))
    rows = pick_up_rows(who(medway, "joan", now), now.date())
    assert [row.collection.pk for row in rows] == [second.pk, third.pk, first.pk]
    assert [row.at for row in rows] == [time(13), time(14), time(15, 30)]


def test_what_must_be_told_today_is_due_two_hours_after_it(medway: Cast, now: datetime) -> None:
    keeps(medway, time(13))
    assert due_of(kuba(medway), now, now) == datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert due_of(medway.children["noah"], now, now) == datetime(2026, 11, 23, 17, 30, tzinfo=UTC)


def test_the_office_keeps_it_from_the_childs_place(medway: Cast) -> None:
    joan = enters(medway, "joan")
    child = medway.children["kuba"].public_id
    where = f"{HERE}/people/{child}/home-times/"
    assert where in joan.get(f"{HERE}/people/{child}/").text
    today = timezone.localdate(timezone=ZoneInfo("Europe/London"))
    assert f'name="begins_on" value="{today}"' in joan.get(where).text
    form = {"weekdays": ["0", "2"], "at": "13:00", "begins_on": "2026-09-07", "reason": "Therapy"}
    assert joan.post(where, form)["Location"] == where
    page = joan.get(where).text
    assert "Monday, 13:00" in page and "Wednesday, 13:00" in page and "Therapy" in page
    own = OwnHomeTime.objects.get(weekday=0)
    assert joan.post(f"{HERE}/home-times/{own.public_id}/end/")["Location"] == where
    assert "Monday, 13:00" not in joan.get(where).text


def test_a_time_too_late_comes_back_with_what_was_written(medway: Cast) -> None:
    joan = enters(medway, "joan")
    where = f"{HERE}/people/{medway.children['kuba'].public_id}/home-times/"
    form = {"weekdays": "0", "at": "16:45", "begins_on": "2026-09-07", "reason": "Chess"}
    answer = joan.post(where, form)
    assert answer.status_code == 422
    assert "Please say so if it is a club" in answer.text and "Chess" in answer.text
    assert joan.post(where, {**form, "after_school": "on"}).status_code == 302


@pytest.mark.parametrize("key", ["priya", "dee", "ewa", "nina", "grace"])
def test_nobody_but_the_office_reaches_it(medway: Cast, key: str) -> None:
    own = keeps(medway, time(13))[0]
    client = enters(medway, key)
    where = f"{HERE}/people/{medway.children['kuba'].public_id}/home-times/"
    assert client.get(where).status_code == 404
    assert client.post(where, {"weekdays": "0", "at": "12:00"}).status_code == 404
    assert client.post(f"{HERE}/home-times/{own.public_id}/end/").status_code == 404
    assert OwnHomeTime.objects.get().ended_at is None


def test_no_family_page_says_why(medway: Cast) -> None:
    keeps(medway, time(10), 0, 1, 2, 3, 4, begins_on=timezone.now().date() - timedelta(days=9))
    ewa = enters(medway, "ewa")
    page = ewa.get(f"{HERE}/today/absence/").text
    assert "Therapy" not in page and "Therapy" not in ewa.get(f"{HERE}/").text


def test_the_pick_up_list_says_the_childs_usual_time(medway: Cast) -> None:
    now = timezone.now()
    keeps(medway, time(13), 0, 1, 2, 3, 4, begins_on=now.date() - timedelta(days=9))
    found = asks_to_collect(medway, "ewa", "kuba", now)
    Collection.objects.filter(pk=found.pk).update(at=None)
    day = Matter.objects.get().day
    shown = enters(medway, "joan").get(f"{HERE}/for-today/pick-ups/").text
    assert "at their usual time, 13:00" in shown, day
    assert "/home-times/" in shown
    assert "/home-times/" not in enters(medway, "priya").get(f"{HERE}/for-today/pick-ups/").text
