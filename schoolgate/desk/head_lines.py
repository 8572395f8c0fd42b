"""The lines of the head's page: what is late or at risk, what was asked of them, what nobody saw.

In order of time and of nothing else; nobody is ranked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolgate.conversations.access import visible_to
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import owner_name
from schoolgate.desk.inbox import Due, due_in_words
from schoolgate.escalation.pages import Row, list_of
from schoolgate.incidents.access import untold_for
from schoolgate.people.access import Who
from schoolgate.people.models import Pupil
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.words import moment
from schoolgate.today import access as today
from schoolgate.today.models import Matter

MOST = 100


@dataclass(frozen=True)
class Line:
    """One line: by when, what it is, why it is here, who has it; `thread` where one can help."""

    by: datetime | None
    due: Due
    about: str
    page: str
    child: Pupil | None
    why: str
    owner: str
    thread: Conversation | None = None
    is_mine: bool = False


def lines_of(who: Who) -> list[Line]:
    """Every line, soonest first (UTC); another room's lines are one more entry of `SOURCES`."""
    found = [line for source in SOURCES for line in source(who)]
    return sorted(found, key=lambda line: (line.by is None, line.by or who.at))


def asked_of_you(who: Who) -> Iterable[Line]:
    """What was taken further and they hold, with the moment to act and the literal end."""
    for row in list_of(who):
        if row.escalation.holder == who.member and (row.act_by or row.due):
            thread = row.escalation.conversation
            yield _line(who, thread, row.act_by or row.due, _why_asked(who, row))


def late_and_at_risk(who: Who) -> Iterable[Line]:
    """Promises whose time is over, or of which three quarters have passed (Clause 2.2-T1)."""
    waiting = Promise.objects.filter(
        Q(due_at__lte=who.at) | Q(three_quarters_at__lte=who.at),
        school=who.school,
        stopped_at=None,
        withdrawn_at=None,
    ).exclude(kind=Promise.Kind.TRAY)
    promises: dict[object, Promise] = {}
    for promise in waiting.order_by("due_at")[:MOST]:
        promises.setdefault(promise.subject, promise)
    threads = visible_to(who).filter(public_id__in=list(promises), side="school")
    asked = {row.escalation.conversation_id for row in list_of(who) if _is_theirs(who, row)}
    for thread in threads.select_related("pupil__tutor_group", "carer", "owner", "school"):
        if thread.pk not in asked:
            promise = promises[thread.public_id]
            yield _line(who, thread, promise.due_at, _why_waiting(who, promise))


def unseen_today(who: Who) -> Iterable[Line]:
    """What is for today and nobody has seen (decision 1)."""
    rows = today.waiting_for(who).select_related("pupil__tutor_group", "conversation")
    for matter in rows[:MOST]:
        yield _matter(who, matter)


def untold_today(who: Who) -> Iterable[Line]:
    """What families must be told on the same day and some have not been told (decision 10)."""
    assert who.school is not None  # the gate admits members of a school
    for incident in untold_for(who)[:MOST]:
        yield Line(
            by=incident.due_at,
            due=due_in_words(incident.due_at, who.at, _zone(who)),
            about=_("To be told today"),
            page=reverse(
                "incident", kwargs={"school": who.school.slug, "public_id": incident.public_id}
            ),
            child=incident.pupil,
            why=_("Somebody entitled has not been told yet."),
            owner=incident.written_by.name,
        )


# The order does not matter: every line stands at its time.
SOURCES: tuple[Callable[[Who], Iterable[Line]], ...] = (
    asked_of_you,
    late_and_at_risk,
    unseen_today,
    untold_today,
)


def _line(who: Who, thread: Conversation, by: datetime | None, why: str) -> Line:
    return Line(
        by=by,
        due=due_in_words(by, who.at, _zone(who)),
        about=thread.subject,
        page=thread.page,
        child=thread.pupil,
        why=why,
        owner=owner_name(thread),
        thread=thread,
        is_mine=thread.owner == who.member,
    )


def _matter(who: Who, matter: Matter) -> Line:
    assert who.school is not None  # the gate admits members of a school
    late = matter.due_at <= who.at
    return Line(
        by=matter.due_at,
        due=due_in_words(matter.due_at, who.at, _zone(who)),
        about=_("For today"),
        page=f"/{who.school.slug}/for-today/",
        child=matter.pupil,
        why=_("For today, and nobody has seen it. Past its minutes.")
        if late
        else _("For today, and nobody has seen it yet."),
        owner=_("The office"),
    )


def _why_asked(who: Who, row: Row) -> str:
    zone, escalation = _zone(who), row.escalation
    if escalation.by == escalation.By.PARENT:
        why = _("Asked for you, {day}.").format(day=moment(escalation.raised_at, zone))
    elif escalation.by == escalation.By.STAFF:
        why = _("A colleague asked for you, {day}.").format(day=moment(escalation.raised_at, zone))
    else:
        why = _("The time ran out, and it came to you.")
    if row.literal is None:
        return why
    day = moment(row.literal, zone)
    if row.literal < who.at:
        return f"{why} " + _("24 hours on the clock ended {day}: not kept.").format(day=day)
    return f"{why} " + _("24 hours on the clock end {day}.").format(day=day)


def _why_waiting(who: Who, promise: Promise) -> str:
    if promise.due_at is None or promise.due_at > who.at:
        return _("At risk: three quarters of its time are gone.")
    again = promise.again_due_at
    if again is not None and again > who.at:
        return _("Past the time we gave. The family has our apology and a new time: {day}.").format(
            day=moment(again, _zone(who))
        )
    return _("Past the time we gave.")


def _is_theirs(who: Who, row: Row) -> bool:
    return row.escalation.holder == who.member


def _zone(who: Who) -> str:
    assert who.school is not None  # the gate admits members of a school
    return who.school.settings.timezone
