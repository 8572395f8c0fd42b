"""Declaring and withdrawing terms, closures, half days and INSET days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.school.calendar_news import CalendarChanged, on_change
from schoolgate.school.calendars import entries_of, forget_entries
from schoolgate.school.errors import SchoolError
from schoolgate.school.hours_reading import read_blocks
from schoolgate.school.models import CalendarEntry, School
from schoolgate.school.settings_parts import CalendarEntries
from schoolgate.working_time.calendar import Closure, WorkingCalendar

Kind = CalendarEntry.Kind
LONGEST = 366  # days


class DayNotInOrder(SchoolError):
    """The last day can't come before the first."""


class LongerThanAYear(SchoolError):
    """This is longer than a year. Please look at the years again."""


class HoursNotReadable(SchoolError):
    """Please write the hours that it is open like 08:00-12:00."""


@transaction.atomic
def declare(
    *,
    actor: Actor,
    school: School,
    kind: str,
    first: date,
    last: date,
    at: datetime,
    hours: Sequence[str] = (),
    reason: str = "",
) -> CalendarEntry:
    """Declare a term, closure or INSET day; every open promise is counted anew (5.1).

    The first declaration brings the settings file's own days along, so that nothing is forgotten.
    `hours` are those that it is open. Raises DayNotInOrder, LongerThanAYear,
    HoursNotReadable.
    """
    if last < first:
        raise DayNotInOrder
    if (last - first).days > LONGEST:
        raise LongerThanAYear
    try:
        read_blocks(hours)
    except ValueError as unreadable:
        raise HoursNotReadable from unreadable
    take_over_the_file(school, at)
    entry = CalendarEntry.objects.create(
        school=school,
        kind=kind,
        first=first,
        last=last,
        hours=list(hours),
        reason=reason,
        declared_at=at,
    )
    _tell(actor, "declared", entry, at)
    return entry


@transaction.atomic
def withdraw(*, actor: Actor, entry: CalendarEntry, at: datetime) -> None:
    """Take a declaration back; every open promise is counted anew."""
    entry.withdrawn_at = at
    entry.save(update_fields=["withdrawn_at"])
    _tell(actor, "withdrew", entry, at)


@dataclass(frozen=True)
class Days:
    """Every declared day of a school: kind, first, last, and the hours of a half day."""

    rows: frozenset[tuple[str, date, date, tuple[str, ...]]]

    @classmethod
    def of(cls, calendar: CalendarEntries | WorkingCalendar) -> "Days":
        """The days of a calendar as a file gives them."""
        terms = {(Kind.TERM.value, term.first, term.last, ()) for term in calendar.terms}
        closures = {
            (Kind.CLOSURE.value, closure.date, closure.date, _hours(closure))
            for closure in calendar.closures
        }
        inset = {(Kind.INSET.value, day, day, ()) for day in calendar.inset}
        return cls(frozenset(terms | closures | inset))

    def differs_from(self, other: "Days") -> list[tuple[str, str]]:
        """What these have (+) that the others have not (-), in order of date, in words."""
        new = [("+", row) for row in self.rows - other.rows]
        gone = [("-", row) for row in other.rows - self.rows]
        ordered = sorted(new + gone, key=lambda one: (one[1][1], one[0]))
        return [(sign, _in_words(*row)) for sign, row in ordered]


def days_now(school: School) -> Days:
    """The school's days as they stand: the office's declarations, else the file's own."""
    return Days.of(entries_of(school) or school.settings.entries)


@transaction.atomic
def bring_in_days(*, actor: Actor, school: School, days: Days, at: datetime) -> None:
    """Put the days of a file in place of the school's; every open promise is counted anew."""
    CalendarEntry.objects.filter(school=school, withdrawn_at=None).update(withdrawn_at=at)
    _write(school, days, at)
    record(
        actor=actor,
        verb="brought in a calendar",
        school_id=school.pk,
        about=("school", school.pk),
        at=at,
        days=len(days.rows),
    )
    forget_entries(school)
    on_change.tell(CalendarChanged(school=school, actor=actor, at=at))


def take_over_the_file(school: School, at: datetime) -> None:
    """Copy the settings file's terms, closures and INSET days into the app, once."""
    if not CalendarEntry.objects.filter(school=school).exists():
        _write(school, Days.of(school.settings.entries), at)


def _write(school: School, days: Days, at: datetime) -> None:
    CalendarEntry.objects.bulk_create(
        CalendarEntry(
            school=school, kind=kind, first=first, last=last, hours=list(hours), declared_at=at
        )
        for kind, first, last, hours in sorted(days.rows)
    )


def _hours(closure: Closure) -> tuple[str, ...]:
    return tuple(f"{_hour(block.start)}-{_hour(block.end)}" for block in closure.hours)


def _in_words(kind: str, first: date, last: date, hours: tuple[str, ...]) -> str:
    until = f" to {last:%d %B %Y}" if last != first else ""
    only = f", open {' and '.join(hours)}" if hours else ""
    return f"{kind} {first:%d %B %Y}{until}{only}"


def _tell(actor: Actor, verb: str, entry: CalendarEntry, at: datetime) -> None:
    record(
        actor=actor,
        verb=f"{verb} a day",
        school_id=entry.school_id,
        about=("calendar", entry.pk),
        at=at,
        kind=entry.kind,
        first=entry.first.isoformat(),
        last=entry.last.isoformat(),
    )
    forget_entries(entry.school)
    on_change.tell(CalendarChanged(school=entry.school, actor=actor, at=at))


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
