"""The promise plate: one per thread, a day and an hour in words, and who has it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import owner_name
from schoolgate.response_clock.actions import reckon
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.shown import shown_due
from schoolgate.response_clock.words import moment
from schoolgate.school.calendars import reply_calendar

UPDATE = Promise.Kind.UPDATE
LEADERS = (Promise.Kind.HEAD, Promise.Kind.LEADER)


@dataclass(frozen=True)
class Plate:
    """What stands on the line between the posts; `state` gives its shape, never only a colour."""

    state: str
    icon: str
    first: str
    then: str = ""


def plate(conversation: Conversation, promises: list[Promise], at: datetime) -> Plate | None:
    """The one plate of a thread for the family at a moment (UTC); none before any promise."""
    waiting = sorted((promise for promise in promises if promise.open), key=_most_telling)
    if waiting:
        return _open_plate(conversation, waiting[0], at)
    answered = [promise for promise in promises if promise.stopped_at and promise.kind != UPDATE]
    if not answered:
        return None
    return _answered_plate(conversation, max(answered, key=lambda one: one.started_at))


def _most_telling(promise: Promise) -> tuple[int, bool, datetime]:
    """What a leader was asked stands first, the next news of an open issue last."""
    order = {Promise.Kind.HEAD: 0, Promise.Kind.LEADER: 1, UPDATE: 3}
    due = promise.due_at
    return order.get(Promise.Kind(promise.kind), 2), due is None, due or promise.started_at


def _open_plate(conversation: Conversation, promise: Promise, at: datetime) -> Plate:
    zone, who = conversation.school.settings.timezone, owner_name(conversation)
    if promise.due_at is None:
        return Plate(
            "open",
            "latch",
            _("Our calendar does not reach far enough to name the day yet"),
            _("{who} has your message. We will tell you the day.").format(who=who),
        )
    shown = shown_due(conversation.school, promise) or promise.due_at
    due = moment(shown, zone)
    if promise.due_at < at:
        return _late_plate(conversation, promise, shown, at)
    if promise.kind in LEADERS:
        return Plate(
            "open",
            "latch",
            _("Answer by {due}").format(due=due),
            _("{who} has this now.").format(who=who),
        )
    if promise.kind == UPDATE:
        return Plate(
            "held",
            "hold",
            _("Next news by {due} at the latest").format(due=due),
            _("{who} keeps you informed until this is settled.").format(who=who),
        )
    if promise.kind == Promise.Kind.NEWS:
        return Plate(
            "held",
            "hold",
            _("Next news by {due}").format(due=due),
            _("{who} has read your message and will write even if there is nothing new.").format(
                who=who
            ),
        )
    calendar = reply_calendar(conversation.school)
    if not calendar.is_open(at):
        return Plate(
            "closed",
            "moon",
            _("School is closed until {opens}").format(
                opens=moment(calendar.next_opening(at), zone)
            ),
            _("Your message is safe with us. {who} will reply by {due}.").format(who=who, due=due),
        )
    return Plate(
        "open",
        "latch",
        _("Reply expected by {due}").format(due=due),
        _("{who} has your message.").format(who=who),
    )


def _late_plate(conversation: Conversation, promise: Promise, due: datetime, at: datetime) -> Plate:
    """Late is never said without sorry, a name and a new time."""
    zone = conversation.school.settings.timezone
    again = promise.again_due_at
    if again is None or again < at:
        again = reckon(conversation.school, max(due, at)).reply_due
    first = _("We said by {due} and we haven’t. We are sorry.").format(due=moment(due, zone))
    who = owner_name(conversation)
    if again is None:
        return Plate("late", "latch-late", first, _("{who} has it now.").format(who=who))
    return Plate(
        "late",
        "latch-late",
        first,
        _("{who} has it now: by {again}.").format(who=who, again=moment(again, zone)),
    )


def _answered_plate(conversation: Conversation, promise: Promise) -> Plate:
    if promise.kept:
        return Plate("kept", "latch-kept", _("Answered in the time we gave"))
    zone = conversation.school.settings.timezone
    return Plate(
        "kept",
        "latch-kept",
        _("Answered later than we said. We are sorry."),
        _("We had said by {due}.").format(due=moment(promise.due_at, zone))
        if promise.due_at
        else "",
    )
