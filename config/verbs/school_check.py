"""`schoolgate school check FILE`: read a settings file and say what is in it or wrong with it."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from schoolgate.school.errors import SettingsError
from schoolgate.school.hours_reading import WEEKDAYS
from schoolgate.school.readings import READINGS
from schoolgate.school.settings import SchoolSettings, load
from schoolgate.school.settings_parts import KindOfHours


def main(arguments: list[str]) -> int:
    """Print what was read, or every mistake with file, line and key and return 1."""
    parser = argparse.ArgumentParser(prog="schoolgate school check", description=__doc__)
    parser.add_argument("file", type=Path, help="a school's settings file")
    options = parser.parse_args(arguments)
    try:
        settings = load(options.file)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(f"{name:<20}{words}" for name, words in summary(settings)))
    return 0


def summary(settings: SchoolSettings) -> Iterator[tuple[str, str]]:
    """What the file says, a row for each matter."""
    promises = settings.promises
    calendar = settings.reply_calendar()
    yield "School", f"{settings.name} ({settings.slug})"
    yield "Contact", ", ".join([*settings.contact.address, settings.contact.phone])
    yield "School lines", ", ".join(settings.telephone.lines)
    yield "Missing contact", ", ".join(_missing(settings)) or "nothing"
    yield "Reply hours", in_words(settings.hours)
    yield "Office hours", in_words(settings.office_hours)
    yield "Safeguarding hours", in_words(settings.safeguarding_hours)
    yield "A working day is", str(calendar.normal_core_day).removesuffix(":00") + " hours"
    yield "Calendar known to", calendar.last_known_date.isoformat()
    if calendar.opens_nothing:
        days = ", ".join(day.isoformat() for day in calendar.opens_nothing)
        yield "Opens nothing", f"{days}: hours are named, but the day lies outside the terms"
    if promises.acknowledge:
        yield "Acknowledged in", str(promises.acknowledge)
    yield "Reply in", str(promises.reply)
    yield settings.head_title, f"{promises.head}, counted: {promises.head_counting}"
    yield "Ladder", " > ".join(settings.ladder)
    yield "Email route", f"{settings.email_route} {settings.mailbox}".strip()
    yield "Email arrives at", settings.inbound_address
    yield "Approved apps", ", ".join(settings.approved_apps) or "none"
    yield "Calendar published", "yes" if settings.calendar_published else "no"
    for oddity in READINGS:
        yield f"Reading {oddity.id}", oddity.reading


def in_words(hours: KindOfHours) -> str:
    """A week of hours on one line."""
    days = [
        f"{day} {' '.join(f'{_clock(b.start)}-{_clock(b.end)}' for b in blocks)}"
        for day, blocks in zip(WEEKDAYS, hours.week, strict=True)
        if blocks
    ]
    return ", ".join(days)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _missing(settings: SchoolSettings) -> Iterator[str]:
    if not settings.contact.email:
        yield "email"
    if not settings.contact.website:
        yield "website"
