"""A desk's version: one cheap question that says whether anything on it looks different now.

Two hundred desks ask every few seconds. What answers is one query over what waits, never over
history, and nearly always "nothing new"; only then is a page made again.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from schoolgate.conversations import access
from schoolgate.conversations.access_calls import tasks_for
from schoolgate.desk.inbox import due_in_words
from schoolgate.escalation.access import open_for
from schoolgate.inbound.models import TrayItem
from schoolgate.incidents.access import untold_for
from schoolgate.people.access import SEE_EVERY_CHILD, Who
from schoolgate.people.models import TeamMember
from schoolgate.school.models import School
from schoolgate.today import access as today

MOST = 200
# So often a desk is made again though nothing happened, so that its "now" does not stand still.
STANDS_FOR = 300  # seconds
# Who and when stand in a statement that is kept; no row has such a number.
SOMEBODY, SOME_USER = 2**62 + 1, 2**62 + 2
SOME_DAY = datetime(1970, 1, 2, tzinfo=UTC)
MOST_STATEMENTS = 200
_made: dict[tuple[int, str, frozenset[str]], tuple[str, tuple[Any, ...]]] = {}


def version_of(who: Who) -> str:
    """What a team member's desk rests on at a moment (UTC), as a short word; in one query."""
    assert who.school is not None and who.member is not None  # the gate admits team members
    seconds = int(who.at.timestamp()) + who.member.pk * 7  # not all desks at the same moment
    said = [seconds // STANDS_FOR, who.member.pk]
    words = [_as_shown(row, who) for rows in _found(who) for row in rows or ()]
    return hashlib.blake2s(repr((said, words)).encode(), digest_size=12).hexdigest()


def _found(who: Who) -> Sequence[Sequence[Any]]:
    """The rows of every list, as the database gives them to this person."""
    assert who.member is not None  # as above
    stand_in: dict[Any, Any] = {
        SOMEBODY: who.member.pk,
        SOME_USER: who.user_id,
        SOME_DAY: who.at,
        SOME_DAY.date(): who.at.date(),
    }
    sql, given = _statement(who)
    with connection.cursor() as cursor:
        # A day, a moment and a number are never the same, whatever the other parameters are.
        cursor.execute(sql, [stand_in.get(one, one) for one in given])
        found = cursor.fetchone()
    return found or ()


def _statement(who: Who) -> tuple[str, tuple[Any, ...]]:
    """The query of everybody who holds the same roles, made once: making it takes longest.

    It is asked for a stand-in, in whose place each person and day are put.
    """
    assert who.school is not None  # as above
    key = (who.school.pk, who.school.settings_text, who.roles)
    if key not in _made:
        if len(_made) >= MOST_STATEMENTS:
            _made.clear()
        somebody = TeamMember(pk=SOMEBODY, school=who.school)
        parts = _lists(replace(who, member=somebody, carer=None, user_id=SOME_USER, at=SOME_DAY))
        rows = School.objects.filter(pk=who.school.pk)
        shown = rows.values_list(*[_rows(one) for one in parts.values()])
        _made[key] = shown.query.sql_with_params()
    return _made[key]


def _lists(who: Who) -> dict[str, QuerySet[Any]]:
    lists: dict[str, QuerySet[Any]] = {
        "waiting": access.visible_to(who)
        .filter(side="school")
        .order_by("due_at", "pk")
        .annotate(due=F("due_at"), more=F("last_at"), how=F("state"), to=F("owner")),
        "today": today.visible_to(who)
        .filter(state__in=["waiting", "seen"], came_at__date=who.at.date())
        .annotate(due=F("due_at"), more=F("seen_at"), how=F("state"), to=F("seen_by")),
        "unseen": today.waiting_for(who).annotate(
            due=F("due_at"), more=F("came_at"), how=F("alarmed"), to=F("pupil")
        ),
        "calls": tasks_for(who)
        .select_related(None)
        .annotate(due=F("due_at"), more=F("first_attempt_at"), how=F("why"), to=F("member")),
        "told": untold_for(who)
        .select_related(None)
        .annotate(due=F("due_at"), more=F("pressed_at"), how=F("kind"), to=F("talk_to")),
        "further": open_for(who)
        .select_related(None)
        .annotate(due=F("raised_at"), more=F("received_at"), how=F("state"), to=F("holder")),
    }
    if who.holds(*SEE_EVERY_CHILD):
        tray = TrayItem.objects.filter(school=who.school, filed_at=None)
        lists["tray"] = tray.annotate(
            due=Value(None), more=Value(None), how=Value(""), to=F("passed_to")
        )
    return lists


def _rows(rows: QuerySet[Any]) -> ArraySubquery:
    shown = JSONObject(pk="pk", due="due", more="more", how="how", to="to")
    return ArraySubquery(rows.values(json=shown)[:MOST])


def _as_shown(told: Any, who: Who) -> tuple[object, ...]:
    """A row with its due moment as its list says it: the words turn with time, not each second."""
    assert who.school is not None  # as above
    row = json.loads(told) if isinstance(told, str) else told
    due = datetime.fromisoformat(row["due"]) if row["due"] else None
    words = due_in_words(due, who.at, who.school.settings.timezone).first
    return (row["pk"], words, row["more"], row["how"], row["to"])
