"""Holding back recipients after a concern: only when the lead sets it, per person (decision 5).

What is decided is written down here, with when it is looked at again. That nothing reaches the
person, who sees nothing unusual, belongs to `people`.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.people.access import Who
from schoolgate.people.actions import holding_back
from schoolgate.people.errors import PeopleError
from schoolgate.people.models import Carer, HoldBack
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions.recording import Hand, write_note
from schoolgate.safeguarding.errors import NotNow, ReadFirst, SafeguardingError
from schoolgate.safeguarding.models import Step
from schoolgate.safeguarding.standing import record_of

GOES_ON, SAFETY_TOO, SAFETY_GOES, ENDS = "goes on", "safety too", "safety goes", "ends"
LOOKED_AGAIN = (GOES_ON, SAFETY_TOO, SAFETY_GOES, ENDS)


@transaction.atomic
def hold_back(*, hand: Hand, carer: Carer, reason: str) -> Step:
    """Hold a carer of the child back from now on, to be looked at within one working day.

    Raises SafeguardingError with why not, NotNow.
    """
    pupil, user_id = hand.concern.pupil, hand.who.user_id
    if pupil is None or user_id is None or record_of(hand.concern).is_about_adult:
        raise NotNow
    try:
        hold = holding_back.hold_back(
            user_id=user_id, pupil=pupil, carer=carer, reason=reason, at=hand.at
        )
    except PeopleError as refusal:
        raise SafeguardingError(str(refusal)) from refusal
    words = _("{name}: {reason}").format(name=carer.name, reason=reason.strip())
    return write_note(hand=hand, kind=Step.Kind.HELD_BACK, words=words, due_at=hold.review_by)


@transaction.atomic
def look_again(*, who: Who, hold: HoldBack, what: str, at: datetime) -> None:
    """Let a hold go on, reach further or end, and write that into its concern (UTC).

    Where that was passed to the case manager since, the hold's own row says who ended it and when.
    Raises ReadFirst, NotNow.
    """
    if hold.carer is None or hold.ended_at or what not in LOOKED_AGAIN:
        raise NotNow
    hold = _done(who.user_id or 0, hold, what, at)
    concern = access.concern_of_hold(who, hold)
    if concern is not None:
        _write_down(Hand(who, concern, at), hold, what)


def _write_down(hand: Hand, hold: HoldBack, what: str) -> None:
    assert hold.carer is not None  # of an hour nothing is decided
    words = _("{name}: {what}").format(name=hold.carer.name, what=_said()[what])
    due_at = None if what == ENDS else hold.review_by
    try:
        write_note(hand=hand, kind=Step.Kind.HELD_BACK, words=words, due_at=due_at)
    except NotNow as refusal:
        raise ReadFirst from refusal


def _done(user_id: int, hold: HoldBack, what: str, at: datetime) -> HoldBack:
    if what == ENDS:
        return holding_back.end(user_id=user_id, hold=hold, at=at)
    if what == GOES_ON:
        return holding_back.confirm(hold=hold, at=at)
    return holding_back.also_what_is_about_safety(hold=hold, wait=what == SAFETY_TOO)


def _said() -> dict[str, str]:
    return {
        GOES_ON: _("goes on."),
        SAFETY_TOO: _("messages about immediate safety wait as well."),
        SAFETY_GOES: _("messages about immediate safety go."),
        ENDS: _("ends. What waited goes."),
    }
