"""The part of `schoolgate drill` that needs Django."""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from schoolgate.drill.playing import DAYS, play
from schoolgate.drill.report import Report
from schoolgate.response_clock.words import moment
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

CANT = 2


def drill(name: str, *, slug: str, at: str, language: str = "") -> int:
    """Play one drill and print its report; 1 if a fault was found, 2 if it can't be played.

    In the installation's own language, which is the school's, if none is named.
    """
    school, spoken = _school(slug), _language(language)
    if school is None or spoken is None:
        return CANT
    with translation.override(spoken):
        return _played(name, school, at)


def _played(name: str, school: School, at: str) -> int:
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
        _("{title}. {school}, {at}.").format(
            title=report.title, school=report.school, at=moment(report.at, report.zone)
        ),
        _("Played with fictional people; nothing was sent, and nothing of it stays."),
        "",
        _("Who would be told:"),
    ]
    lines += [
        _("  {at}: {who}: {what} ({route}).").format(
            at=moment(line.at, report.zone), who=line.who, what=line.what, route=line.route
        )
        for line in report.in_order
    ] or [f"  {_('Nobody.')}"]
    if report.notes:
        lines += ["", _("To know:"), *[f"  {note}" for note in report.notes]]
    if not report.faults:
        return [*lines, "", _("Nothing was found to fail.")]
    lines += ["", _("Where it fails:")]
    for number, fault in enumerate(report.faults, start=1):
        lines += [f"  {number}. {fault.sentence}", f"     {fault.what_to_do}"]
    return lines


def _language(code: str) -> str | None:
    """A language that this installation has words for; its own if none is named."""
    known = [one for one, _name in settings.LANGUAGES]
    if not code or code in known:
        return code or settings.LANGUAGE_CODE
    print(
        _("There are no words for “{code}” here. There are: {codes}.").format(
            code=code, codes=", ".join(known)
        ),
        file=sys.stderr,
    )
    return None


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
