"""Cover: work moves when somebody is away, no clock does, and the family hears who has it."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.conversations.actions.handing_over import cover_part_time
from schoolgate.conversations.models import HandOver, Message
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes, writes_again
from schoolgate.delivery.models import Content, Parcel
from schoolgate.escalation.actions.climbing import climb_due
from schoolgate.escalation.actions.telling import tell_families, tell_of_what_falls_due_beyond
from schoolgate.escalation.models import Eve
from schoolgate.escalation.pages import to_take_back
from schoolgate.escalation.tests.acting import is_away
from schoolgate.people.actions.absence import begin_absences, come_back, record_absence
from schoolgate.people.errors import (
    AwayAlready,
    BackBeforeGone,
    CoverIsAway,
    NoCoverNoReason,
    NotThemselves,
)
from schoolgate.people.models import Absence, TeamMember
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise

NOON = datetime(2026, 12, 18, 12, 0, tzinfo=UTC)  # the last day of term


def test_what_waits_goes_to_named_cover_and_the_time_stays(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    due = fresh(thread).due_at
    is_away(medway, "priya", now + timedelta(hours=1), cover="lena")
    moved = fresh(thread)
    assert (moved.owner, moved.due_at) == (medway.team["lena"], due)
    assert HandOver.objects.get().summary == moved.preview
    said = Message.objects.filter(direction="automatic").last().body
    assert "Priya Nair is away; Lena Kovac has your message." in said
    assert "ill" not in said.lower().split()


@pytest.mark.parametrize(
    ("away", "has_it"),
    [((), "sam"), (("sam",), "tom"), (("sam", "tom"), "")],
)
def test_without_that_the_usual_cover_then_the_line_leader_then_the_office(
    medway: Cast, now: datetime, away: tuple[str, ...], has_it: str
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    for key in away:
        is_away(medway, key, now)
    is_away(medway, "priya", now)
    owner = fresh(thread).owner
    assert owner == (medway.team[has_it] if has_it else None)


def test_what_lies_with_the_family_finds_cover_when_they_write(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    answers(medway, "priya", thread, now)
    is_away(medway, "priya", now + timedelta(hours=1), cover="lena")
    assert fresh(thread).owner == medway.team["priya"]
    writes_again(medway, fresh(thread), now + timedelta(hours=2))
    assert fresh(thread).owner == medway.team["lena"]


def test_a_planned_absence_begins_at_its_moment_once(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    tomorrow = now + timedelta(days=1)
    is_away(medway, "priya", tomorrow, cover="lena", recorded=now)
    assert fresh(thread).owner == medway.team["priya"]
    for at in (now, tomorrow, tomorrow):
        begin_absences(school_id=medway.school.pk, at=at)
    assert fresh(thread).owner == medway.team["lena"]
    assert HandOver.objects.count() == 1


def test_back_again_they_take_it_back_by_choice(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    absence = is_away(medway, "priya", now, cover="lena")
    come_back(actor=actor_of(medway, "priya"), absence=absence, at=now + timedelta(hours=3))
    assert fresh(thread).owner == medway.team["lena"]
    assert [one.conversation for one in to_take_back(medway.team["priya"])] == [thread]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"cover": None, "no_cover_because": " "}, NoCoverNoReason),
        ({"cover": "priya"}, NotThemselves),
        ({"until": timedelta(hours=-1)}, BackBeforeGone),
        ({"cover": "tom"}, CoverIsAway),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused_with_a_sentence(
    medway: Cast, now: datetime, changes: dict[str, object], refusal: type[Exception]
) -> None:
    is_away(medway, "tom", now)
    cover = changes.get("cover", "lena")
    until = changes.get("until")
    with pytest.raises(refusal, match="[a-z]{3}"):
        record_absence(
            actor=actor_of(medway, "joan"),
            member=medway.team["priya"],
            span=(now, now + until if isinstance(until, timedelta) else None),
            cover=medway.team[str(cover)] if cover else None,
            no_cover_because=str(changes.get("no_cover_because", "")),
            at=now,
        )


def test_nobody_is_away_twice_at_once(medway: Cast, now: datetime) -> None:
    is_away(medway, "priya", now, cover="lena")
    with pytest.raises(AwayAlready):
        is_away(medway, "priya", now + timedelta(hours=1), cover="lena")
    assert Absence.objects.count() == 1


def test_a_part_time_colleagues_work_goes_to_cover_only_where_it_falls_due_first(
    medway: Cast, now: datetime
) -> None:
    days = {"mon": ["08:00-16:00"], "thu": ["08:00-16:00"], "fri": ["08:00-16:00"]}
    TeamMember.objects.filter(pk=medway.team["priya"].pk).update(works=days)
    thread = writes(medway, "ewa", "kuba", now)
    assert cover_part_time(school=medway.school, at=now + timedelta(hours=1)) == 0
    tuesday = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    assert cover_part_time(school=medway.school, at=tuesday) == 1
    assert fresh(thread).owner == medway.team["sam"]
    assert cover_part_time(school=medway.school, at=tuesday) == 0


def test_on_the_eve_of_a_holiday_at_noon_each_is_told_once_what_falls_due_beyond_it(
    medway: Cast, now: datetime
) -> None:
    writes(medway, "ewa", "kuba", NOON - timedelta(minutes=30))
    for at, told in (
        (NOON - timedelta(minutes=1), 0),
        (NOON, 1),
        (NOON + timedelta(minutes=1), 0),
    ):
        assert tell_of_what_falls_due_beyond(school=medway.school, at=at) == told
    eve = Eve.objects.get()
    assert (eve.member, eve.back) == (
        medway.team["priya"],
        datetime(2027, 1, 4, 8, tzinfo=UTC),
    )


def test_an_ordinary_friday_is_no_eve_and_the_eve_of_an_absence_is_one(
    medway: Cast, now: datetime
) -> None:
    friday = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
    writes(medway, "ewa", "kuba", friday)
    assert tell_of_what_falls_due_beyond(school=medway.school, at=friday) == 0
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    is_away(medway, "priya", monday, cover="lena", until=monday + timedelta(days=5), recorded=now)
    assert tell_of_what_falls_due_beyond(school=medway.school, at=friday) == 1


def test_a_family_that_was_left_waiting_hears_sorry_a_name_and_a_new_time_once(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    late = now + timedelta(days=1)
    climb_due(school=medway.school, at=late)
    assert tell_families(school=medway.school, at=late) == 1
    assert tell_families(school=medway.school, at=late) == 0
    said = Message.objects.filter(conversation=thread, direction="automatic").last().body
    assert "We are sorry." in said
    assert "Sam Birch has it now: by Wednesday 25 November, 10:00" in said


def test_who_was_answered_in_the_meantime_hears_no_sorry(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    late = now + timedelta(days=1)
    climb_due(school=medway.school, at=late)
    answers(medway, "priya", thread, late)
    notes = Message.objects.filter(direction="automatic").count()
    tell_families(school=medway.school, at=late)
    assert Message.objects.filter(direction="automatic").count() == notes


def test_an_absence_without_cover_alarms_the_next_person_up_and_the_head(
    medway: Cast, now: datetime
) -> None:
    is_away(medway, "priya", now)
    parcels = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
    assert {one.member for one in parcels} == {medway.team["tom"], medway.team["ruth"]}


def test_no_promise_moves_with_an_absence(medway: Cast, now: datetime) -> None:
    writes(medway, "ewa", "kuba", now)
    before = Promise.objects.get()
    is_away(medway, "priya", now + timedelta(hours=1), cover="lena")
    after = Promise.objects.get()
    assert (after.started_at, after.due_at, after.next_step_at) == (
        before.started_at,
        before.due_at,
        before.next_step_at,
    )
