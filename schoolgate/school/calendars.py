"""The school's calendars as they stand now: the office's entries, else the file's own."""

from datetime import date, timedelta

from schoolgate.school.hours_reading import read_blocks
from schoolgate.school.models import CalendarEntry, School
from schoolgate.school.settings_parts import CalendarEntries
from schoolgate.working_time.calendar import Closure, Term, WorkingCalendar


def reply_calendar(school: School) -> WorkingCalendar:
    """When promises run at this school (Clause 2.2-T1)."""
    return school.settings.reply_calendar(entries_of(school))


def office_calendar(school: School) -> WorkingCalendar:
    """When this school's office is staffed."""
    return school.settings.office_calendar(entries_of(school))


def safeguarding_calendar(school: School) -> WorkingCalendar:
    """From the first child's arrival to the last child home (decision 9)."""
    return school.settings.safeguarding_calendar(entries_of(school))


def entries_of(school: School) -> CalendarEntries | None:
    """What the office declared, once it has declared any; none means the file's own.

    Read once for each school object: one lives as long as its request or job.
    """
    if "_entries" not in school.__dict__:
        school.__dict__["_entries"] = _read_entries(school)
    found: CalendarEntries | None = school.__dict__["_entries"]
    return found


def forget_entries(school: School) -> None:
    """After a change: read them again."""
    school.__dict__.pop("_entries", None)


def _read_entries(school: School) -> CalendarEntries | None:
    rows = list(CalendarEntry.objects.filter(school=school, withdrawn_at=None).order_by("first"))
    if not rows:
        return None
    return CalendarEntries(
        terms=tuple(Term(row.first, row.last) for row in rows if row.kind == "term"),
        closures=tuple(
            Closure(day, read_blocks(row.hours))
            for row in rows
            if row.kind == "closure"
            for day in _days(row)
        ),
        inset=frozenset(day for row in rows if row.kind == "inset" for day in _days(row)),
        own_closures=school.settings.entries.own_closures,
    )


def _days(row: CalendarEntry) -> list[date]:
    return [row.first + timedelta(days=n) for n in range((row.last - row.first).days + 1)]
