"""What was taken further: every transition, and every one that is refused (5.3)."""

import pytest

from schoolgate.escalation.errors import NotFromHere
from schoolgate.escalation.states import OPEN, OVER, TRANSITIONS, Event, State, after

E, S = Event, State
LEADS_TO: dict[Event, dict[State, State]] = {
    E.RECEIVED: {S.RAISED: S.RECEIVED},
    E.PLANNED: dict.fromkeys(OPEN, S.ACTING),
    E.ANSWERED: dict.fromkeys(OPEN, S.ANSWERED),
    E.NOT_ARRIVED: {S.ACTING: S.RECEIVED, S.ANSWERED: S.RECEIVED},
    E.FAMILY_WROTE: {
        S.RAISED: S.RAISED,
        S.RECEIVED: S.RECEIVED,
        S.ACTING: S.ACTING,
        S.ANSWERED: S.ACTING,
    },
    E.CLIMBED: dict.fromkeys(OPEN, S.RAISED),
    E.REDIRECTED: dict.fromkeys(OPEN, S.RAISED),
    E.SETTLED: {S.ACTING: S.SETTLED, S.ANSWERED: S.SETTLED},
    E.FAMILY_SETTLED: dict.fromkeys(OPEN, S.SETTLED),
    E.COMPLAINED: dict.fromkeys(OPEN, S.COMPLAINT),
}
EVERY = [(state, event) for state in State for event in Event]


@pytest.mark.parametrize(("state", "event"), EVERY, ids=str)
def test_each_event_leads_where_the_policy_says_or_is_refused(state: State, event: Event) -> None:
    expected = LEADS_TO[event].get(state)
    if expected is None:
        with pytest.raises(NotFromHere, match="[a-z]{4}"):
            after(state, event)
    else:
        assert after(state, event) == expected


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_stays_over(state: State) -> None:
    assert not [event for event in Event if (state, event) in TRANSITIONS]


@pytest.mark.parametrize("state", OPEN)
def test_there_is_a_way_from_everywhere_to_an_answer(state: State) -> None:
    assert after(state, Event.ANSWERED) == State.ANSWERED


def test_nobody_can_refuse() -> None:
    assert not any("refus" in event.value or "reject" in event.value for event in Event)
