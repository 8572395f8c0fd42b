"""A team member answers: the clock stops, unless the answer does not arrive."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.actions import replying
from schoolgate.conversations.actions.noting import note
from schoolgate.conversations.errors import DayTooFar, NothingWritten
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.states import State
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes, writes_again
from schoolgate.delivery.actions.bouncing import bounce
from schoolgate.delivery.actions.handing_off import record_hand_off
from schoolgate.delivery.actions.settling import settle_failure
from schoolgate.delivery.models import Content, Parcel
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise


def promises(conversation: Conversation) -> list[Promise]:
    """The promises of a conversation, oldest first."""
    return list(Promise.objects.filter(subject=conversation.public_id).order_by("started_at", "pk"))


def reply_parcel(channel: str = "email") -> Parcel:
    """The one parcel of a reply by a channel."""
    return Parcel.objects.get(content__purpose=Content.Purpose.REPLY, channel=channel)


@pytest.mark.clause("2.2-T1")
def test_a_human_answer_stops_the_clock(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    message = answers(medway, "priya", conversation, now + timedelta(hours=2))
    (promise,) = promises(conversation)
    assert (promise.stopped_by, promise.kept) == (message.public_id, True)
    assert (fresh(conversation).state, fresh(conversation).due_at) == (State.WITH_PARENT, None)


def test_an_answer_after_the_due_moment_was_not_in_time(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    answers(medway, "priya", conversation, now + timedelta(days=1, seconds=1))
    assert promises(conversation)[0].kept is False


def test_a_note_stops_nothing(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    note(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        conversation=conversation,
        body="Ask Sam.",
        at=now,
    )
    assert promises(conversation)[0].open


def test_a_bounced_reply_has_not_stopped_the_clock(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    answers(medway, "priya", conversation, now + timedelta(hours=1))
    parcel = reply_parcel()
    parcel.state, parcel.sent_to = Parcel.State.SENT, "ewa@medway-green.example.org"
    parcel.save()
    bounce(parcel=parcel, at=now + timedelta(hours=2))
    (promise,) = promises(conversation)
    assert promise.open and promise.due_at == now + timedelta(days=1)
    assert fresh(conversation).state == State.WITH_SCHOOL
    assert fresh(conversation).due_at == now + timedelta(days=1)


def test_when_the_family_wrote_again_before_the_bounce_the_oldest_time_counts(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    answers(medway, "priya", conversation, now + timedelta(hours=1))
    writes_again(medway, conversation, now + timedelta(hours=2))
    settle_failure(parcels=[reply_parcel()], at=now + timedelta(hours=3), state=Parcel.State.FAILED)
    waiting = [promise for promise in promises(conversation) if promise.open]
    assert [promise.started_at for promise in waiting] == [now]


def test_a_holding_reply_names_a_day_and_promises_news(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    until = now + timedelta(days=3)
    replying.hold(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        conversation=conversation,
        body="I have read this.",
        until=until,
        at=now + timedelta(hours=1),
    )
    reply, news = promises(conversation)
    assert reply.kept and news.open
    assert (news.kind, news.due_at, fresh(conversation).due_at) == ("news", until, until)
    assert fresh(conversation).state == State.PROMISED


@pytest.mark.parametrize("days", [-1, 9])
def test_a_day_in_the_past_or_beyond_five_working_days_is_refused(
    medway: Cast, now: datetime, days: int
) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    with pytest.raises(DayTooFar):
        replying.hold(
            actor=actor_of(medway, "priya"),
            member=medway.team["priya"],
            conversation=conversation,
            body="Soon.",
            until=now + timedelta(days=days),
            at=now,
        )


def test_an_answer_goes_to_the_one_carer_of_the_thread(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "gareth", "ivy", now)
    answers(medway, "lena", conversation, now)
    to = Parcel.objects.filter(content__purpose="reply").values_list("carer", flat=True)
    assert set(to) == {medway.carers["gareth"].pk}


@pytest.mark.clause("2.1-M2c")
def test_the_childs_name_is_not_in_the_subject_of_an_email(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now, subject="Kuba’s lunch: Kuba Malinowski")
    answers(medway, "priya", conversation, now)
    for content in Content.objects.all():
        assert "Kuba" not in content.subject and "Malinowski" not in content.subject


def test_nothing_written_is_refused(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    with pytest.raises(NothingWritten):
        replying.reply(
            actor=actor_of(medway, "priya"),
            member=medway.team["priya"],
            conversation=conversation,
            body="\n",
            at=now,
        )


@pytest.mark.clause("2.1-M2a")
def test_where_email_goes_by_isams_a_reply_is_owed_and_the_portal_has_it(
    trent: Cast, now: datetime
) -> None:
    conversation = writes(trent, "stan", "reece", now)
    answers(trent, "owen", conversation, now + timedelta(hours=1))
    assert reply_parcel("portal").state == Parcel.State.SENT
    address_of_stan = Parcel.objects.filter(channel="email")
    assert {parcel.state for parcel in address_of_stan} == {Parcel.State.OWED}


def test_an_owed_reply_counts_once_the_office_has_handed_it_off(trent: Cast, now: datetime) -> None:
    conversation = writes(trent, "stan", "reece", now)
    answers(trent, "owen", conversation, now + timedelta(hours=1))
    assert fresh(conversation).state == State.HANDING_OFF
    assert promises(conversation)[0].open
    handed = now + timedelta(hours=3)
    record_hand_off(
        actor=actor_of(trent, "carol"), parcel=reply_parcel(), reference="W-17", at=handed
    )
    (promise,) = promises(conversation)
    assert (promise.stopped_at, promise.kept) == (handed, True)
    assert fresh(conversation).state == State.WITH_PARENT


def test_an_owed_reply_counts_at_once_for_a_parent_who_was_here_lately(
    trent: Cast, now: datetime
) -> None:
    conversation = writes(trent, "mia", "tilly", now)
    answers(trent, "owen", conversation, now + timedelta(hours=1))
    assert promises(conversation)[0].kept is True
    assert reply_parcel().state == Parcel.State.OWED


def test_at_an_isams_school_no_receipt_waits_for_the_post(trent: Cast, now: datetime) -> None:
    writes(trent, "mia", "tilly", now)
    assert not Parcel.objects.filter(channel="email").exists()
