"""The rota out of safeguarding hours as arithmetic: which stretches have nobody on call."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.errors import BeyondCalendarError

AHEAD = timedelta(days=7)
# How far back the last closing is looked for; longer than any holiday.
BACK = timedelta(days=120)


class Stretch(NamedTuple):
    """From when until when."""

    begins: datetime
    ends: datetime


def gaps(calendar: WorkingCalendar, turns: Iterable[Stretch], at: datetime) -> list[Stretch]:
    """The stretches of the next seven days out of hours with nobody on call, whole, in order.

    One that has begun keeps its true beginning, so that it stays the same gap while time passes.
    """
    ordered = sorted(turns)
    found = [gap for closed in _closed(calendar, at) for gap in _without(closed, ordered)]
    return [gap for gap in found if gap.ends > at and gap.begins < at + AHEAD]


def _closed(calendar: WorkingCalendar, at: datetime) -> list[Stretch]:
    """The stretches out of hours that touch the next seven days."""
    horizon = at + AHEAD
    begins = _closing(calendar, at)
    found = []
    while begins < horizon:
        try:
            ends = calendar.next_opening(begins)
            found.append(Stretch(begins, ends))
            begins = calendar.next_closing(ends)
        except BeyondCalendarError:  # nothing is known of when it opens again
            found.append(Stretch(begins, max(begins, horizon) + AHEAD))
            break
    return found


def _closing(calendar: WorkingCalendar, at: datetime) -> datetime:
    """When the hours that are or were open last end."""
    try:
        if calendar.is_open(at):
            return calendar.next_closing(at)
        return calendar.last_open_moment(at, not_before=at - BACK)
    except BeyondCalendarError:
        return at.astimezone(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _without(closed: Stretch, turns: list[Stretch]) -> list[Stretch]:
    """What is left of a stretch without the turns in it."""
    left, begins = [], closed.begins
    for turn in turns:
        if turn.ends <= begins or turn.begins >= closed.ends:
            continue
        if turn.begins > begins:
            left.append(Stretch(begins, turn.begins))
        begins = max(begins, turn.ends)
    return [*left, Stretch(begins, closed.ends)] if begins < closed.ends else left
