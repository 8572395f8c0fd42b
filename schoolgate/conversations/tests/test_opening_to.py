"""The school writes first: an owner, nothing owed, and nothing there for whom it waits."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.access import visible_to_carer
from schoolgate.conversations.actions.opening_to import First, Opened, open_to_family, say_also
from schoolgate.conversations.errors import NothingWritten, NotOneOfYours, WordsFromLeader
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import actor_of, fresh, who, writes, writes_again
from schoolgate.delivery.models import Parcel
from schoolgate.people.actions.holding_back import begin_the_hour
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise


def opens(cast: Cast, carer: str, child: str, at: datetime, body: str = "Please read.") -> Opened:
    """Priya writes first, for Tom to have the answers."""
    first = First("A letter", body, cast.team["priya"], cast.team["tom"], sensitive=True)
    return open_to_family(
        actor=actor_of(cast, "priya"),
        carer=cast.carers[carer],
        pupil=cast.children[child],
        first=first,
        at=at,
    )


def test_it_has_an_owner_and_waits_for_nobody(medway: Cast, now: datetime) -> None:
    thread = opens(medway, "ewa", "kuba", now).conversation
    assert (thread.owner, thread.side, thread.due_at) == (medway.team["tom"], "parent", None)
    assert not Promise.objects.exists()
    assert {one.channel for one in Parcel.objects.all()} == {"portal", "email"}


def test_what_the_family_answers_gets_a_promise(medway: Cast, now: datetime) -> None:
    thread = opens(medway, "ewa", "kuba", now).conversation
    writes_again(medway, thread, now + timedelta(hours=1))
    assert (fresh(thread).side, Promise.objects.count()) == ("school", 1)


@pytest.mark.clause("2.2-T5")
def test_it_goes_to_nobody_who_may_not_have_it(medway: Cast, now: datetime) -> None:
    for carer, child in (("piotr", "kuba"), ("nina", "kuba"), ("dawn", "leo")):
        with pytest.raises(NotOneOfYours):
            opens(medway, carer, child, now)
    with pytest.raises(NothingWritten):
        opens(medway, "ewa", "kuba", now, body=" ")
    assert not Conversation.objects.exists()


def test_by_isams_it_has_not_reached_who_was_never_in_the_portal(
    trent: Cast, now: datetime
) -> None:
    stan, mia = (
        opens_at_trent(trent, "stan", "reece", now),
        opens_at_trent(trent, "mia", "tilly", now),
    )
    assert (stan.reached, stan.conversation.state) == (False, "handing off")
    assert (mia.reached, mia.conversation.state) == (True, "with parent")


def opens_at_trent(cast: Cast, carer: str, child: str, at: datetime) -> Opened:
    """Owen writes first."""
    return open_to_family(
        actor=actor_of(cast, "owen"),
        carer=cast.carers[carer],
        pupil=cast.children[child],
        first=First("A letter", "Please read.", cast.team["owen"], cast.team["owen"]),
        at=at,
    )


@pytest.mark.clause("2.2-T5")
def test_for_whom_it_waits_the_thread_is_not_there_until_nothing_holds_it(
    medway: Cast, now: datetime
) -> None:
    before = writes(medway, "ewa", "kuba", now - timedelta(hours=2))
    begin_the_hour(pupil=medway.children["kuba"], at=now)
    thread = opens(medway, "ewa", "kuba", now + timedelta(minutes=5)).conversation
    asks = who(medway, "ewa", now + timedelta(minutes=10))
    assert list(visible_to_carer(asks)) == [before]
    after = who(medway, "ewa", now + timedelta(days=1))
    assert set(visible_to_carer(after)) == {before, thread}


def test_what_is_said_also_answers_nothing_and_moves_nothing(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    said = {"actor": actor_of(medway, "tom"), "member": medway.team["tom"], "at": now}
    say_also(conversation=thread, body="One more thing.", **said)
    assert (fresh(thread).side, Promise.objects.get().open) == ("school", True)
    with pytest.raises(NothingWritten):
        say_also(conversation=thread, body=" ", **said)


def test_where_a_leader_gives_the_words_nothing_else_is_said(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    Conversation.objects.filter(pk=thread.pk).update(guided=True)
    with pytest.raises(WordsFromLeader):
        say_also(
            actor=actor_of(medway, "tom"),
            conversation=thread,
            member=medway.team["tom"],
            body="Mine.",
            at=now,
        )
