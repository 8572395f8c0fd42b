"""The record: what was said, decided and done, each with its reason and its moment."""

from datetime import datetime, timedelta

import pytest

from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions import recording
from schoolgate.safeguarding.errors import (
    ActionsOpen,
    NobodyLeft,
    NothingWritten,
    NotNow,
    ReasonMissing,
    SamePerson,
)
from schoolgate.safeguarding.models import Concern, Step
from schoolgate.safeguarding.standing import record_of
from schoolgate.safeguarding.states import State
from schoolgate.safeguarding.tests.acting import hand, raises, reads, state

MINUTE = timedelta(minutes=1)


@pytest.fixture
def opened(medway: Cast, now: datetime) -> Concern:
    """Ewa raised a concern and Helen has read it."""
    concern = raises(medway, "ewa", now)
    reads(medway, "helen", concern, now + MINUTE)
    return concern


def decided(cast: Cast, concern: Concern, at: datetime, outcome: str = "monitor") -> None:
    """Helen says what it is."""
    recording.decide(hand=hand(cast, "helen", concern, at), outcome=outcome, reason="A pattern.")


def test_a_decision_needs_a_reason_and_is_kept_with_it(
    medway: Cast, opened: Concern, now: datetime
) -> None:
    at = now + 2 * MINUTE
    with pytest.raises(ReasonMissing):
        recording.decide(hand=hand(medway, "helen", opened, at), outcome="monitor", reason=" ")
    decided(medway, opened, at)
    assert state(medway, "sam", opened) is State.TRIAGED
    assert Step.objects.get().words == "A pattern."


def test_nobody_decides_on_what_they_have_not_read(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    with pytest.raises(NotNow):
        decided(medway, concern, now)


def test_an_action_is_done_by_a_later_row_and_once(
    medway: Cast, opened: Concern, now: datetime
) -> None:
    decided(medway, opened, now + 2 * MINUTE)
    due = now + timedelta(days=1)
    action = recording.act(
        hand=hand(medway, "helen", opened, now + 3 * MINUTE), words="Ring her.", due_at=due
    )
    assert state(medway, "helen", opened) is State.ACTING
    assert record_of(opened).open_actions == [action]
    with pytest.raises(ActionsOpen):
        recording.close(hand=hand(medway, "helen", opened, now + 4 * MINUTE), words="Done.")
    recording.done(hand=hand(medway, "sam", opened, now + 5 * MINUTE), action=action, words="Rung.")
    with pytest.raises(NotNow):
        recording.done(
            hand=hand(medway, "helen", opened, now + 6 * MINUTE), action=action, words="Rung."
        )
    recording.close(hand=hand(medway, "helen", opened, now + 7 * MINUTE), words="All well.")
    assert state(medway, "helen", opened) is State.CLOSED


def test_what_was_no_concern_waits_for_a_second_person(
    medway: Cast, opened: Concern, now: datetime
) -> None:
    decided(medway, opened, now + 2 * MINUTE, "not_safeguarding")
    recording.close(hand=hand(medway, "helen", opened, now + 3 * MINUTE), words="A game.")
    assert state(medway, "helen", opened) is State.SAMPLING
    with pytest.raises(SamePerson):
        recording.look_again(
            hand=hand(medway, "helen", opened, now + 4 * MINUTE), agrees=True, words="Yes."
        )
    recording.look_again(
        hand=hand(medway, "ruth", opened, now + 5 * MINUTE), agrees=False, words="Ask him first."
    )
    assert state(medway, "helen", opened) is State.READ


def test_a_review_and_an_opening_again_are_rows_too(
    medway: Cast, opened: Concern, now: datetime
) -> None:
    decided(medway, opened, now + 2 * MINUTE)
    due = now + timedelta(days=9)
    recording.set_review(
        hand=hand(medway, "helen", opened, now + 3 * MINUTE), words="Ask again.", due_at=due
    )
    assert record_of(opened).review_at == due
    recording.close(hand=hand(medway, "helen", opened, now + 4 * MINUTE), words="Better.")
    recording.reopen(hand=hand(medway, "sam", opened, now + 5 * MINUTE), words="Once more.")
    assert state(medway, "helen", opened) is State.READ


@pytest.mark.parametrize("kind", sorted(recording.NOTES))
def test_a_note_changes_no_state_and_is_never_empty(
    medway: Cast, opened: Concern, now: datetime, kind: str
) -> None:
    with pytest.raises(NothingWritten):
        recording.note(hand=hand(medway, "sam", opened, now + 2 * MINUTE), kind=kind, words=" ")
    recording.note(hand=hand(medway, "sam", opened, now + 2 * MINUTE), kind=kind, words="Said.")
    assert state(medway, "helen", opened) is State.READ


def test_what_is_kept_from_a_deputy_is_gone_for_them_alone(
    medway: Cast, opened: Concern, now: datetime
) -> None:
    recording.keep_from(
        hand=hand(medway, "helen", opened, now + 2 * MINUTE),
        member=medway.team["sam"],
        reason="His niece.",
    )
    assert state(medway, "ruth", opened) is State.READ
    hand(medway, "sam", opened, now)
    assert not Concern.objects.exists() and not Step.objects.exists()


def test_somebody_is_always_left_who_reads_it(medway: Cast, opened: Concern, now: datetime) -> None:
    for key in ("sam", "ruth"):
        recording.keep_from(
            hand=hand(medway, "helen", opened, now + 2 * MINUTE),
            member=medway.team[key],
            reason="A tie.",
        )
    with pytest.raises(NobodyLeft):
        recording.keep_from(
            hand=hand(medway, "helen", opened, now + 3 * MINUTE),
            member=medway.team["helen"],
            reason="A tie.",
        )


def test_handing_over_is_refused_where_the_file_is_kept_here(
    medway: Cast, opened: Concern, now: datetime
) -> None:
    with pytest.raises(NotNow):
        recording.hand_over(hand=hand(medway, "helen", opened, now), reference="C-1")
