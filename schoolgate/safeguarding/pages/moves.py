"""What a reader can do with a concern at this point: each move with its form and its verb."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.conversations.models import Message
from schoolgate.people.access import Who
from schoolgate.people.queries import holders
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions import holding, recording, sealing
from schoolgate.safeguarding.actions.recording import Hand
from schoolgate.safeguarding.forms import Dated, Decide, Doing, Held, KeptFrom, Note, Said
from schoolgate.safeguarding.models import Step
from schoolgate.safeguarding.readers import TOLD_AT_ONCE
from schoolgate.safeguarding.standing import Record
from schoolgate.safeguarding.states import Event, State, may

Given = dict[str, Any]


@dataclass(frozen=True)
class Move:
    """One thing that can be done: its name in the form, its words, and what it calls."""

    name: str
    event: Event
    title: str | Promise
    form: type[forms.Form]
    verb: Callable[[Hand, Given], object]


MOVES = (
    Move(
        "decide",
        Event.TRIAGE,
        _("Decide what it is, and why"),
        Decide,
        lambda hand, given: recording.decide(
            hand=hand, outcome=given["outcome"], reason=given["words"], member=given["member"]
        ),
    ),
    Move(
        "agree",
        Event.AGREE,
        _("Agree that it was no safeguarding concern"),
        Said,
        lambda hand, given: recording.look_again(hand=hand, agrees=True, words=given["words"]),
    ),
    Move(
        "disagree",
        Event.DISAGREE,
        _("Send it back, to be decided anew"),
        Said,
        lambda hand, given: recording.look_again(hand=hand, agrees=False, words=given["words"]),
    ),
    Move(
        "act",
        Event.ACT,
        _("Set an action, and by when"),
        Dated,
        lambda hand, given: recording.act(hand=hand, words=given["words"], due_at=given["due_at"]),
    ),
    Move(
        "done",
        Event.DONE,
        _("Say that an action is done"),
        Doing,
        lambda hand, given: recording.done(hand=hand, action=given["action"], words=given["words"]),
    ),
    Move(
        "note",
        Event.NOTE,
        _("Add to the record"),
        Note,
        lambda hand, given: recording.note(hand=hand, kind=given["kind"], words=given["words"]),
    ),
    Move(
        "review",
        Event.SET_REVIEW,
        _("Look at it again on a day"),
        Dated,
        lambda hand, given: recording.set_review(
            hand=hand, words=given["words"], due_at=given["due_at"]
        ),
    ),
    Move(
        "close",
        Event.CLOSE,
        _("Close it, with what came of it"),
        Said,
        lambda hand, given: recording.close(hand=hand, words=given["words"]),
    ),
    Move(
        "reopen",
        Event.REOPEN,
        _("Open it again"),
        Said,
        lambda hand, given: recording.reopen(hand=hand, words=given["words"]),
    ),
    Move(
        "seal_text",
        Event.NOTE,
        _("Seal this text: nobody reads it in its thread any more"),
        forms.Form,
        lambda hand, given: sealing.seal_text(hand=hand),
    ),
    Move(
        "give_words",
        Event.NOTE,
        _("Give words for the answer in its thread"),
        Said,
        lambda hand, given: sealing.give_words(hand=hand, words=given["words"]),
    ),
    Move(
        "hold_back",
        Event.NOTE,
        _("Hold messages back from an adult of the child"),
        Held,
        lambda hand, given: holding.hold_back(
            hand=hand, carer=given["carer"], reason=given["words"]
        ),
    ),
    Move(
        "keep_from",
        Event.NOTE,
        _("Keep it from a reader who has a tie to the child"),
        KeptFrom,
        lambda hand, given: recording.keep_from(
            hand=hand, member=given["member"], reason=given["words"]
        ),
    ),
    Move(
        "hand_over",
        Event.HAND_OVER,
        _("Say that it goes on in the school’s own system, with its reference there"),
        Said,
        lambda hand, given: recording.hand_over(hand=hand, reference=given["words"]),
    ),
)
BY_NAME = {one.name: one for one in MOVES}


def open_moves(record: Record, who: Who) -> list[Move]:
    """What somebody can do now."""
    state, message = record.state, access.raised_from(record.concern)
    found = [one for one in MOVES if may(state, one.event) and _fits(one, record, who, message)]
    # Once it is decided the next action comes first; deciding anew is possible, and last.
    return sorted(found, key=lambda one: one.name == "decide" and state is not State.READ)


def _fits(move: Move, record: Record, who: Who, message: Message | None) -> bool:
    """What the state alone doesn't say."""
    own_file = record.concern.school.settings.choices.safeguarding_file
    pupil = record.concern.pupil
    return {
        "done": bool(record.open_actions),
        "keep_from": not record.is_about_adult,
        "hand_over": own_file != "here",
        "close": not record.open_actions,
        "seal_text": message is not None and sealing.may_be_sealed(message),
        "give_words": message is not None and message.conversation.guided,
        "hold_back": pupil is not None
        and not record.is_about_adult
        and access.may_hold_back(who, pupil),
    }.get(move.name, True)


def form_for(move: Move, record: Record, hand: Hand, given: Any = None) -> forms.Form:
    """A move's form with the choices that fit this concern."""
    form = move.form(given, auto_id=f"id_{move.name}_%s")
    if "member" in form.fields:
        people = holders(school_id=record.concern.school_id, roles=TOLD_AT_ONCE, at=hand.at)
        _offer(form, "member", people)
    if "carer" in form.fields and record.concern.pupil is not None:
        _offer(form, "carer", access.may_be_held(record.concern.pupil))
    if "action" in form.fields:
        open_now = [one.pk for one in record.open_actions]
        _offer(form, "action", Step.objects.filter(pk__in=open_now))
    return form


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # only such a field has rows to choose from
    field.queryset = rows
