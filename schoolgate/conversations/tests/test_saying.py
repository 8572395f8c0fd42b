"""The family says whether it was answered; nothing of it counts for or against a person."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.actions import closing, replying
from schoolgate.conversations.actions.saying import (
    say_it_did_not_answer,
    say_it_helped,
    take_word_back,
)
from schoolgate.conversations.actions.separating import separate
from schoolgate.conversations.errors import InHandAlready, NotAnAnswer, TooLongAgo
from schoolgate.conversations.models import Conversation, FamilyWord, Message
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes, writes_again
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.access import pupils_of
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.school.tenancy import see

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def press(cast: Cast, message: Message, at: datetime) -> FamilyWord:
    """Ewa says that it did not answer her."""
    return say_it_did_not_answer(actor=actor_of(cast, "ewa"), message=message, at=at)


def alerts(cast: Cast) -> list[str]:
    """Who was told without a word of content."""
    told = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT).order_by("pk")
    names = {member.pk: key for key, member in cast.team.items()}
    return [names[parcel.member_id] for parcel in told if parcel.member_id]


def open_reply(thread: Conversation) -> Promise:
    """The one reply promise that is open."""
    return Promise.objects.get(
        subject=thread.public_id, kind="reply", stopped_at=None, withdrawn_at=None
    )


@pytest.mark.clause("2.2-T1")
def test_one_press_and_the_thread_waits_for_the_school_again(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    said = press(medway, message, now + 2 * HOUR)
    after = fresh(thread)
    assert (after.state, after.side, after.owner) == (
        "with school",
        "school",
        medway.team["priya"],
    )
    again = open_reply(thread)
    assert said.again == again and again.started_at == now + 2 * HOUR
    assert after.due_at == again.due_at == now + DAY + 2 * HOUR
    assert said.first is not None and said.first.kept, "In time is another question."


def test_one_leader_is_told_and_hears_no_word_of_it(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now, body="The swimming bag is lost.")
    press(medway, answers(medway, "priya", thread, now + HOUR), now + 2 * HOUR)
    assert alerts(medway) == ["tom"]
    content = Content.objects.get(purpose=Content.Purpose.ALERT)
    for word in ("Kuba", "Ewa", "swimming", "priya"):
        assert word not in content.subject + content.text


def test_pressed_twice_is_once(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    first = press(medway, message, now + 2 * HOUR)
    assert press(medway, message, now + 3 * HOUR) == first
    assert FamilyWord.objects.count() == 1 and alerts(medway) == ["tom"]
    assert open_reply(thread).started_at == now + 2 * HOUR


def test_a_second_answer_may_be_none_either(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    first = press(medway, answers(medway, "priya", thread, now + HOUR), now + 2 * HOUR)
    second = press(medway, answers(medway, "priya", fresh(thread), now + 3 * HOUR), now + 4 * HOUR)
    assert second.first == first.again
    assert open_reply(thread) == second.again


def test_a_finished_thread_opens_again(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    closing.close(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        conversation=fresh(thread),
        reason="Done.",
        at=now + HOUR,
    )
    press(medway, message, now + 2 * HOUR)
    assert fresh(thread).state == "with school"
    assert not thread.closures.filter(reopened_at=None).exists()


def test_until_the_fifth_working_day_closes_and_no_longer(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    with pytest.raises(TooLongAgo):
        press(medway, message, now + 8 * DAY)
    with pytest.raises(TooLongAgo):
        say_it_helped(actor=actor_of(medway, "ewa"), message=message, at=now + 8 * DAY)
    assert press(medway, message, now + 7 * DAY - HOUR)


def test_what_only_names_a_day_is_no_answer_to_speak_about(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = replying.hold(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        conversation=thread,
        body="I ask.",
        until=now + DAY,
        at=now + HOUR,
    )
    with pytest.raises(NotAnAnswer):
        press(medway, message, now + 2 * HOUR)


def test_what_waits_already_keeps_its_older_promise(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    writes_again(medway, fresh(thread), now + 2 * HOUR)
    said = press(medway, message, now + 3 * HOUR)
    assert said.again == open_reply(thread) and said.again.started_at == now + 2 * HOUR


def test_thanks_move_nothing_tell_nobody_and_can_be_taken_back(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    before = fresh(thread)
    ewa = actor_of(medway, "ewa")
    said = say_it_helped(actor=ewa, message=message, at=now + 2 * HOUR)
    assert (fresh(thread).state, fresh(thread).due_at) == (before.state, before.due_at)
    assert alerts(medway) == [] and said.stands
    take_word_back(actor=ewa, message=message, at=now + 3 * HOUR)
    assert not FamilyWord.objects.get().stands
    press(medway, message, now + 4 * HOUR)
    assert FamilyWord.objects.get().verdict == "did not answer"
    assert say_it_helped(actor=ewa, message=message, at=now + 5 * HOUR).verdict == "did not answer"


def test_a_slip_of_the_thumb_is_taken_back_and_nothing_waits_any_more(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    ewa = actor_of(medway, "ewa")
    press(medway, message, now + 2 * HOUR)
    for _ in range(2):
        take_word_back(actor=ewa, message=message, at=now + 2 * HOUR + HOUR / 60)
    after = fresh(thread)
    assert (after.state, after.side, after.due_at) == ("with parent", "parent", None)
    assert not FamilyWord.objects.get().stands
    assert not Promise.objects.filter(stopped_at=None, withdrawn_at=None).exists()
    said = say_it_helped(actor=ewa, message=message, at=now + 3 * HOUR)
    assert (said.verdict, said.again, said.stands) == ("helped", None, True)
    take_word_back(actor=ewa, message=message, at=now + 4 * HOUR)
    press(medway, message, now + 5 * HOUR)
    assert open_reply(thread).started_at == now + 5 * HOUR


def test_once_somebody_is_at_it_a_press_is_not_taken_back(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    press(medway, message, now + 2 * HOUR)
    answers(medway, "priya", fresh(thread), now + 3 * HOUR)
    with pytest.raises(InHandAlready):
        take_word_back(actor=actor_of(medway, "ewa"), message=message, at=now + 4 * HOUR)
    assert FamilyWord.objects.get().stands


def test_what_waited_before_the_press_waits_on(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", thread, now + HOUR)
    writes_again(medway, fresh(thread), now + 2 * HOUR)
    press(medway, message, now + 3 * HOUR)
    take_word_back(actor=actor_of(medway, "ewa"), message=message, at=now + 4 * HOUR)
    assert fresh(thread).side == "school"
    assert open_reply(thread).started_at == now + 2 * HOUR


def test_taking_a_thread_apart_keeps_the_promise_of_a_press(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    more = writes_again(medway, fresh(thread), now + HOUR / 2)
    message = answers(medway, "priya", fresh(thread), now + HOUR)
    press(medway, message, now + 2 * HOUR)
    separate(
        actor=actor_of(medway, "priya"),
        conversation=fresh(thread),
        chosen=[more.public_id],
        pupil=None,
        subject="Another matter",
        at=now + 3 * HOUR,
    )
    assert open_reply(thread).started_at == now + 2 * HOUR
    assert fresh(thread).side == "school"


@pytest.fixture
def past() -> datetime:
    """An hour ago by the machine's own clock, which the pages read."""
    return timezone.now() - HOUR


def test_two_quiet_buttons_stand_under_an_answer_and_one_press_is_enough(
    medway: Cast, trent: Cast, past: datetime
) -> None:
    see(school_id=medway.school.pk)
    thread = writes(medway, "ewa", "kuba", past - HOUR)
    message = answers(medway, "priya", thread, past)
    browser, who = enter("ewa", medway, trent)
    assert pupils_of(who).exists()
    page = browser.get(thread.page).content.decode()
    assert page.count("This did not answer me") == 1 == page.count("Thank you, that helped")
    address = f"/medway-green/messages/{message.public_id}/familys-word/"
    answer = browser.post(address, {"word": "did not answer"}, follow=True)
    page = answer.content.decode()
    assert "Thank you for telling us" in page and "What is missing?" in page
    assert "Reply expected by" in page or "School is closed" in page
    assert "Take it back" in page
    team, _ = enter("priya", medway, trent)
    assert "The family said on" in team.get(thread.page).content.decode()
    browser.post(address, {"word": "taken back"})
    page = browser.get(thread.page).content.decode()
    assert "This did not answer me" in page and "You said on" not in page


def test_nobody_else_says_it_for_the_family(medway: Cast, trent: Cast, past: datetime) -> None:
    see(school_id=medway.school.pk)
    thread = writes(medway, "ewa", "kuba", past - HOUR)
    message = answers(medway, "priya", thread, past)
    address = f"/medway-green/messages/{message.public_id}/familys-word/"
    for person in ("piotr", "nina", "priya", "ruth", "other parent", "other head"):
        browser, _ = enter(person, medway, trent)
        assert browser.post(address, {"word": "did not answer"}).status_code == 404, person
    see(school_id=medway.school.pk)
    assert not FamilyWord.objects.exists()


def test_after_five_working_days_the_page_offers_writing_and_the_head(
    medway: Cast, trent: Cast, past: datetime
) -> None:
    see(school_id=medway.school.pk)
    long_ago = past - 10 * DAY
    thread = writes(medway, "ewa", "kuba", long_ago)
    answers(medway, "priya", thread, long_ago + HOUR)
    browser, _ = enter("ewa", medway, trent)
    page = browser.get(thread.page).content.decode()
    assert "This did not answer me" not in page
    assert "please write below, or ask the headteacher" in page
    assert "Ask the headteacher" in page
