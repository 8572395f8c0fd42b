"""What is for today reaches the office's queue, whichever way it came."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.actions.suggesting import decide
from schoolgate.conversations.models import Message, Suggestion
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.today.actions.arriving import add, of_message
from schoolgate.today.calendars import day_of_school
from schoolgate.today.errors import NotThisChild, WordsNeeded
from schoolgate.today.kinds import Chosen, Kind
from schoolgate.today.models import Matter
from schoolgate.today.tests.acting import tells, tells_any
from schoolgate.today.times import plan

ILL = "Kuba is poorly and will not be in school today."


def test_two_presses_put_it_on_the_queue_and_owe_no_reply(medway: Cast, now: datetime) -> None:
    matter = tells(medway, "ewa", "kuba", now)
    assert (matter.kind, matter.chosen, matter.state) == ("absence", "family", "waiting")
    assert matter.due_at == now + timedelta(minutes=15)
    assert matter.conversation is not None
    assert matter.conversation.queue == "office"
    assert matter.conversation.side == "parent"
    assert not Promise.objects.exists()
    assert "Kuba is ill on Monday 23 November." in Message.objects.get().body


@pytest.mark.parametrize("kind", list(Kind))
def test_a_reply_is_promised_where_the_table_says_so(
    medway: Cast, now: datetime, kind: Kind
) -> None:
    matter = tells_any(medway, kind, now)
    promised = plan(kind, "portal", now, day_of_school(medway.school, None)).reply_promised
    assert Promise.objects.exists() is promised
    assert matter.conversation is not None
    assert fresh(matter.conversation).side == ("school" if promised else "parent")


@pytest.mark.clause("1.0-A2")
@pytest.mark.parametrize("channel", ["email", "text", "voicemail", "call", "portal"])
def test_wording_adds_the_queue_and_owner_and_promise_stay(
    medway: Cast, now: datetime, channel: str
) -> None:
    thread = writes(medway, "ewa", "kuba", now, ILL, channel=channel)
    matter = Matter.objects.get()
    assert (matter.kind, matter.chosen, matter.conversation) == ("absence", "wording", thread)
    assert matter.due_at == now + timedelta(minutes=15)
    assert fresh(thread).owner == medway.team["priya"]
    assert Promise.objects.get().due_at == now + timedelta(days=1)


def test_what_is_not_about_today_is_not_on_the_queue(medway: Cast, now: datetime) -> None:
    writes(medway, "ewa", "kuba", now, "Which book does he read at the moment?")
    assert not Matter.objects.exists()


def test_danger_is_nobodys_queue(medway: Cast, now: datetime) -> None:
    writes(medway, "ewa", "kuba", now, "He says he wants to kill himself.")
    assert Suggestion.objects.filter(kind="danger").exists()
    assert not Matter.objects.exists()


def test_a_person_who_says_not_for_today_takes_it_off_again(medway: Cast, now: datetime) -> None:
    writes(medway, "ewa", "kuba", now, ILL)
    decide(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        suggestion=Suggestion.objects.get(),
        accepted=False,
        at=now,
    )
    assert Matter.objects.get().state == "not for today"
    assert Promise.objects.get().open


def test_a_person_who_says_that_it_is_makes_it_certain(medway: Cast, now: datetime) -> None:
    writes(medway, "ewa", "kuba", now, ILL)
    decide(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        suggestion=Suggestion.objects.get(),
        accepted=True,
        at=now,
    )
    matter = Matter.objects.get()
    assert (matter.chosen, matter.chosen_by) == ("person", medway.team["priya"])


def test_a_person_puts_any_message_on_the_list_once(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now, "Please see below.", channel="email")
    message = thread.messages.get(direction="family")
    for _again in range(2):
        add(
            actor=actor_of(medway, "priya"),
            source=of_message(message),
            kind=Kind.TRANSPORT,
            at=now,
            chosen=Chosen.PERSON,
            member=medway.team["priya"],
        )
    assert Matter.objects.get().kind == "transport"


def test_an_answer_does_not_count_as_seen(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now, ILL)
    answers(medway, "priya", thread, now)
    assert Matter.objects.get().state == "waiting"


def test_the_same_press_twice_is_one(medway: Cast, now: datetime) -> None:
    first = tells(medway, "ewa", "kuba", now)
    assert first.message is not None
    from_again = Matter.objects.filter(message__public_id=first.message.public_id)
    assert from_again.count() == 1


def test_who_may_not_hear_of_a_child_tells_nothing_of_them(medway: Cast, now: datetime) -> None:
    with pytest.raises(NotThisChild):
        tells(medway, "nina", "kuba", now)


def test_health_and_transport_need_words(medway: Cast, now: datetime) -> None:
    with pytest.raises(WordsNeeded):
        tells(medway, "ewa", "kuba", now, Kind.HEALTH)
    assert tells(medway, "ewa", "kuba", now, Kind.HEALTH, "A seizure at six.").kind == "health"


def test_words_added_by_a_family_that_speak_of_more_add_more(medway: Cast, now: datetime) -> None:
    tells(medway, "ewa", "kuba", now, words="The taxi driver did not come either.")
    kinds = set(Matter.objects.values_list("kind", "chosen"))
    assert ("absence", "family") in kinds
