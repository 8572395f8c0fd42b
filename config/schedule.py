"""What recurs, on one page; each job asks every school in turn."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from schoolgate.accounts.actions.asking_about_limits import ask_about_limits
from schoolgate.announcements.actions.chasing import chase_due
from schoolgate.announcements.actions.publishing import publish_due
from schoolgate.conversations.actions.handing_over import cover_part_time
from schoolgate.conversations.actions.looking_through import look_through_waiting
from schoolgate.conversations.actions.ringing_back import remind_of_calls
from schoolgate.delivery.actions.digesting import send_digests
from schoolgate.delivery.actions.sweeping import sweep
from schoolgate.delivery.actions.telling_office import tell_of_unreached
from schoolgate.escalation.actions.climbing import climb_due
from schoolgate.escalation.actions.telling import tell_families, tell_of_what_falls_due_beyond
from schoolgate.inbound.actions.fetching import ask_to_fetch_due
from schoolgate.incidents.actions.reminding import remind_and_alarm
from schoolgate.people.actions.absence import begin_absences
from schoolgate.people.actions.ending import end_what_has_run_out
from schoolgate.safeguarding.actions.ringing import ring
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school
from schoolgate.today.actions.registering import follow_the_missing
from schoolgate.today.actions.telling import alarm_what_nobody_saw, tell_of_what_came

Verb = Callable[[School, datetime], object]
logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="config.every_minute", queueing_lock="every-minute")
def every_minute(timestamp: int) -> None:
    """Sweep the post room; move what goes to cover; climb with what is due."""
    for_every_school(
        lambda school, at: sweep(school=school, at=at),
        in_school(lambda school, at: begin_absences(school_id=school.pk, at=at)),
        in_school(lambda school, at: cover_part_time(school=school, at=at)),
        in_school(lambda school, at: climb_due(school=school, at=at)),
        in_school(lambda school, at: alarm_what_nobody_saw(school=school, at=at)),
        in_school(lambda school, at: follow_the_missing(school=school, at=at)),
        in_school(lambda school, at: tell_of_what_came(school=school, at=at)),
        in_school(lambda school, at: remind_of_calls(school=school, at=at)),
        in_school(lambda school, at: tell_families(school=school, at=at)),
        in_school(lambda school, at: tell_of_what_falls_due_beyond(school=school, at=at)),
        in_school(lambda school, at: look_through_waiting(school=school, at=at)),
        in_school(lambda school, at: ask_to_fetch_due(school=school, at=at)),
        in_school(lambda school, at: publish_due(school=school, at=at)),
        in_school(lambda school, at: chase_due(school=school, at=at)),
        in_school(lambda school, at: tell_of_unreached(school=school, at=at)),
        in_school(lambda school, at: remind_and_alarm(school=school, at=at)),
    )


def sweep_at_once() -> None:
    """Ask for a sweep and for the hour's work now: a worker that starts may follow one that died.

    An hour that passed while none was awake is skipped by the scheduler without a word; what is due
    and not done is done now instead.
    """
    for name in ("every_minute", "every_hour"):
        with suppress(AlreadyEnqueued), transaction.atomic():
            task = app.configure_task(f"config.{name}", queueing_lock=name.replace("_", "-"))
            task.defer(timestamp=int(now().timestamp()))


# The sixth field is seconds. It comes as often whether or not there is anything to ring for.
@app.periodic(cron="* * * * * */10")
@app.task(name="safeguarding.ring", queueing_lock="safeguarding-ring", priority=20)
def ring_for_safeguarding(timestamp: int) -> None:
    """Alerts leave, what is unread climbs, gaps in the rota alarm."""
    for_every_school(lambda school, at: ring(school=school, at=at))


@app.periodic(cron="5 * * * *")
@app.task(name="config.every_hour", queueing_lock="every-hour")
def every_hour(timestamp: int) -> None:
    """End the access of those whose last day is past; ask about orders that end soon; digests."""
    for_every_school(
        in_school(lambda school, at: end_what_has_run_out(school_id=school.pk, at=at)),
        in_school(lambda school, at: ask_about_limits(school=school, at=at)),
        in_school(lambda school, at: send_digests(school=school, at=at)),
    )


@app.periodic(cron="* * * * *")
@app.task(name="config.end_stalled_jobs", queueing_lock="end-stalled-jobs", pass_context=True)
async def end_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """The jobs of a worker that died are over: what they left undone, the sweep finds."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.id is not None:
            await manager.finish_job_by_id_async(job.id, Status.ABORTED, delete_job=True)


def for_every_school(*verbs: Verb) -> None:
    """Run every verb at every school; a failure holds up no other and is raised at the end."""
    at, failures = now(), []
    for school in School.objects.all():
        for verb in verbs:
            try:
                verb(school, at)
            except Exception as failure:
                logger.exception("What recurs has failed at %s.", school.slug)
                failures.append(failure)
    if failures:
        raise ExceptionGroup("What recurs has failed.", failures)


def in_school(verb: Verb) -> Verb:
    """The verb in a transaction that sees one school."""

    def inside(school: School, at: datetime) -> None:
        with one_school(school.pk, at=at):
            verb(school, at)

    return inside
