"""Who may send what: pure rules, tried in full."""

from itertools import product

import pytest

from schoolgate.announcements.errors import (
    NotFromHere,
    NotUrgentByYou,
    NotYourChildren,
    OnlyTheOffice,
    SafetyByOthers,
)
from schoolgate.announcements.rules import Channel, Sender, Wish, channels, refusal
from schoolgate.announcements.states import TRANSITIONS, Event, State, after

BOTH = (False, True)


@pytest.mark.clause("2.1-M3")
@pytest.mark.parametrize("wish", [Wish(*flags) for flags in product(BOTH, repeat=5)], ids=str)
def test_texts_and_letters_leave_only_by_the_central_sender(wish: Wish) -> None:
    for central, urgent in product(BOTH, repeat=2):
        why = refusal(Sender(central, urgent), wish)
        if wish.is_urgent:
            assert why is (None if urgent else NotUrgentByYou)
        elif central:
            assert why is None
        elif wish.by_text or wish.by_letter:
            assert why is OnlyTheOffice
        elif wish.is_safety and not urgent:
            assert why is SafetyByOthers
        else:
            assert why is (None if wish.to_own_children else NotYourChildren)


@pytest.mark.clause("2.1-M3", "2.1-M1")
def test_an_ordinary_message_takes_no_telephone_and_an_urgent_one_takes_every_way() -> None:
    assert channels(Wish()) == {Channel.EMAIL, Channel.PUSH}
    assert channels(Wish(by_text=True)) == {Channel.EMAIL, Channel.PUSH, Channel.SMS}
    assert channels(Wish(by_letter=True)) == {Channel.EMAIL, Channel.PUSH, Channel.LETTER}
    assert channels(Wish(is_urgent=True)) == {
        Channel.EMAIL,
        Channel.PUSH,
        Channel.SMS,
        Channel.VOICE,
    }


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)), ids=str)
def test_only_what_the_table_says_moves_an_announcement(state: State, event: Event) -> None:
    if (state, event) in TRANSITIONS:
        assert after(state.value, event) is TRANSITIONS[state, event]
    else:
        with pytest.raises(NotFromHere):
            after(state.value, event)


def test_what_is_out_never_comes_back_to_a_draft() -> None:
    reached, seen = [State.PUBLISHED], {State.PUBLISHED}
    while reached:
        state = reached.pop()
        new = {to for (of, _), to in TRANSITIONS.items() if of == state} - seen
        seen |= new
        reached += new
    assert seen == {State.PUBLISHED, State.CORRECTED, State.TAKEN_BACK}
