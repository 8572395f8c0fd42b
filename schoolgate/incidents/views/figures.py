"""The yearly figures, as a page and as a file."""

import csv
from io import StringIO
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import head, opened_to
from schoolgate.design.downloads import as_it_came
from schoolgate.incidents.figures import Row, in_words, rows_of, year_of
from schoolgate.people.access import Who
from schoolgate.school.models import School

YEARS = 5


@opened_to(head)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one school year; none for fewer than five families."""
    who = who_asks(request)
    school, year, latest = _asked(request, who)
    page = {
        "year": year,
        "name": _name(year),
        "years": [(one, _name(one)) for one in range(latest, latest - YEARS, -1)],
        "rows": [_cells(row) for row in rows_of(school, year) if row.incidents != 0],
        "heads": _heads(),
    }
    return render(request, "incidents/figures.html", page)


@opened_to(head)
@require_safe
def figures_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    who = who_asks(request)
    school, year, _latest = _asked(request, who)
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(_heads())
    lines.writerows(_cells(row) for row in rows_of(school, year))
    content = text.getvalue().encode("utf-8-sig")
    return as_it_came(content, f"told-today-{year}-{year + 1}.csv")


def _asked(request: HttpRequest, who: Who) -> tuple[School, int, int]:
    """The school, the year that was asked for, and the present one."""
    assert who.school is not None  # the gate admits the head of a school
    zone = ZoneInfo(who.school.settings.timezone)
    latest = year_of(who.at.astimezone(zone).date())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else latest
    return who.school, min(max(year, latest - YEARS), latest), latest


def _name(year: int) -> str:
    return _("{first} to {last}").format(first=year, last=year + 1)


def _heads() -> list[str]:
    return [
        _("Kind"),
        _("Month"),
        _("Incidents"),
        _("Somebody hurt"),
        _("All told the same day"),
        _("Told later, or not yet"),
        _("Minutes until all were told (the middle one)"),
    ]


def _cells(row: Row) -> list[str]:
    figures_of = [row.incidents, row.hurt, row.same_day, row.later]
    few = _("fewer than five families")
    minutes = "" if row.minutes is None else str(row.minutes)
    cells = [few if one is None else str(one) for one in figures_of]
    return [in_words(row.kind), row.month, *cells, minutes]
