"""Declaring and withdrawing terms, closures, half days and INSET days."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.school.calendar_news import CalendarChanged, on_change
from schoolgate.school.calendars import forget_entries
from schoolgate.school.errors import SchoolError
from schoolgate.school.hours_reading import read_blocks
from schoolgate.school.models import CalendarEntry, School


class DayNotInOrder(SchoolError):
    """The last day can't come before the first."""


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
    `hours` are those that it is open. Raises DayNotInOrder, HoursNotReadable.
    """
    if last < first:
        raise DayNotInOrder
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


def take_over_the_file(school: School, at: datetime) -> None:
    """Copy the settings file's terms, closures and INSET days into the app, once."""
    if CalendarEntry.objects.filter(school=school).exists():
        return
    entries, Kind = school.settings.entries, CalendarEntry.Kind  # noqa: N806 - a class
    rows: list[tuple[str, date, date, list[str]]] = [
        (Kind.TERM, term.first, term.last, []) for term in entries.terms
    ]
    rows += [
        (
            Kind.CLOSURE,
            closure.date,
            closure.date,
            [f"{_hour(block.start)}-{_hour(block.end)}" for block in closure.hours],
        )
        for closure in entries.closures
    ]
    rows += [(Kind.INSET, day, day, []) for day in sorted(entries.inset)]
    CalendarEntry.objects.bulk_create(
        CalendarEntry(school=school, kind=kind, first=first, last=last, hours=hours, declared_at=at)
        for kind, first, last, hours in rows
    )


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
