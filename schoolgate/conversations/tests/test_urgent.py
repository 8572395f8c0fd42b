"""What is urgent is rung first, or says why it is written; minutes to the first try are kept."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.actions.urgent import Why, Written, reply_urgently
from schoolgate.conversations.errors import NothingWritten, NumberNotKept, RingFirst
from schoolgate.conversations.models import CallTask, Conversation, Message, Urgent
from schoolgate.conversations.queries import first_attempts
from schoolgate.conversations.tests.acting import actor_of, writes
from schoolgate.conversations.tests.test_calling import logs
from schoolgate.delivery.models import Content, Parcel
from schoolgate.rehearsal.cast import Cast


@pytest.fixture
def thread(medway: Cast, now: datetime) -> Conversation:
    """Ewa's thread."""
    return writes(medway, "ewa", "kuba", now)


def urgently(
    cast: Cast, thread: Conversation, at: datetime, because: str = "", words: str = ""
) -> Message:
    return reply_urgently(
        actor=actor_of(cast, "priya"),
        member=cast.team["priya"],
        conversation=thread,
        answer=Written("Please fetch him now."),
        why=Why(because, words),
        at=at,
    )


def replies() -> int:
    return Content.objects.filter(purpose=Content.Purpose.REPLY).count()


@pytest.mark.clause("2.1-M2")
@pytest.mark.parametrize("because", ["", "nonsense"])
def test_nothing_urgent_goes_without_a_call_or_a_reason(
    medway: Cast, thread: Conversation, now: datetime, because: str
) -> None:
    with pytest.raises(RingFirst):
        urgently(medway, thread, now, because)
    assert (replies(), Urgent.objects.count()) == (0, 0)


@pytest.mark.clause("2.1-M2")
@pytest.mark.parametrize("outcome", ["spoke", "voicemail", "no answer", "engaged"])
def test_after_a_try_on_that_day_it_goes(
    medway: Cast, thread: Conversation, now: datetime, outcome: str
) -> None:
    logs(medway, thread, now, outcome=outcome)
    message = urgently(medway, thread, now + timedelta(minutes=3))
    assert (message.urgent.because, message.urgent.first_attempt_at) == ("", now)
    assert not CallTask.objects.exists()


@pytest.mark.parametrize("told", [{"began_at": -timedelta(days=1)}, {"inbound": True}])
def test_yesterdays_call_or_one_of_theirs_in_vain_is_none(
    medway: Cast, thread: Conversation, now: datetime, told: dict[str, object]
) -> None:
    if "began_at" in told:
        logs(medway, thread, now, began_at=now - timedelta(days=1))
    else:
        logs(medway, thread, now, inbound=True, outcome="no answer")
    with pytest.raises(RingFirst):
        urgently(medway, thread, now + timedelta(minutes=3))


@pytest.mark.clause("2.1-M1")
def test_with_a_reason_it_goes_and_a_call_stands_first(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    message = urgently(medway, thread, now, "rang elsewhere")
    assert message.urgent.because == "rang elsewhere"
    task = CallTask.objects.get()
    assert (task.why, task.member, task.due_at) == ("urgent", medway.team["priya"], now)


def test_another_reason_is_in_words_without_a_number(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    with pytest.raises(NothingWritten):
        urgently(medway, thread, now, "other")
    with pytest.raises(NumberNotKept):
        urgently(medway, thread, now, "other", "On 07700 900888")
    assert urgently(medway, thread, now, "other", "No line works").urgent.words == "No line works"


@pytest.mark.clause("2.1-M2")
def test_who_must_not_be_rung_is_written_to_and_the_head_hears(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    urgently(medway, thread, now, "not to be rung")
    assert (replies(), CallTask.objects.count()) == (1, 0)
    alerts = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
    assert {one.member for one in alerts} == {medway.team["ruth"], medway.team["tom"]}


@pytest.mark.clause("2.1-M1")
def test_minutes_to_the_first_try_are_recorded_and_readable(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    other = writes(medway, "nina", "noah", now)
    urgently(medway, thread, now, "rang elsewhere")
    urgently(medway, other, now, "not to be rung")
    third = writes(medway, "obi", "amara", now)
    urgently(medway, third, now, "no number")
    logs(medway, thread, now + timedelta(minutes=8), outcome="engaged")
    logs(medway, thread, now + timedelta(minutes=20), outcome="voicemail")
    found = first_attempts(school_id=medway.school.pk, since=now, until=now + timedelta(days=1))
    assert (found.urgent, found.tried, found.not_to_be_rung, found.median_minutes) == (3, 1, 1, 8.0)
