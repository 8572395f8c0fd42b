"""The part of `schoolgate people import` that needs Django."""

import argparse
import sys
from collections.abc import Mapping

from rich.console import Console
from rich.progress import Progress

from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.importing.difference import Difference
from schoolgate.people.importing.problems import ImportRefused
from schoolgate.people.importing.reading import Sheets, read_files
from schoolgate.people.importing.running import import_people, refuse_half_a_file
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


def bring(chosen: argparse.Namespace, contents: Mapping[str, bytes]) -> int:
    """Print the difference, and apply it if that was asked; 1 if anything is wrong."""
    school = _school(chosen.school)
    if school is None:
        return 1
    try:
        sheets = read_files(contents)
        together = frozenset(chosen.one_household)
        difference = _run(school, sheets, together, apply=False)
        print("\n".join(difference.lines()))
        if chosen.apply and not difference.is_empty:
            if not chosen.many_leave:
                refuse_half_a_file(difference)
            _run(school, sheets, together, apply=True)
    except ImportRefused as refusal:
        print(refusal, file=sys.stderr)
        print("Nothing was changed.", file=sys.stderr)
        return 1
    print(_last_line(difference, applied=chosen.apply))
    return 0


def _run(school: School, sheets: Sheets, together: frozenset[str], *, apply: bool) -> Difference:
    rows = sum(map(len, sheets.rows.values()))
    words = f"Importing into {school}" if apply else f"Comparing with {school}"
    with Progress(console=Console(stderr=True), transient=True) as progress, one_school(school.pk):
        task = progress.add_task(words, total=rows)
        return import_people(
            actor=SYSTEM,
            school=school,
            sheets=sheets,
            at=now(),
            apply=apply,
            tick=lambda: progress.advance(task),
            together=together,
        )


def _school(slug: str) -> School | None:
    schools = {school.slug: school for school in School.objects.all()}
    if slug in schools:
        return schools[slug]
    if not slug and len(schools) == 1:
        return next(iter(schools.values()))
    known = ", ".join(schools) or "none; open one with `schoolgate school open FILE`"
    print(f"Name the school with --school. There are: {known}.", file=sys.stderr)
    return None


def _last_line(difference: Difference, *, applied: bool) -> str:
    if difference.is_empty:
        return "Nothing differs."
    return "Done." if applied else "Nothing was changed yet. Add --apply to do this."
