"""What recurs, on one page; each job asks every school in turn."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from schoolgate.accounts.actions.asking_about_limits import ask_about_limits
from schoolgate.conversations.actions.nudging import nudge
from schoolgate.delivery.actions.sweeping import sweep
from schoolgate.inbound.actions.reminding import remind
from schoolgate.people.actions.ending import end_what_has_run_out
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


@app.periodic(cron="* * * * *")
@app.task(name="config.every_minute", queueing_lock="every-minute")
def every_minute(timestamp: int) -> None:
    """Sweep the post room and remind of what is half due."""
    at = timezone.now()
    for school in School.objects.all():
        sweep(school=school, at=at)
        in_school(school, lambda school, at: nudge(school=school, at=at), at)
        in_school(school, lambda school, at: remind(school=school, at=at), at)


def sweep_at_once() -> None:
    """Ask for a sweep now: a worker that starts may follow one that died."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("config.every_minute", queueing_lock="every-minute").defer(
            timestamp=int(timezone.now().timestamp())
        )


@app.periodic(cron="5 * * * *")
@app.task(name="config.every_hour", queueing_lock="every-hour")
def every_hour(timestamp: int) -> None:
    """End the access of those whose last day is past; ask about orders that end soon."""
    at = timezone.now()
    for school in School.objects.all():
        in_school(school, lambda school, at: end_what_has_run_out(school_id=school.pk, at=at), at)
        in_school(school, lambda school, at: ask_about_limits(school=school, at=at), at)


def in_school(school: School, verb: Callable[[School, datetime], object], at: datetime) -> None:
    """Run one verb in a transaction that sees one school."""
    with one_school(school.pk):
        verb(school, at)
