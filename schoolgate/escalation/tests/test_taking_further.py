"""Taking further: by a parent's press and by a colleague; who has it, who stays informed."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.conversations.access import visible_to
from schoolgate.conversations.actions.closing import close
from schoolgate.conversations.actions.handing_over import hand_over
from schoolgate.conversations.errors import AboutThem, IsAway, LeaderAnswersFirst, WithALeader
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.routing import Owner
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, who, writes
from schoolgate.delivery.models import Content, Parcel
from schoolgate.escalation.access import open_for
from schoolgate.escalation.actions.leading import (
    make_a_complaint,
    note_receipt,
    redirect,
    say_it_is_settled,
    settle,
)
from schoolgate.escalation.errors import (
    NotFromHere,
    ReasonNeeded,
    SkipNeedsReason,
    WithThemAlready,
)
from schoolgate.escalation.models import Escalation
from schoolgate.escalation.states import State
from schoolgate.escalation.tests.acting import asks, is_away, takes
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.school.tenancy import see


def the(escalation: Escalation) -> Escalation:
    """As it stands in the database now."""
    return Escalation.objects.get(pk=escalation.pk)


def heads_promise() -> Promise:
    """The one open or kept promise of the head."""
    return Promise.objects.get(kind="head")


@pytest.mark.clause("2.2-H3")
def test_a_parent_asks_the_head_by_one_press_and_24_hours_run(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now + timedelta(hours=1))
    assert escalation.holder == fresh(thread).owner == medway.team["ruth"]
    assert heads_promise().due_at == now + timedelta(hours=25)
    assert fresh(thread).first_owner == medway.team["priya"]
    assert "Ruth Calloway" in Message.objects.filter(direction="automatic").last().body


@pytest.mark.clause("2.2-H3")
def test_the_family_is_shown_the_literal_time_until_the_head_has_adopted_another(
    medway: Cast, now: datetime
) -> None:
    friday = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
    asks(medway, "ewa", writes(medway, "ewa", "kuba", friday), friday)
    promise = heads_promise()
    assert promise.due_at == datetime(2026, 11, 28, 15, 30, tzinfo=UTC)
    assert promise.act_by_at == datetime(2026, 11, 27, 16, tzinfo=UTC)


@pytest.mark.parametrize("answerer", ["priya", "tom"])
def test_the_heads_24_hours_stop_for_nobody_elses_word(
    medway: Cast, now: datetime, answerer: str
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    asks(medway, "ewa", thread, now)
    answers(medway, answerer, thread, now + timedelta(hours=1))
    assert heads_promise().open
    assert fresh(thread).side == "school"
    assert the(Escalation.objects.get()).state == State.RAISED


@pytest.mark.clause("2.2-H3")
def test_the_head_answers_and_the_promise_is_kept(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now)
    answers(medway, "ruth", thread, now + timedelta(hours=2))
    assert heads_promise().kept
    assert the(escalation).state == State.ANSWERED
    assert fresh(thread).side == "parent"


@pytest.mark.clause("2.2-H4")
def test_after_the_answer_there_is_a_moment_for_the_next_news_until_it_is_settled(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now)
    answers(medway, "ruth", thread, now + timedelta(hours=2))
    news = Promise.objects.get(kind="update", stopped_at=None)
    assert news.due_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
    settle(
        actor=actor_of(medway, "ruth"),
        escalation=escalation,
        words="Kuba has his bell card.",
        at=now + timedelta(hours=3),
    )
    assert not Promise.objects.filter(kind="update", stopped_at=None, withdrawn_at=None).exists()
    assert fresh(thread).owner == medway.team["priya"]


def test_a_deputy_recorded_as_cover_of_the_absent_head_answers_as_head(
    medway: Cast, now: datetime
) -> None:
    is_away(medway, "ruth", now, cover="tom")
    thread = writes(medway, "ewa", "kuba", now)
    assert asks(medway, "ewa", thread, now).holder == medway.team["tom"]
    answers(medway, "tom", thread, now + timedelta(hours=1))
    assert heads_promise().kept


def test_who_acts_for_the_head_is_said_to_be_for_the_head_and_the_head_is_not(
    medway: Cast, now: datetime
) -> None:
    def said(carer: str, child: str) -> str:
        thread = writes(medway, carer, child, now)
        asks(medway, carer, thread, now)
        return thread.messages.filter(direction="automatic").latest("pk").body

    title, ruth = medway.school.settings.head_title.lower(), medway.team["ruth"].name
    assert f"{ruth}, {title}, has this now." in said("ewa", "kuba")
    is_away(medway, "ruth", now, cover="tom")
    assert f"{medway.team['tom'].name}, for the {title}, has this now." in said("hannah", "ivy")


def test_an_absent_head_without_cover_is_recordable_and_the_groups_lead_holds_it_from_then(
    medway: Cast, now: datetime
) -> None:
    asked = writes(medway, "ewa", "kuba", now)
    asks(medway, "ewa", asked, now)
    ordinary = writes(medway, "nina", "noah", now)
    hand_over(
        actor=actor_of(medway, "priya"),
        conversation=ordinary,
        to=Owner(member=medway.team["ruth"]),
        summary="",
        at=now,
    )
    is_away(medway, "ruth", now + timedelta(hours=1))
    assert fresh(asked).owner == medway.team["grace"]
    assert fresh(ordinary).queue == "office"
    seen = visible_to(who(medway, "grace", now + timedelta(hours=1)))
    assert list(seen) == [asked]
    alerted = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
    assert alerted.filter(member=medway.team["grace"]).exists()
    answers(medway, "grace", asked, now + timedelta(hours=2))
    assert heads_promise().kept


@pytest.mark.clause("2.2-T8", "2.2-T8b")
def test_a_colleague_takes_it_to_the_next_step_and_stays_informed(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = takes(medway, "priya", thread, now)
    assert (escalation.holder, escalation.role) == (medway.team["tom"], "assistant_head")
    assert Promise.objects.get(kind="leader").due_at == now + timedelta(days=1)
    assert list(open_for(who(medway, "priya", now))) == [escalation]


def test_a_step_is_passed_over_with_a_reason_only(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    with pytest.raises(SkipNeedsReason):
        takes(medway, "priya", thread, now, role="head")
    escalation = takes(
        medway, "priya", thread, now, role="head", skipped_because="It is about his place here."
    )
    assert (escalation.holder, escalation.asked_head) == (medway.team["ruth"], True)


def test_whom_it_is_about_neither_has_it_nor_reads_it(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now, about="priya")
    apart = escalation.conversation
    assert apart != thread and apart.sensitive
    assert fresh(thread).owner == medway.team["priya"]
    assert apart not in visible_to(who(medway, "priya", now))
    with pytest.raises(AboutThem):
        hand_over(
            actor=actor_of(medway, "ruth"),
            conversation=apart,
            to=Owner(member=medway.team["priya"]),
            summary="",
            at=now,
        )


def test_about_the_head_it_goes_above_the_school_and_the_head_reads_nothing(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    apart = asks(medway, "ewa", thread, now, about="ruth").conversation
    assert apart.owner == medway.team["grace"]
    assert apart not in visible_to(who(medway, "ruth", now))
    assert not open_for(who(medway, "ruth", now)).exists()


def test_asked_twice_the_head_has_it_once(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    asks(medway, "ewa", thread, now)
    asks(medway, "ewa", thread, now + timedelta(minutes=1))
    assert Escalation.objects.count() == 1
    assert heads_promise().started_at == now


def test_from_a_leader_a_parent_goes_on_to_the_head(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    takes(medway, "priya", thread, now)
    escalation = asks(medway, "ewa", thread, now + timedelta(hours=1))
    assert Escalation.objects.count() == 1
    assert escalation.holder == medway.team["ruth"]
    assert escalation.asked_head and heads_promise().started_at == now + timedelta(hours=1)


def test_an_answered_thread_goes_to_the_head_too(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    answers(medway, "priya", thread, now + timedelta(hours=1))
    asks(medway, "ewa", thread, now + timedelta(hours=2))
    assert fresh(thread).side == "school"
    assert fresh(thread).due_at == now + timedelta(hours=26)


@pytest.mark.clause("2.2-H3")
def test_redirecting_needs_a_reason_that_the_family_reads_and_stops_no_clock(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now)
    ruth = actor_of(medway, "ruth")
    with pytest.raises(ReasonNeeded):
        redirect(actor=ruth, escalation=escalation, to=medway.team["tom"], reason=" ", at=now)
    redirect(
        actor=ruth,
        escalation=escalation,
        to=medway.team["tom"],
        reason="He was there on that day.",
        at=now + timedelta(hours=1),
    )
    assert fresh(thread).owner == medway.team["tom"]
    said = Message.objects.filter(direction="automatic").last().body
    assert "He was there on that day." in said
    answers(medway, "tom", thread, now + timedelta(hours=2))
    assert heads_promise().open
    answers(medway, "ruth", thread, now + timedelta(hours=3))
    assert heads_promise().kept


def test_what_was_answered_and_is_given_on_waits_for_an_answer_again(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now)
    answers(medway, "ruth", thread, now + timedelta(hours=1))
    assert fresh(thread).side == "parent"
    redirect(
        actor=actor_of(medway, "ruth"),
        escalation=escalation,
        to=medway.team["tom"],
        reason="He goes on with it.",
        at=now + timedelta(hours=2),
    )
    assert fresh(thread).side == "school"
    assert fresh(thread).due_at is not None


def test_it_is_given_to_nobody_whom_it_is_about_or_who_is_away(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now)
    is_away(medway, "tom", now, cover="ruth")
    ruth = actor_of(medway, "ruth")
    for to in (medway.team["tom"], medway.team["ruth"]):
        with pytest.raises((WithThemAlready, Exception), match="[a-z]{4}"):
            redirect(actor=ruth, escalation=escalation, to=to, reason="So.", at=now)
    with pytest.raises(IsAway):
        hand_over(
            actor=ruth,
            conversation=thread,
            to=Owner(member=medway.team["tom"]),
            summary="",
            at=now,
        )


def test_opening_it_is_its_receipt_and_only_by_the_leader_who_has_it(
    medway: Cast, now: datetime
) -> None:
    escalation = asks(medway, "ewa", writes(medway, "ewa", "kuba", now), now)
    for key, state in (("tom", State.RAISED), ("ruth", State.RECEIVED)):
        note_receipt(
            actor=actor_of(medway, key), escalation=escalation, member=medway.team[key], at=now
        )
        assert the(escalation).state == state


def test_the_family_says_that_it_is_settled_and_nothing_is_owed(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now)
    say_it_is_settled(actor=actor_of(medway, "ewa"), escalation=escalation, at=now)
    assert not heads_promise().open
    with pytest.raises(NotFromHere):
        say_it_is_settled(actor=actor_of(medway, "ewa"), escalation=the(escalation), at=now)
    assert asks(medway, "ewa", thread, now + timedelta(days=1)) != escalation


def test_it_becomes_a_complaint_with_a_queue_and_clock_of_its_own_and_is_still_answered(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = asks(medway, "ewa", thread, now)
    complaint = make_a_complaint(
        actor=actor_of(medway, "ewa"),
        carer=medway.carers["ewa"],
        escalation=escalation,
        words="I was not heard.",
        at=now,
    )
    assert complaint.queue == Conversation.Queue.COMPLAINTS
    assert the(escalation).state == State.COMPLAINT
    assert heads_promise().open


def test_nobody_finishes_a_thread_over_an_open_question_to_a_leader(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    asks(medway, "ewa", thread, now)
    with pytest.raises(LeaderAnswersFirst):
        close(
            actor=actor_of(medway, "priya"),
            member=medway.team["priya"],
            conversation=thread,
            reason="Done.",
            at=now,
        )


def test_what_a_leader_was_asked_goes_on_by_their_word_alone(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    asks(medway, "ewa", thread, now)
    with pytest.raises(WithALeader):
        hand_over(
            actor=actor_of(medway, "priya"),
            conversation=thread,
            to=Owner(member=medway.team["priya"]),
            summary="",
            at=now,
        )


def test_who_stands_in_for_an_absent_leader_has_what_was_taken_to_them(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    escalation = takes(medway, "priya", thread, now)
    is_away(medway, "tom", now + timedelta(hours=1), cover="helen")
    assert the(escalation).holder == fresh(thread).owner == medway.team["helen"]


def test_an_outsider_sees_nothing_of_it(medway: Cast, trent: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk)
    asks(medway, "ewa", writes(medway, "ewa", "kuba", now), now)
    assert not open_for(who(trent, "marcus", now)).exists()
    assert not open_for(who(medway, "lena", now)).exists()
