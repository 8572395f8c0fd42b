"""I have ten minutes: what can be finished in ten, and nothing that needs more or somebody else."""

from datetime import datetime, timedelta

from schoolgate.conversations.actions.ringing_back import ask_to_ring
from schoolgate.conversations.tests.acting import answers, fresh, who, writes, writes_again
from schoolgate.desk.ten_minutes import ten_minutes_page
from schoolgate.escalation.tests.acting import asks
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast

MINUTE = timedelta(minutes=1)


def short(cast: Cast, key: str, at: datetime) -> list[str]:
    """The subjects that somebody is offered."""
    return [row.conversation.subject for row in ten_minutes_page(who(cast, key, at))["rows"]]


def test_one_short_question_is_offered_soonest_due_first(medway: Cast, now: datetime) -> None:
    writes(medway, "nina", "noah", now + MINUTE, subject="Second")
    writes(medway, "ewa", "kuba", now, subject="First")
    assert short(medway, "priya", now + 2 * MINUTE) == ["First", "Second"]
    assert short(medway, "lena", now + 2 * MINUTE) == []


def test_a_long_one_and_two_in_a_row_are_not(medway: Cast, now: datetime) -> None:
    writes(medway, "ewa", "kuba", now, "So much. " * 60)
    twice = writes(medway, "nina", "noah", now, subject="Twice")
    writes_again(medway, fresh(twice), now + MINUTE)
    assert short(medway, "priya", now + 2 * MINUTE) == []
    answers(medway, "priya", fresh(twice), now + 2 * MINUTE)
    writes_again(medway, fresh(twice), now + 3 * MINUTE)
    assert short(medway, "priya", now + 4 * MINUTE) == ["Twice"], "What was answered is over."


def test_what_a_leader_was_asked_is_no_matter_of_minutes(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    asks(medway, "ewa", thread, now)
    assert short(medway, "ruth", now + MINUTE) == []


def test_a_call_is_offered_where_the_family_may_be_rung(medway: Cast, now: datetime) -> None:
    for carer, child in (("ewa", "kuba"), ("nina", "noah")):
        thread = writes(medway, carer, child, now)
        ContactRoute.objects.create(
            school=medway.school, carer=medway.carers[carer], kind="mobile", value="07700 900123"
        )
        ask_to_ring(thread, why="asked", member=None, by=None, at=now)
    calls = ten_minutes_page(who(medway, "priya", now + MINUTE))["calls"]
    assert [task.conversation.carer.name for task in calls] == ["Ewa Malinowska"]
