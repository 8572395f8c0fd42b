"""Call-backs: by a moment, with one who does it, reminded once, and on the office's list after."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations import access_calls
from schoolgate.conversations.actions.ringing_back import end_without_ringing, remind_of_calls
from schoolgate.conversations.errors import EndedAlready, NothingWritten, NumberNotKept
from schoolgate.conversations.models import CallTask, Conversation
from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.conversations.tests.test_calling import logs
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.actions.absence import record_absence
from schoolgate.people.actions.ending import end_access
from schoolgate.people.models import TeamMember
from schoolgate.rehearsal.cast import Cast


@pytest.fixture
def task(medway: Cast, now: datetime) -> CallTask:
    """Priya has promised to ring Ewa in an hour."""
    logs(medway, None, now, promised_by=now + timedelta(hours=1), ring_back=True)
    return CallTask.objects.get()


def alerted() -> list[TeamMember | None]:
    rows = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT).order_by("pk")
    return [one.member for one in rows]


def remind(cast: Cast, at: datetime) -> int:
    return remind_of_calls(school=cast.school, at=at)


def test_a_try_fills_the_first_attempt_and_a_conversation_ends_it(
    medway: Cast, task: CallTask, now: datetime
) -> None:
    thread = task.conversation
    for minutes, outcome in ((5, "engaged"), (9, "voicemail")):
        logs(medway, thread, now + timedelta(minutes=minutes), outcome=outcome)
    task.refresh_from_db()
    assert (task.first_attempt_at, task.done_at) == (now + timedelta(minutes=5), None)
    logs(medway, thread, now + timedelta(minutes=30))
    task.refresh_from_db()
    assert (task.done_at, task.ended_because) == (now + timedelta(minutes=30), "spoke")


def test_that_they_rang_in_vain_is_no_attempt_of_ours(
    medway: Cast, task: CallTask, now: datetime
) -> None:
    logs(medway, task.conversation, now + timedelta(minutes=5), inbound=True, outcome="no answer")
    task.refresh_from_db()
    assert (task.first_attempt_at, task.done_at) == (None, None)


def test_the_same_promise_twice_is_one_task_with_the_sooner_time(
    medway: Cast, task: CallTask, now: datetime
) -> None:
    logs(
        medway, task.conversation, now, outcome="voicemail", ring_back=True,
        promised_by=now + timedelta(minutes=30), words="Back at half past",
    )  # fmt: skip
    assert [one.due_at for one in CallTask.objects.all()] == [now + timedelta(minutes=30)]


def test_what_is_overdue_is_told_once_and_to_the_office_once(
    medway: Cast, task: CallTask, now: datetime
) -> None:
    assert remind(medway, now + timedelta(minutes=59)) == 0
    late = now + timedelta(minutes=61)
    assert [remind(medway, late), remind(medway, late), alerted()] == [
        1,
        0,
        [medway.team["priya"]],
    ]
    later = now + timedelta(hours=3, minutes=1)
    assert [remind(medway, later), remind(medway, later), alerted()] == [
        1,
        0,
        [medway.team["priya"], medway.team["joan"]],
    ]
    assert list(access_calls.tasks_for(who(medway, "joan", later))) == [task]


def test_at_night_nobody_is_told_before_the_opening(
    medway: Cast, task: CallTask, now: datetime
) -> None:
    remind(medway, now + timedelta(hours=12))
    parcel = Parcel.objects.get(content__purpose=Content.Purpose.ALERT)
    assert parcel.next_try_at == now + timedelta(hours=22)


def test_it_is_ended_with_a_reason_once(medway: Cast, task: CallTask, now: datetime) -> None:
    def end(because: str) -> None:
        actor = actor_of(medway, "priya")
        end_without_ringing(actor=actor, task=task, because=because, at=now)

    with pytest.raises(NothingWritten):
        end(" \0 ")
    with pytest.raises(NumberNotKept):
        end("Reached on 07700 900777")
    end("They came in.")
    with pytest.raises(EndedAlready):
        end("Again.")
    assert CallTask.objects.get().ended_because == "They came in."


def test_who_leaves_hands_on_their_call_backs_in_the_same_step(
    medway: Cast, task: CallTask, now: datetime
) -> None:
    end_access(actor=actor_of(medway, "ruth"), member=medway.team["priya"], at=now)
    task.refresh_from_db()
    assert (task.member, task.queue) == (medway.team["sam"], "")


def test_who_is_away_hands_them_on_too(medway: Cast, task: CallTask, now: datetime) -> None:
    record_absence(
        actor=actor_of(medway, "tom"),
        member=medway.team["priya"],
        span=(now, None),
        cover=medway.team["sam"],
        at=now,
    )
    task.refresh_from_db()
    assert (task.member, task.queue) == (medway.team["sam"], "")


@pytest.mark.parametrize("key", ["ewa", "lena", "grace", "nina"])
def test_who_has_nothing_to_do_with_it_sees_none(
    medway: Cast, task: CallTask, now: datetime, key: str
) -> None:
    Conversation.objects.update(sensitive=False)
    assert not access_calls.tasks_for(who(medway, key, now)).exists()


def test_another_school_sees_none_and_reminds_of_none(
    medway: Cast, trent: Cast, now: datetime
) -> None:
    assert not CallTask.objects.exists()
    assert remind(trent, now) == 0
