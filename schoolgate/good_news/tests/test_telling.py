"""Telling good news: each adult entitled hears it, first on their page; nobody else does."""

import uuid
from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import fresh, who, writes_again
from schoolgate.delivery.models import Parcel
from schoolgate.good_news.access import visible_to
from schoolgate.good_news.errors import NobodyEntitled, NothingWritten
from schoolgate.good_news.models import GoodNews
from schoolgate.good_news.queries import heard_by, latest_for
from schoolgate.good_news.tests.acting import tells_good, who_heard
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.holding_back import begin_the_hour
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import Limit, Link, Receives
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise


def test_each_parent_hears_it_in_a_thread_of_their_own_that_waits_for_nobody(
    medway: Cast, now: datetime
) -> None:
    news = tells_good(medway, "lena", "ivy", now)
    assert who_heard(news) == {"Hannah", "Gareth"}
    threads = Conversation.objects.all()
    assert {(one.owner, one.side, one.subject, one.due_at) for one in threads} == {
        (medway.team["lena"], "parent", "Good news", None)
    }
    assert not Promise.objects.exists()
    assert {one.channel for one in Parcel.objects.all()} == {"portal", "email"}
    assert Entry.objects.filter(verb="told good news").count() == 1


@pytest.mark.clause("2.2-T5")
def test_an_order_is_judged_at_the_moment_of_telling(medway: Cast, now: datetime) -> None:
    assert who_heard(tells_good(medway, "priya", "kuba", now)) == {"Ewa"}  # no messages to Piotr
    Limit.objects.create(
        school=medway.school,
        link=Link.objects.get(carer=medway.carers["gareth"], pupil=medway.children["ivy"]),
        receives_at_most=Receives.GENERAL,
        says="General news",
        begins_at=now,
    )
    assert who_heard(tells_good(medway, "lena", "ivy", now)) == {"Hannah"}
    assert "Dawn" not in who_heard(tells_good(medway, "andy", "leo", now))  # general news alone


def test_where_nobody_may_hear_it_nothing_is_written(medway: Cast, now: datetime) -> None:
    Link.objects.filter(pupil=medway.children["kuba"]).update(ended_at=now)
    with pytest.raises(NobodyEntitled):
        tells_good(medway, "priya", "kuba", now)
    assert not GoodNews.objects.exists()
    with pytest.raises(NothingWritten):
        tells_good(medway, "priya", "noah", now, words=" \0 ")


def test_pressed_twice_it_goes_once(medway: Cast, now: datetime) -> None:
    once = uuid.uuid4()
    for _ in range(2):
        tells_good(medway, "priya", "kuba", now, once=once)
    assert (GoodNews.objects.count(), Conversation.objects.count()) == (1, 1)


def test_another_childs_name_waits_for_a_reason(medway: Cast, now: datetime) -> None:
    words = "He shared the swing with Noah."
    with pytest.raises(OtherChildNamed, match="Noah"):
        tells_good(medway, "priya", "kuba", now, words=words)
    assert not Conversation.objects.exists()
    because = "Both families asked us to say so."
    news = tells_good(medway, "priya", "kuba", now, words=words, named_because=because)
    assert news.named_because == because


def test_what_the_family_says_back_is_promised_an_answer_by_the_teller(
    medway: Cast, now: datetime
) -> None:
    news = tells_good(medway, "dee", "kuba", now)
    thread = news.heard.get().conversation
    writes_again(medway, thread, now + timedelta(hours=1))
    assert (fresh(thread).side, fresh(thread).owner) == ("school", medway.team["dee"])
    assert Promise.objects.count() == 1


@pytest.mark.clause("1.0-S2")
def test_the_latest_of_each_child_stands_first_and_older_ones_can_be_read_again(
    medway: Cast, now: datetime
) -> None:
    days = timedelta(days=1)
    tells_good(medway, "lena", "ivy", now - 40 * days, "She swam a width.")
    tells_good(medway, "lena", "ivy", now - 2 * days, "She rode the bus by herself.")
    tells_good(medway, "priya", "max", now - days, "He laughed at lunch.")
    tells_good(medway, "priya", "max", now, "He asked for help.")
    hannah = who(medway, "hannah", now)
    assert [one.news.words for one in latest_for(hannah)] == [
        "He asked for help.",
        "She rode the bus by herself.",
    ]
    assert heard_by(hannah).count() == 4
    assert latest_for(who(medway, "hannah", now + 29 * days)) == []


@pytest.mark.parametrize("outsider", ["piotr", "nina", "priya"])
def test_an_outsider_hears_nothing_of_it(medway: Cast, now: datetime, outsider: str) -> None:
    tells_good(medway, "priya", "kuba", now)
    assert not heard_by(who(medway, outsider, now)).exists()


def test_for_whom_anything_waits_it_is_not_there_yet(medway: Cast, now: datetime) -> None:
    begin_the_hour(pupil=medway.children["ivy"], at=now)
    tells_good(medway, "lena", "ivy", now)
    assert not heard_by(who(medway, "gareth", now)).exists()


@pytest.mark.parametrize(
    ("key", "sees"),
    [("priya", True), ("dee", True), ("joan", True), ("ruth", True), ("andy", False)],
)
def test_who_works_with_the_child_sees_what_was_told(
    medway: Cast, now: datetime, key: str, sees: bool
) -> None:
    tells_good(medway, "priya", "kuba", now)
    assert visible_to(who(medway, key, now)).exists() == sees
    assert not visible_to(who(medway, "ewa", now)).exists()
