"""Climbing: what nobody answers is spoken of, goes to cover, then to the leader; each step once.

One statement for each school does it all, for one promise and for ten thousand: what falls due is
found by an index on the next step alone, so that what is not due is not touched. Who is next is
asked for each owner before, in the house's own words (`climbing_people`), and handed in.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from schoolgate.delivery.actions.posting import wake_the_sorter
from schoolgate.escalation.actions.climbing_people import paths
from schoolgate.escalation.actions.climbing_statement import CLIMB
from schoolgate.escalation.actions.telling import when_open
from schoolgate.response_clock.actions import head_times, reckon, update_due
from schoolgate.response_clock.climb import climb
from schoolgate.response_clock.models import Promise
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School


@transaction.atomic
def climb_due(*, school: School, at: datetime) -> int:
    """Take every step that has fallen due by a moment (UTC); how many (Clauses 2.2-T1, 2.2-H3).

    Two sweeps at once, or one that was killed and begun again, take each step once. What nobody
    works at, at night, is still written down with its own moment; its notice waits for the opening.
    """
    if not _is_anything_due(school, at):
        return 0
    values: dict[str, Any] = {
        "school": school.pk,
        "now": at,
        "opens": when_open(school, at),
        "paths": Jsonb(paths(school, at)),
        "again": reckon(school, at).reply_due,
        "subject": _("A family is waiting for a reply"),
        "text": _("Somebody waits, or has waited too long. You can see it here:\n{page}\n").format(
            page=f"{settings.PUBLIC_ADDRESS}/{school.slug}/{{page}}/"
        ),
        "starts_head": school.settings.choices.staff_escalation_starts_head_clock,
        "head_holders": list(school.settings.head_holders),
        **_leaders_clock(school, at),
    }
    with connection.cursor() as cursor:
        cursor.execute(CLIMB, values)
        (steps, told) = cursor.fetchone() or (0, 0)
    if told:
        wake_the_sorter(school)
    return int(steps)


def _is_anything_due(school: School, at: datetime) -> bool:
    return Promise.objects.filter(
        school=school, stopped_at=None, withdrawn_at=None, next_step_at__lte=at
    ).exists()


def _leaders_clock(school: School, at: datetime) -> dict[str, Any]:
    """The moments of the promises that begin when a leader, or the head, gets it at this moment."""
    times = reckon(school, at)
    of_head = head_times(school, times)
    found: dict[str, Any] = {"literal": times.literal_24h, "head_act_by": of_head.act_by}
    for kind, due, act_by in (
        ("leader", times.reply_due, None),
        ("head", of_head.due, of_head.act_by),
        ("update", update_due(school, at), None),
    ):
        steps = climb(
            kind,
            calendar=reply_calendar(school),
            start=at,
            due=due,
            act_by=act_by,
            leader_after=school.settings.promises.leader_after,
        )
        found |= {
            f"{kind}_due": due,
            f"{kind}_half": steps.half_at,
            f"{kind}_three_quarters": steps.three_quarters_at,
            f"{kind}_cover": steps.cover_at,
            f"{kind}_leader": steps.leader_at,
            f"{kind}_next": steps.next_after(0),
        }
    return found
