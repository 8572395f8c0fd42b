"""Bringing a calendar in, once Django is set up and the installation entered."""

import argparse
import sys

from schoolgate.ledger.actors import SYSTEM
from schoolgate.ledger.models import Entry
from schoolgate.school.actions.calendar import Days, bring_in_days, days_now
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school
from schoolgate.working_time.calendar import WorkingCalendar


def bring_in(calendar: WorkingCalendar, chosen: argparse.Namespace) -> int:
    """Show the difference, a line each; with --apply replace the school's days by the file's."""
    school = School.objects.filter(slug=chosen.school).first()
    if school is None:
        known = ", ".join(School.objects.values_list("slug", flat=True)) or "none"
        print(f"There is no school {chosen.school!r} here. There are: {known}.", file=sys.stderr)
        return 1
    wanted = Days.of(calendar)
    with one_school(school.pk):
        current = days_now(school)
        for sign, words in wanted.differs_from(current):
            print(f"  {sign} {words}")
        if wanted == current:
            print("Nothing differs.")
        elif not chosen.apply:
            print("Nothing has been changed yet. Add --apply to bring it in.")
        else:
            at = now()
            bring_in_days(actor=SYSTEM, school=school, days=wanted, at=at)
            moved = Entry.objects.filter(verb="promise moved", at=at).count()
            print(f"Brought in. Promises that moved: {moved}.")
    return 0
