"""The school's days as they stand, and what the last change of them moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from schoolgate.conversations.access import visible_to
from schoolgate.conversations.models import Conversation
from schoolgate.ledger.models import Entry
from schoolgate.people.access import Who
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import CalendarEntry, School

CHANGES = ("declared a day", "withdrew a day")


@dataclass(frozen=True)
class Day:
    """One term, closure or INSET day; without a number it is still the settings file's."""

    kind: str
    first: date
    last: date
    hours: Sequence[str] = ()
    reason: str = ""
    number: int | None = None
    opens_nothing: bool = False  # hours that are named for a day outside the terms

    @property
    def is_told(self) -> bool:
        """Whether it is such a day as families are told of."""
        return self.kind in {"closure", "inset"}


@dataclass(frozen=True)
class Moved:
    """One promise that a changed calendar moved."""

    conversation: Conversation
    was: datetime | None
    now: datetime | None


def days_of(school: School) -> list[Day]:
    """Every day that is declared, in order; the settings file's own until the first change."""
    rows = CalendarEntry.objects.filter(school=school, withdrawn_at=None)
    found = [
        Day(row.kind, row.first, row.last, row.hours, row.reason, row.pk) for row in rows
    ] or _from_the_file(school)
    outside = set(reply_calendar(school).opens_nothing)
    marked = [replace(day, opens_nothing=_has_hours_on(day, outside)) for day in found]
    return sorted(marked, key=lambda day: (day.first, day.kind))


def _has_hours_on(day: Day, outside: set[date]) -> bool:
    return (
        day.kind == "closure"
        and bool(day.hours)
        and any(day.first <= one <= day.last for one in outside)
    )


def moved_by(who: Who, at: datetime) -> list[Moved]:
    """The promises that a change at a moment (UTC) moved, as far as the asker may see them."""
    entries = Entry.objects.filter(
        school_id=who.school.pk if who.school else 0, verb="promise moved", at=at
    )
    facts = {entry.object_id: entry.facts for entry in entries}
    seen = visible_to(who).filter(public_id__in=facts).select_related("carer", "pupil")
    return [
        Moved(
            one,
            _moment(facts[str(one.public_id)].get("was")),
            _moment(facts[str(one.public_id)].get("now")),
        )
        for one in seen
    ]


def last_change(school: School) -> datetime | None:
    """When the calendar was last changed (UTC)."""
    return (
        Entry.objects.filter(school_id=school.pk, verb__in=CHANGES)
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )


def _from_the_file(school: School) -> list[Day]:
    entries = school.settings.entries
    return [
        *(Day("term", term.first, term.last) for term in entries.terms),
        *(
            Day("closure", one.date, one.date, [_hours(b.start, b.end) for b in one.hours])
            for one in entries.closures
        ),
        *(Day("inset", day, day) for day in entries.inset),
    ]


def _hours(start: int, end: int) -> str:
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def _moment(words: str | None) -> datetime | None:
    return datetime.fromisoformat(words) if words else None
