"""A call or a visit is written down: a conversation stops the clock, a voicemail does not."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.actions.calling import Told, With, log
from schoolgate.conversations.actions.keeping import give_words, keep
from schoolgate.conversations.actions.separating import separate
from schoolgate.conversations.errors import (
    NotASchoolLine,
    NothingWritten,
    NotYet,
    NumberNotKept,
    PromisedForThePast,
    WordsFromLeader,
)
from schoolgate.conversations.models import Call, CallTask, Conversation, Message
from schoolgate.conversations.states import State
from schoolgate.conversations.tests.acting import actor_of, fresh, writes, writes_again
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.models import Entry
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.school.tenancy import see

LINE = "Switchboard 01634 968420"
TRIED = ("voicemail", "no answer", "engaged")


def logs(
    cast: Cast,
    thread: Conversation | None,
    at: datetime,
    *,
    by: str = "priya",
    carer: str = "ewa",
    child: str | None = "kuba",
    **told: object,
) -> Message:
    """Somebody writes a call down, by the switchboard, with words where they spoke."""
    told = {"outcome": "spoke", "began_at": at, "words": "He had a good day.", **told}
    if told["outcome"] != "spoke" or told.get("private_reason") or told.get("way") == "visit":
        told.setdefault("line", "" if told.get("private_reason") else LINE)
    if told["outcome"] != "spoke" and told["words"] == "He had a good day.":
        told["words"] = ""
    return log(
        actor=actor_of(cast, by),
        member=cast.team[by],
        about=With(cast.carers[carer], cast.children[child] if child else None, thread),
        told=Told(**{"line": LINE, **told}),  # type: ignore[arg-type]
        at=at,
    )


def open_promises(thread: Conversation) -> list[Promise]:
    return list(
        Promise.objects.filter(subject=thread.public_id, stopped_at=None, withdrawn_at=None)
    )


@pytest.mark.clause("2.1-M1")
def test_a_spoken_conversation_stops_the_clock_and_sends_nothing(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    sent = Parcel.objects.count()
    message = logs(medway, thread, now + timedelta(hours=1))
    (promise,) = Promise.objects.filter(subject=thread.public_id)
    assert (promise.stopped_by, promise.kept) == (message.public_id, True)
    assert (fresh(thread).state, fresh(thread).due_at) == (State.WITH_PARENT, None)
    assert (message.direction, message.channel, message.call.line) == ("school", "call", LINE)
    assert fresh(thread).preview == "He had a good day."
    assert Parcel.objects.count() == sent
    assert not Content.objects.filter(purpose=Content.Purpose.REPLY).exists()


@pytest.mark.clause("2.1-M1")
@pytest.mark.parametrize("outcome", TRIED)
def test_a_call_that_reached_nobody_stops_nothing(
    medway: Cast, now: datetime, outcome: str
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    before = fresh(thread)
    message = logs(medway, thread, now + timedelta(hours=1), outcome=outcome)
    assert [one.started_at for one in open_promises(thread)] == [now]
    after = fresh(thread)
    assert (after.state, after.due_at, after.preview) == (
        before.state,
        before.due_at,
        before.preview,
    )
    assert message.call.outcome == outcome


def test_a_try_is_no_answer_either_when_the_thread_is_taken_apart(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    logs(medway, thread, now + timedelta(hours=1), outcome="voicemail")
    writes_again(medway, thread, now + timedelta(hours=2))
    second = thread.messages.filter(direction="family").latest("at")
    separate(
        actor=actor_of(medway, "priya"),
        conversation=thread,
        chosen=[second.public_id],
        pupil=None,
        subject="Lunch",
        at=now + timedelta(hours=3),
    )
    assert [one.started_at for one in open_promises(thread)] == [now]


@pytest.mark.parametrize("outcome", TRIED)
def test_who_rang_in_vain_waits_for_an_answer_from_that_moment(
    medway: Cast, now: datetime, outcome: str
) -> None:
    message = logs(
        medway, None, now, by="joan", inbound=True, outcome=outcome,
        began_at=now - timedelta(minutes=20),
    )  # fmt: skip
    thread = fresh(message.conversation)
    assert (message.direction, thread.state, thread.owner) == (
        "family",
        State.WITH_SCHOOL,
        medway.team["priya"],
    )
    assert [one.started_at for one in open_promises(thread)] == [now - timedelta(minutes=20)]


def test_what_somebody_needs_to_answer_starts_the_clock_as_any_message_does(
    medway: Cast, now: datetime
) -> None:
    message = logs(
        medway, None, now, by="joan", inbound=True, words="Is the bus late?", needs_answer=True
    )
    assert (message.typed_by, message.body) == (medway.team["joan"], "Is the bus late?")
    assert [one.kind for one in open_promises(message.conversation)] == ["reply"]


def test_a_call_written_down_later_answers_nothing_that_came_after_it(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    logs(medway, thread, now + timedelta(hours=1), began_at=now - timedelta(minutes=5))
    assert [one.started_at for one in open_promises(thread)] == [now]
    assert fresh(thread).state == State.WITH_SCHOOL


def test_a_call_out_of_nothing_opens_a_thread_that_waits_for_nobody(
    medway: Cast, now: datetime
) -> None:
    for outcome in ("spoke", "voicemail"):
        thread = fresh(logs(medway, None, now, outcome=outcome).conversation)
        assert (thread.state, thread.side, thread.owner, open_promises(thread)) == (
            State.WITH_PARENT,
            "parent",
            medway.team["priya"],
            [],
        )


def test_a_promise_by_voice_is_one_that_the_clock_keeps(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    by = now + timedelta(days=2)
    message = logs(medway, thread, now, promised="The plan by post", promised_by=by)
    assert [(one.kind, one.due_at) for one in open_promises(thread)] == [("news", by)]
    assert (fresh(thread).state, message.call.promised) == (State.PROMISED, "The plan by post")


def test_a_promised_call_back_is_a_task_of_who_promised_it(medway: Cast, now: datetime) -> None:
    by = now + timedelta(hours=3)
    with_hannah = {"by": "lena", "carer": "hannah", "child": "ivy", "words": "Ivy is well."}
    logs(medway, None, now, **with_hannah, promised_by=by, ring_back=True)
    task = CallTask.objects.get()
    assert (task.member, task.why, task.due_at) == (medway.team["lena"], "promised", by)


def test_a_call_back_that_was_asked_for_is_with_who_has_the_thread(
    medway: Cast, now: datetime
) -> None:
    logs(medway, None, now, by="joan", inbound=True, needs_answer=True, ring_back=True)
    task = CallTask.objects.get()
    assert (task.member, task.why) == (medway.team["priya"], "asked")
    assert task.due_at == now + timedelta(days=1)


@pytest.mark.clause("2.2-T4b")
@pytest.mark.parametrize("line", ["", "My own", "07700 900123"])
def test_a_call_names_a_line_of_the_school(medway: Cast, now: datetime, line: str) -> None:
    with pytest.raises(NotASchoolLine):
        logs(medway, None, now, line=line)
    assert not Call.objects.exists()


@pytest.mark.clause("2.2-T4b")
def test_an_emergency_on_a_private_telephone_is_recorded_and_alarms_the_head(
    medway: Cast, now: datetime
) -> None:
    message = logs(medway, None, now, private_reason="On the trip, no signal elsewhere", line="")
    assert (message.call.line, message.call.private_reason[:11]) == ("", "On the trip")
    alerts = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
    assert {one.member for one in alerts} == {medway.team["ruth"], medway.team["tom"]}
    assert "Kuba" not in alerts[0].content.text


def test_the_head_who_used_one_does_not_alarm_themself(medway: Cast, now: datetime) -> None:
    logs(medway, None, now, by="ruth", private_reason="On the trip", line="")
    alerts = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
    assert {one.member for one in alerts} == {medway.team["grace"]}


@pytest.mark.clause("2.2-T4b")
@pytest.mark.parametrize("field", ["words", "promised", "private_reason"])
@pytest.mark.parametrize(
    "number", ["07700 900456", "+44 7700 900456", "0044 (0)7700-900456", "07700900456."]
)
def test_nobody_elses_mobile_is_kept(medway: Cast, now: datetime, field: str, number: str) -> None:
    told = {"words": "x", field: f"I rang from {number}"}
    with pytest.raises(NumberNotKept):
        logs(medway, None, now, **told)
    assert not Message.objects.exists()


def test_their_own_number_and_the_schools_may_stand_there(medway: Cast, now: datetime) -> None:
    ContactRoute.objects.create(
        school=medway.school, carer=medway.carers["ewa"], kind="mobile", value="+44 7700 900456"
    )
    words = "She is on 07700 900456 again; ours is 01634 968420. On 24.11.2026 at 10:30."
    assert logs(medway, None, now, words=words).body == words


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"words": "  "}, NothingWritten),
        ({"began_at": timedelta(minutes=1)}, NotYet),
        ({"began_at": timedelta(days=-40)}, NotYet),
        ({"promised_by": timedelta(0)}, PromisedForThePast),
    ],
)
def test_what_can_not_be_is_refused(
    medway: Cast, now: datetime, told: dict[str, object], refusal: type[Exception]
) -> None:
    moments = {key: now + value for key, value in told.items() if isinstance(value, timedelta)}
    with pytest.raises(refusal):
        logs(medway, None, now, **{**told, **moments})
    assert not Conversation.objects.exists()


@pytest.mark.clause("2.1-M5")
def test_a_walk_in_is_never_refused_a_record(medway: Cast, now: datetime) -> None:
    message = logs(
        medway, None, now, by="joan", way="visit", inbound=True, line="",
        words="Came in distress, was seen at once.",
    )  # fmt: skip
    assert (message.channel, message.call.way, message.call.line) == ("visit", "visit", "")
    limited = logs(
        medway, None, now, by="joan", carer="piotr", way="visit", inbound=True,
        words="Wants to see Kuba.", needs_answer=True,
    )  # fmt: skip
    assert (limited.conversation.pupil, limited.conversation.queue) == (None, "office")


@pytest.fixture
def guided(medway: Cast, now: datetime) -> Conversation:
    """A thread one of whose texts Helen has."""
    thread = writes(medway, "ewa", "kuba", now, "Something hard to say.")
    keep(
        keeper_user=medway.user_id("helen"), message=thread.messages.get(direction="family"), at=now
    )
    return fresh(thread)


def test_in_a_guided_thread_only_a_leaders_words_are_an_answer(
    medway: Cast, guided: Conversation, now: datetime
) -> None:
    with pytest.raises(WordsFromLeader):
        logs(medway, guided, now)
    with pytest.raises(WordsFromLeader):
        logs(medway, guided, now, outcome="voicemail", words="Please ring about it.")
    assert open_promises(guided)
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    give_words(
        given_by_user=medway.user_id("helen"), conversation=guided, words="We heard you.", at=now
    )
    logs(medway, guided, now, words="We heard you.")
    assert not open_promises(guided)


def test_in_a_guided_thread_a_try_and_what_the_family_said_can_be_written_down(
    medway: Cast, guided: Conversation, now: datetime
) -> None:
    logs(medway, guided, now, outcome="no answer")
    logs(medway, guided, now, inbound=True, words="She asks again.", needs_answer=True)
    assert guided.messages.filter(channel="call").count() == 2
    assert len(open_promises(guided)) == 1


def test_a_closed_thread_takes_a_call_and_stays_closed(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    Conversation.objects.filter(pk=thread.pk).update(state="closed", side="parent")
    logs(medway, thread, now)
    assert fresh(thread).state == State.CLOSED


def test_the_ledger_has_the_outcome_and_none_of_the_words(medway: Cast, now: datetime) -> None:
    logs(medway, None, now, words="Something private")
    entry = Entry.objects.get(verb="logged a call")
    assert entry.facts == {"outcome": "spoke", "inbound": False, "private": False}
