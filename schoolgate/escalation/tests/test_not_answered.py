"""An answer that was none: what was taken further goes on, one leader who may read it hears."""

from datetime import datetime, timedelta

from schoolgate.conversations.actions.saying import say_it_did_not_answer
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes
from schoolgate.delivery.models import Content, Parcel
from schoolgate.escalation.models import Escalation
from schoolgate.escalation.tests.acting import asks, is_away
from schoolgate.rehearsal.cast import Cast

HOUR = timedelta(hours=1)


def told_since(cast: Cast, thread: Conversation) -> list[str]:
    """Who had an alert that leads to this thread."""
    rows = Parcel.objects.filter(
        content__purpose=Content.Purpose.ALERT, content__text__contains=str(thread.public_id)
    )
    names = {member.pk: key for key, member in cast.team.items()}
    return [names[row.member_id] for row in rows.order_by("pk") if row.member_id]


def press(cast: Cast, message: Message, at: datetime) -> None:
    """Ewa says that it did not answer her."""
    say_it_did_not_answer(actor=actor_of(cast, "ewa"), message=message, at=at)


def test_the_heads_answer_may_be_none_and_it_is_with_the_head_again(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    asks(medway, "ewa", thread, now + HOUR)
    message = answers(medway, "ruth", fresh(thread), now + 2 * HOUR)
    assert Escalation.objects.get().state == "answered"
    press(medway, message, now + 3 * HOUR)
    assert Escalation.objects.get().state == "acting"
    assert fresh(thread).owner == medway.team["ruth"]
    assert told_since(medway, thread) == [], "Nobody above the head may read it."


def test_where_the_line_leader_is_away_the_next_step_hears(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    is_away(medway, "tom", now + HOUR)
    press(medway, message, now + 2 * HOUR)
    assert told_since(medway, thread) == ["ruth"]


def test_of_the_offices_answer_the_next_step_hears(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", None, now)
    message = answers(medway, "joan", thread, now + HOUR)
    press(medway, message, now + 2 * HOUR)
    assert told_since(medway, thread) == ["tom"]
