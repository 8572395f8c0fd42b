"""The part of `schoolgate doctor` that needs Django; it runs as the tables' owner."""

import datetime as dt
from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from schoolgate.school.calendars import reply_calendar
from schoolgate.school.clock import now
from schoolgate.school.models import School

SOON = dt.timedelta(days=60)


def main() -> None:
    """Print a sentence a line."""
    for sentence in tables() or [each for check in CHECKS for each in check()]:
        print(sentence)


def tables() -> list[str]:
    """The tables are those that the code expects; nothing else can be judged before."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return []
    first = waiting[0][0]
    return [
        f"{len(waiting)} changes of the tables are waiting, the first is {first}. "
        "Start Schoolgate anew, or run `schoolgate migrate` as the owner."
    ]


def calendars() -> list[str]:
    """A due time beyond a school's known calendar can't be told."""
    soon = now().date() + SOON
    found = [(school, reply_calendar(school).last_known_date) for school in School.objects.all()]
    return [
        f"The calendar of {school} is known until {end} only. Please enter the next terms."
        for school, end in found
        if end < soon
    ]


CHECKS: list[Callable[[], list[str]]] = [calendars]
