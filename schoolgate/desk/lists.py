"""Which conversations each of the team's lists holds, and how many."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, Exists, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from schoolgate.announcements.access import calls_for, visible_to_team
from schoolgate.announcements.models import Announcement
from schoolgate.conversations import access
from schoolgate.conversations.access_calls import tasks_for
from schoolgate.conversations.actions.opening_today import TODAY
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.states import State
from schoolgate.delivery.queries import not_reached, owed_by_isams
from schoolgate.escalation.models import Escalation
from schoolgate.good_news.models import TOPIC as GOOD_NEWS
from schoolgate.inbound.models import TrayItem
from schoolgate.incidents.access import untold_for
from schoolgate.people.access import Who
from schoolgate.people.models import Carer, Limit, Pupil
from schoolgate.people.own_family import not_of_own_family
from schoolgate.people.sorting import SortKey, named
from schoolgate.school.models import School
from schoolgate.today import access as today
from schoolgate.today.calendars import local_day

PAGE = 50
# What nobody waits for: it stands on lists of its own.
FOR_NOBODY = (TODAY, GOOD_NEWS)
MOST = 99  # what the side bar counts; more is said as more
OFFICE_LISTS = ("tray", "hand_offs", "not_reached", "calls", "missing")
SHORTEST_NAME = 3
WORDS_A_PAGE = 8 * PAGE  # messages: enough for a page of conversations in one go


@dataclass(frozen=True)
class Narrowing:
    """How the list was narrowed: whose, which channel, which door."""

    whose: str = "mine"
    channel: str = ""
    kind: str = ""


def waiting_for_school(who: Who, narrowing: Narrowing) -> QuerySet[Conversation]:
    """What waits for an answer, soonest due first."""
    rows = _of_whom(who, narrowing).filter(
        side="school", state__in=[State.WITH_SCHOOL, State.PROMISED]
    )
    if narrowing.channel:
        rows = rows.filter(last_channel=narrowing.channel)
    if narrowing.kind:
        rows = rows.filter(kind=narrowing.kind)
    return _for_a_row(rows, who.at).order_by("due_at", "pk")


def doors(who: Who, narrowing: Narrowing) -> list[tuple[str, int]]:
    """Each door with how many wait for an answer at it, the empty ones too (decision 21)."""
    rows = _of_whom(who, narrowing).filter(
        side="school", state__in=[State.WITH_SCHOOL, State.PROMISED]
    )
    rows = rows.exclude(kind=Conversation.Kind.ORDINARY).order_by()
    counted = dict(rows.values_list("kind").annotate(waiting=Count("pk")))
    kinds = [one for one in Conversation.Kind.values if one != Conversation.Kind.ORDINARY]
    return [(kind, counted.get(kind, 0)) for kind in kinds]


def promised(who: Who, narrowing: Narrowing) -> QuerySet[Conversation]:
    """Where a day was named."""
    rows = _of_whom(who, narrowing).filter(state=State.PROMISED)
    return _for_a_row(rows, who.at).order_by("due_at", "pk")


def with_the_family(who: Who, narrowing: Narrowing) -> QuerySet[Conversation]:
    """What was answered and is open, latest first."""
    rows = _of_whom(who, narrowing).filter(state=State.WITH_PARENT).exclude(topic__in=FOR_NOBODY)
    return _for_a_row(rows, who.at).order_by("-last_at", "-pk")


def every(who: Who, kind: str = "") -> QuerySet[Conversation]:
    """Every conversation that they may see, of one door or of all, latest first."""
    rows = access.visible_to(who)
    rows = rows.filter(kind=kind) if kind else rows
    return _for_a_row(rows, who.at).order_by("-last_at", "-pk")


def counts_of(who: Who, *, office: bool) -> dict[str, int]:
    """How much lies on one's lists, and on the office's for who is of it, each up to `MOST`."""
    lists = _own_lists(who) | (_office_lists(who) if office else {})
    return dict.fromkeys(OFFICE_LISTS, 0) | _counts(who, lists)


def _own_lists(who: Who) -> dict[str, QuerySet[Any]]:
    mine = _of_whom(who, Narrowing())
    # What waits is named by its side, so that the index of what waits serves it.
    waiting = mine.filter(side="school")
    return {
        "for_today": today.waiting_for(who).order_by(),
        "to_answer": waiting.filter(state__in=[State.WITH_SCHOOL, State.PROMISED]),
        "promised": waiting.filter(state=State.PROMISED),
        "with_family": mine.filter(state=State.WITH_PARENT).exclude(topic__in=FOR_NOBODY),
        "escalated": Escalation.objects.filter(holder=who.member, ended_at=None),
        "told_today": untold_for(who).select_related(None).order_by(),
        "call_tasks": tasks_for(who).select_related(None).order_by(),
        "passed": TrayItem.objects.filter(passed_to=who.member, seen_at=None),
    }


def _office_lists(who: Who) -> dict[str, QuerySet[Any]]:
    assert who.school is not None  # the gate admits members of a school
    kept = access.kept_threads(who).values("pk")
    return {
        "tray": TrayItem.objects.filter(school=who.school, filed_at=None),
        "hand_offs": owed_by_isams(who.school.pk, who.at)
        .exclude(content__thread__in=kept)
        .order_by("content")
        .distinct("content"),
        "not_reached": not_reached(who.school.pk).exclude(content__thread__in=kept).order_by(),
        "missing": today.missing_for(who, local_day(who.school, who.at)).select_related(None),
        "calls": calls_for(who).select_related(None).prefetch_related(None).order_by(),
    }


def _counts(who: Who, lists: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """Several counts in one query, none of which grows with the years: each stops after `MOST`."""
    assert who.school is not None  # the gate admits members of a school
    counted = [
        Func(ArraySubquery(rows.values("pk")[: MOST + 1]), function="CARDINALITY")
        for rows in lists.values()
    ]
    (numbers,) = School.objects.filter(pk=who.school.pk).values_list(*counted)
    return dict(zip(lists, numbers, strict=True))


def _of_whom(who: Who, narrowing: Narrowing) -> QuerySet[Conversation]:
    if narrowing.whose == "school":
        return access.visible_to(who)
    mine = Q(owner=who.member)
    queues = access.queues_of(who)
    if not queues:
        return Conversation.objects.filter(mine, not_of_own_family(who), school=who.school)
    theirs = mine | Q(queue__in=queues)
    return Conversation.objects.filter(theirs, access.not_about_them(who), school=who.school)


def _for_a_row(rows: QuerySet[Conversation], at: datetime) -> QuerySet[Conversation]:
    limits = Limit.objects.filter(link__pupil=OuterRef("pupil"), lifted_at=None)
    return rows.select_related("carer", "pupil__tutor_group", "owner").annotate(
        has_limits=Exists(limits), for_today=access.for_today(at)
    )


def search(who: Who, asked: str) -> list[Conversation]:
    """Conversations that they may see, by the words of messages or by a name; latest first.

    The database's function gives ids in pages; sight of each conversation is judged by `access`.
    """
    found = {conversation.pk: conversation for conversation in _by_name(who, asked)}
    for conversation in _by_words(who, asked, PAGE - len(found)):
        found.setdefault(conversation.pk, conversation)
    return list(found.values())[:PAGE]


def announced(who: Who, asked: str) -> list[Announcement]:
    """The announcements that they may see in which every word stands, latest first."""
    words = SortKey(Concat("subject", Value(" "), "text", output_field=TextField()))
    rows = visible_to_team(who).annotate(words=words).filter(named(asked, "words"))
    return list(rows.order_by("-changed_at", "-pk")[:PAGE]) if asked.split() else []


def _by_name(who: Who, asked: str) -> list[Conversation]:
    """People first, of whom a school has hundreds; then their conversations by index."""
    if len(asked) < SHORTEST_NAME:
        return []
    carers = Carer.objects.filter(named(asked), school=who.school)
    pupils = Pupil.objects.filter(named(asked), school=who.school)
    theirs = Q(carer__in=list(carers.values_list("pk", flat=True)[:PAGE])) | Q(
        pupil__in=list(pupils.values_list("pk", flat=True)[:PAGE])
    )
    rows = access.visible_to(who).filter(theirs)
    return list(_for_a_row(rows, who.at).order_by("-last_at", "-pk")[:PAGE])


def _by_words(who: Who, asked: str, at_most: int) -> list[Conversation]:
    found: dict[int, Conversation] = {}
    before: datetime | str = "infinity"
    before_id = 2**62
    while len(found) < at_most:
        page = _page_of_words(asked, before, before_id)
        latest_first = list(dict.fromkeys(conversation for _, conversation, _ in page))
        for start in range(0, len(latest_first), PAGE):
            if len(found) < at_most:
                some = access.visible_to(who).filter(pk__in=latest_first[start : start + PAGE])
                found.update({row.pk: row for row in _for_a_row(some, who.at)})
        if len(page) < WORDS_A_PAGE:
            break
        before_id, _, before = page[-1]
    return sorted(found.values(), key=lambda one: one.last_at, reverse=True)[:at_most]


def in_either_writing(asked: str) -> str:
    """What is asked, with "Year-7" for "year 7" too, which the index keeps as year and -7."""
    plainly = asked.translate({ord(one): "'" for one in "’‘ʼ`´"})
    words = re.sub(r"(?<=[^\W\d_])-(?=[0-9])", " ", plainly)
    if '"' in words or not re.search(r"(?<=[^\W\d_]) [0-9]", words):
        return words
    hyphens = re.sub(r"(?<=[^\W\d_]) ([0-9]+)\b", r' "-\1"', words)
    return f"{words} or {hyphens}"


def _page_of_words(
    asked: str, before: datetime | str, before_id: int
) -> list[tuple[int, int, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT message_id, conversation_id, at FROM messages_with_words(%s, %s, %s, %s)",
            [in_either_writing(asked), before, before_id, WORDS_A_PAGE],
        )
        return list(cursor.fetchall())
