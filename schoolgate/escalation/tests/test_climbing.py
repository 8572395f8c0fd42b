"""The climb: half, three quarters, cover, leader; each once, and never a notice at night."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.conversations.actions.receiving import Words, receive
from schoolgate.conversations.models import Conversation, HandOver
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes
from schoolgate.delivery.models import Content, Parcel
from schoolgate.escalation.actions.climbing import climb_due
from schoolgate.escalation.models import Escalation, Step
from schoolgate.people.actions.absence import record_absence
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise

TUESDAY = datetime(2026, 11, 24, tzinfo=UTC)


def sweeps(cast: Cast, at: datetime) -> int:
    """The sweep of one school at a moment."""
    return climb_due(school=cast.school, at=at)


def told_at(at: datetime) -> set[str]:
    """Who was told by the sweep of a moment."""
    parcels = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT, posted_at=at)
    return {one.member.name.split(" ")[0].lower() for one in parcels.select_related("member")}


@pytest.mark.clause("2.2-T1")
def test_the_owner_is_reminded_at_half_and_three_quarters_then_cover_has_it_then_the_leader(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    for at, step, told, owner in (
        (now + timedelta(hours=4), 1, {"priya"}, "priya"),
        (now + timedelta(hours=5, minutes=59), None, set(), "priya"),
        (TUESDAY + timedelta(hours=8), 2, {"priya"}, "priya"),
        (TUESDAY + timedelta(hours=10), 3, {"priya", "sam"}, "sam"),
        (TUESDAY + timedelta(hours=12), 4, {"sam", "tom"}, "tom"),
    ):
        for again in (0, 1):
            assert sweeps(medway, at) == (0 if again or step is None else 1), at
        assert told_at(at) == told
        assert fresh(thread).owner == medway.team[owner]
        if step:
            assert Step.objects.order_by("-pk").first().step == step
    assert fresh(thread).first_owner == medway.team["sam"]
    assert [one.because for one in HandOver.objects.all()] == ["late", "late"]


@pytest.mark.clause("2.2-T8b", "2.2-H3")
def test_the_leader_gets_a_day_of_their_own_then_it_climbs_to_the_head_with_24_hours(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    for hours in (10, 12):
        sweeps(medway, TUESDAY + timedelta(hours=hours))
    leaders = Promise.objects.get(kind="leader")
    assert leaders.due_at == TUESDAY + timedelta(days=1, hours=12)
    assert Escalation.objects.get().holder == medway.team["tom"]
    sweeps(medway, leaders.due_at)
    escalation = Escalation.objects.get()
    assert (escalation.holder, escalation.asked_head) == (medway.team["ruth"], True)
    assert fresh(thread).owner == medway.team["ruth"]
    assert Promise.objects.get(kind="head").due_at == leaders.due_at + timedelta(hours=24)
    assert Promise.objects.filter(kind="update", stopped_at=None).count() == 1


def test_what_the_head_leaves_is_told_above_and_stays_with_the_head(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    at = TUESDAY
    for _hour in range(24 * 4):
        at += timedelta(hours=1)
        sweeps(medway, at)
    assert fresh(thread).owner == medway.team["ruth"]
    head = Promise.objects.get(kind="head")
    last = Step.objects.filter(promise=head).order_by("-step").first()
    assert last.step == 4
    assert "grace" in told_at(last.at)


def test_nothing_that_was_answered_climbs(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    answers(medway, "priya", thread, now + timedelta(hours=1))
    assert sweeps(medway, TUESDAY + timedelta(days=2)) == 0


def test_a_notice_of_the_night_waits_for_the_opening_and_the_record_has_the_true_time(
    medway: Cast, now: datetime
) -> None:
    writes(medway, "ewa", "kuba", now)
    night = datetime(2026, 11, 23, 22, tzinfo=UTC)
    sweeps(medway, night)
    parcel = Parcel.objects.get(content__purpose=Content.Purpose.ALERT)
    assert parcel.next_try_at == TUESDAY + timedelta(hours=8)
    step = Step.objects.get()
    assert (step.step, step.fell_at, step.at) == (2, now + timedelta(hours=6), night)


def test_after_a_standstill_the_highest_step_is_taken_and_the_earlier_ones_are_not_made_up_for(
    medway: Cast, now: datetime
) -> None:
    writes(medway, "ewa", "kuba", now)
    assert sweeps(medway, TUESDAY + timedelta(days=1, hours=9)) == 1
    assert [one.step for one in Step.objects.all()] == [4]


def test_who_is_away_is_passed_over_for_cover_and_for_leader(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    for key in ("sam", "tom"):
        record_absence(
            actor=actor_of(medway, "joan"),
            member=medway.team[key],
            span=(now, None),
            cover=None,
            no_cover_because="Flu goes round.",
            at=now,
        )
    sweeps(medway, TUESDAY + timedelta(hours=10))
    assert (fresh(thread).owner, fresh(thread).queue) == (None, "office")
    sweeps(medway, TUESDAY + timedelta(hours=12))
    assert fresh(thread).owner == medway.team["ruth"]


@pytest.mark.clause("2.2-T8")
def test_whom_it_is_about_is_never_on_the_path(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    Conversation.objects.filter(pk=thread.pk).update(about_member=medway.team["tom"])
    for hours in (10, 12):
        sweeps(medway, TUESDAY + timedelta(hours=hours))
    assert fresh(thread).owner == medway.team["ruth"]
    parcels = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
    assert not parcels.filter(member=medway.team["tom"]).exists()


def test_one_email_a_person_however_many_families_wait(medway: Cast, now: datetime) -> None:
    for _n in range(3):
        writes(medway, "ewa", "kuba", now)
    assert sweeps(medway, now + timedelta(hours=4)) == 3
    assert Parcel.objects.filter(content__purpose=Content.Purpose.ALERT).count() == 1


def test_a_reminder_names_no_child_and_no_family(medway: Cast, now: datetime) -> None:
    writes(medway, "ewa", "kuba", now, subject="Kuba and the bell")
    sweeps(medway, now + timedelta(hours=5))
    content = Content.objects.get(purpose=Content.Purpose.ALERT)
    for secret in ("Kuba", "Ewa", "Malinowsk", "bell"):
        assert secret not in content.subject + content.text
    assert f"/{medway.school.slug}/to-answer/" in content.text


def test_what_came_in_the_meantime_moves_nothing(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    receive(
        actor=actor_of(medway, "ewa"),
        conversation=thread,
        carer=medway.carers["ewa"],
        words=Words(body="Are you there?", at=now + timedelta(hours=3)),
    )
    assert sweeps(medway, now + timedelta(hours=4)) == 1


def test_the_other_school_is_not_touched(medway: Cast, trent: Cast, now: datetime) -> None:
    writes(trent, "marsh", "tilly", now) if "marsh" in trent.carers else None
    assert climb_due(school=medway.school, at=TUESDAY + timedelta(days=1)) == 0
