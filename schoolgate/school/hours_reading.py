"""Reads hours, terms, closures and INSET days from the tables of a settings file."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from typing import cast
from zoneinfo import ZoneInfo

from schoolgate.school.settings_parts import (
    CalendarEntries,
    HomeTime,
    HomeWeek,
    HoursKind,
    KindOfHours,
)
from schoolgate.school.settings_reading import Table, clock_time, is_day
from schoolgate.working_time.bank_holidays import BankHolidays
from schoolgate.working_time.calendar import Block, Blocks, Closure, Term, Week
from schoolgate.working_time.errors import UnknownCountryError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-4]):([0-5]\d)")
_CORE_DAY = re.compile(r"(\d{1,2}):([0-5]\d)|(\d{1,2})(?: hours?)(?: (\d{1,2}) minutes?)?")


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """What a calendar file holds, and a school's file at its top as well."""

    timezone: str
    bank_holidays: BankHolidays
    entries: CalendarEntries
    inset_counts: bool
    core_day: timedelta | None
    hours: KindOfHours
    office_hours: KindOfHours
    safeguarding_hours: KindOfHours | None
    home_time: HomeTime | None


def read_calendar_part(top: Table, *, for_a_school: bool) -> CalendarPart:
    """Read a file's calendar keys; a school's file must have all kinds of hours."""
    inset_counts = top.flag("inset_counts", default=True)
    hours = _hours(top.table("hours", required=True), inset_counts=inset_counts)
    office = top.table("office_hours")
    guarding = top.table("safeguarding_hours", required=for_a_school)
    return CalendarPart(
        timezone=_timezone(top),
        bank_holidays=_bank_holidays(top, required=for_a_school),
        entries=CalendarEntries(
            terms=_terms(top), closures=_closures(top), inset=frozenset(top.days("inset"))
        ),
        inset_counts=inset_counts,
        core_day=_core_day(top),
        hours=hours,
        office_hours=_hours(office, inset_counts=inset_counts) if "office_hours" in top else hours,
        safeguarding_hours=_hours(guarding, inset_counts=False)
        if "safeguarding_hours" in top
        else None,
        home_time=_home_time(top, required=for_a_school),
    )


def read_part_time(top: Table) -> tuple[tuple[str, KindOfHours], ...]:
    """The named weeks of people who work part of the week."""
    tables = top.table("part_time")
    found = tuple(
        (name, _hours(tables.table(name), inset_counts=True)) for name in sorted(tables.values)
    )
    tables.close()
    return found


def own_closures(part: CalendarPart) -> tuple[tuple[HoursKind, Closure], ...]:
    """The closures and half days that single kinds of hours have of their own."""
    kinds = {
        HoursKind.REPLY: part.hours,
        HoursKind.OFFICE: part.office_hours,
        HoursKind.SAFEGUARDING: part.safeguarding_hours,
    }
    return tuple((kind, own) for kind, hours in kinds.items() if hours for own in hours.closures)


def read_blocks(words: Iterable[object]) -> Blocks:
    """Read ["08:00-12:00", "13:00-16:00"]. Raises ValueError with a sentence."""
    blocks = tuple(map(_block, words))
    if any(later.start < earlier.end for earlier, later in pairwise(blocks)):
        raise ValueError("The blocks of one day must come in order and not overlap.")
    return blocks


def _block(words: object) -> Block:
    found = _BLOCK.fullmatch(words.strip()) if isinstance(words, str) else None
    if found is None:
        raise ValueError(f'{words!r} is not a block of hours; write for example "08:00-16:00".')
    first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
    start, end = first_hour * 60 + first_minute, last_hour * 60 + last_minute
    if not start < end <= 24 * 60:
        raise ValueError(f"{words!r} must end after it starts, on the same day.")
    return Block(start, end)


def _blocks(table: Table, key: str) -> Blocks:
    value = table.raw(key)
    if value is None:
        return ()
    try:
        return read_blocks(value if isinstance(value, list) else [value])
    except ValueError as error:
        table.wrong(key, str(error))
        return ()


def _hours(table: Table, *, inset_counts: bool) -> KindOfHours:
    week = cast(Week, tuple(_blocks(table, day) for day in WEEKDAYS))
    if table.values and not any(table.values.get(day) for day in WEEKDAYS):
        table.findings.add(table.path, "At least one day of the week must have hours.")
    closures = _closures(table)
    counts = table.flag("inset_counts", default=inset_counts)
    table.close()
    return KindOfHours(week, closures, counts)


def _timezone(top: Table) -> str:
    return top.read("timezone", _zone_name, default="Europe/London", required=True)


def _zone_name(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone; write for example Europe/London.") from None
    return name


def _bank_holidays(top: Table, *, required: bool) -> BankHolidays:
    value = top.raw("bank_holidays", required=required)
    if value is None:
        return BankHolidays()
    if isinstance(value, list) and all(map(is_day, value)):
        return BankHolidays(dates=frozenset(value))
    if not isinstance(value, str) or not value:
        top.wrong("bank_holidays", 'This must be a code such as "GB-ENG" or a list of dates.')
        return BankHolidays()
    try:
        return BankHolidays(code=value)
    except UnknownCountryError as error:
        top.wrong("bank_holidays", str(error))
        return BankHolidays()


def _terms(top: Table) -> tuple[Term, ...]:
    terms: list[Term] = []
    for table in top.tables("terms"):
        first, last = table.day("first", required=True), table.day("last", required=True)
        table.close()
        if first and last and last < first:
            table.wrong("last", "A term cannot end before it begins.")
        elif first and last:
            terms.append(Term(first, last))
    terms.sort()
    for earlier, later in pairwise(terms):
        if later.first <= earlier.last:
            top.wrong("terms", f"The term from {later.first} begins before the one before it ends.")
    return tuple(terms)


def _closures(table: Table) -> tuple[Closure, ...]:
    closures: list[Closure] = []
    for entry in table.tables("closures"):
        day = entry.day("date", required=True)
        hours = _blocks(entry, "hours")
        entry.close()
        if day:
            closures.append(Closure(day, hours))
    _refuse_twice(table, "closures", [closure.date for closure in closures])
    return tuple(closures)


def _refuse_twice(table: Table, key: str, days: list[date]) -> None:
    for day, times in Counter(days).items():
        if times > 1:
            table.wrong(key, f"{day} stands here more than once.")


def _core_day(top: Table) -> timedelta | None:
    value = top.raw("core_day")
    if value is None:
        return None
    length = _core_day_length(value)
    if length is None or not timedelta(0) < length <= timedelta(hours=24):
        top.wrong("core_day", 'This must be a length such as "8 hours", "7:30" or the number 7.5.')
        return None
    return length


def _core_day_length(value: object) -> timedelta | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return timedelta(hours=value) if 0 < value <= 24 else None
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute)
    found = _CORE_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    hours, minutes = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    return timedelta(hours=hours, minutes=minutes)


def _home_time(top: Table, *, required: bool) -> HomeTime | None:
    value = top.raw("home_time", required=required)
    if value is None:
        return None
    if isinstance(value, dict):
        return _home_times(top.table("home_time"))
    one = clock_time(value)
    if one is None:
        top.wrong("home_time", 'This must be a time such as "15:30", or a table of weekdays.')
        return None
    return HomeTime((one, one, one, one, one, None, None))


def _home_times(table: Table) -> HomeTime:
    week = cast(HomeWeek, tuple(_time(table, day) for day in WEEKDAYS))
    own: list[tuple[date, time | None]] = []
    for entry in table.tables("closures"):
        day = entry.day("date", required=True)
        at = _time(entry, "time")
        entry.close()
        if day:
            own.append((day, at))
    _refuse_twice(table, "closures", [day for day, _ in own])
    table.close()
    return HomeTime(week, tuple(own))


def _time(table: Table, key: str) -> time | None:
    value = table.raw(key)
    found = clock_time(value)
    if value is not None and found is None:
        table.wrong(key, 'This must be a time such as "15:30".')
    return found
