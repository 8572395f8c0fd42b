"""The team's list "To answer": soonest due first, late above now; times as words first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation
from schoolgate.response_clock.words import day, hour


@dataclass(frozen=True)
class Row:
    """One conversation in the list, with its due moment as a shape and in words."""

    conversation: Conversation
    state: str
    icon: str
    first: str
    then: str
    flags: list[tuple[str, str]]


@dataclass(frozen=True)
class Group:
    """Rows under one heading; the late and today's have none of their own."""

    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class Listed:
    """The whole list: what is late, what is due today, then day by day."""

    late: list[Row]
    today: list[Row]
    later: list[Group]

    @property
    def empty(self) -> bool:
        """Whether no family is waiting."""
        return not (self.late or self.today or self.later)


def listed(conversations: Iterable[Conversation], at: datetime, zone: str) -> Listed:
    """Sort rows by due moment into late, today and later days (UTC in, the school's zone out)."""
    late: list[Row] = []
    today: list[Row] = []
    later: dict[str, list[Row]] = {}
    here = timezone.localtime(at).date()
    for conversation in conversations:
        row = row_of(conversation, at, zone)
        due = conversation.due_at
        if row.state == "late":
            late.append(row)
        elif due and timezone.localtime(due).date() == here:
            today.append(row)
        else:
            later.setdefault(_heading(due, at, zone), []).append(row)
    return Listed(late, today, [Group(heading, rows) for heading, rows in later.items()])


def row_of(conversation: Conversation, at: datetime, zone: str) -> Row:
    """One row; state has a shape and words, never a colour alone."""
    due = due_in_words(conversation.due_at, at, zone)
    return Row(conversation, due.state, due.icon, due.first, due.then, _flags(conversation))


@dataclass(frozen=True)
class Due:
    """A due moment as a shape and in words: words first, the clock second."""

    state: str
    icon: str
    first: str
    then: str


def due_in_words(due: datetime | None, at: datetime, zone: str) -> Due:
    """How a due moment stands in a list (UTC in, the school's zone out)."""
    state, icon, first = _due_in_words(due, at)
    then = hour(due, zone) if due else ""
    if state == "late":
        then = _("was {time}").format(time=then if _same_day(due, at) else f"{_short(due)} {then}")
    return Due(state, icon, first, then)


def _due_in_words(due: datetime | None, at: datetime) -> tuple[str, str, str]:
    if due is None:
        return "", "latch", _("No day yet")
    if due < at:
        return "late", "latch-late", _("Late")
    left = due - at
    if left < timedelta(hours=1):
        return (
            "soon",
            "latch-soon",
            _("In {minutes} min").format(minutes=int(left.seconds / 60) or 1),
        )
    if left <= timedelta(hours=3):
        return "soon", "latch-soon", _("In {hours} h").format(hours=round(left.seconds / 3600))
    if _same_day(due, at):
        return "", "latch-today", _("Today")
    if _same_day(due, at + timedelta(days=1)):
        return "", "latch", _("Tomorrow")
    return "", "latch", _short(due)


def _heading(due: datetime | None, at: datetime, zone: str) -> str:
    if due is None:
        return _("The calendar does not reach this far: please enter the next terms")
    if _same_day(due, at + timedelta(days=1)):
        return _("Tomorrow, {day}").format(day=day(due, zone))
    return day(due, zone)


def _same_day(one: datetime | None, other: datetime) -> bool:
    return one is not None and timezone.localtime(one).date() == timezone.localtime(other).date()


def _short(due: datetime | None) -> str:
    return _(timezone.localtime(due).strftime("%A")) if due else ""


def _flags(conversation: Conversation) -> list[tuple[str, str]]:
    """At most two, and in a list an order is only "check who may read" (decision 15)."""
    flags = []
    if getattr(conversation, "for_today", False):
        flags.append(("urgent", _("For today")))
    if getattr(conversation, "has_limits", False):
        flags.append(("eye", _("Check who may read")))
    if conversation.state == "handing off":
        flags.append(("mail", _("Waits for iSAMS")))
    flags += [("help", str(need)) for need in conversation.carer.needs]
    return flags[:2]
