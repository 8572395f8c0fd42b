"""The part of `schoolgate drill` that needs Django."""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from schoolgate.drill.playing import DAYS, play
from schoolgate.drill.report import Report
from schoolgate.response_clock.words import moment
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

CANT = 2


def drill(name: str, *, slug: str, at: str) -> int:
    """Play one drill and print its report; 1 if a fault was found, 2 if it can't be played."""
    school = _school(slug)
    if school is None:
        return CANT
    try:
        when = _moment(at, school) if at else None
    except ValueError:
        print('Write the moment as "2026-11-28T23:00".', file=sys.stderr)
        return CANT
    if when is None:
        with one_school(school.pk):
            when = DAYS[name].usual(school, now())
    report = play(name=name, school=school, at=when)
    print("\n".join(lines_of(report)))
    return 1 if report.faults else 0


def lines_of(report: Report) -> list[str]:
    """The report as it is printed, in sentences that can be read aloud."""
    lines = [
        f"{report.title}. {report.school}, {moment(report.at, report.zone)}.",
        "Played with fictional people; nothing was sent, and nothing of it stays.",
        "",
        "Who would be told:",
    ]
    lines += [
        f"  {moment(line.at, report.zone)}: {line.who}: {line.what} ({line.route})."
        for line in report.in_order
    ] or ["  Nobody."]
    if report.notes:
        lines += ["", "To know:", *[f"  {note}" for note in report.notes]]
    if not report.faults:
        return [*lines, "", "Nothing was found to fail."]
    lines += ["", "Where it fails:"]
    for number, fault in enumerate(report.faults, start=1):
        lines += [f"  {number}. {fault.sentence}", f"     {fault.what_to_do}"]
    return lines


def _moment(words: str, school: School) -> datetime:
    found = datetime.fromisoformat(words)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(school.settings.timezone))


def _school(slug: str) -> School | None:
    schools = {school.slug: school for school in School.objects.all()}
    if slug in schools:
        return schools[slug]
    if not slug and len(schools) == 1:
        return next(iter(schools.values()))
    known = ", ".join(schools) or "none; open one with `schoolgate school open FILE`"
    print(f"Name the school with --school. There are: {known}.", file=sys.stderr)
    return None
