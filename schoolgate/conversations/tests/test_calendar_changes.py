"""A changed calendar: what is due moves, and what moved is written down."""

from datetime import date, datetime, timedelta

import pytest

from schoolgate.conversations.actions.ringing_back import ask_to_ring
from schoolgate.conversations.models import CallTask
from schoolgate.conversations.tests.acting import actor_of, fresh, writes
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.school.actions.calendar import (
    DayNotInOrder,
    Days,
    HoursNotReadable,
    LongerThanAYear,
    bring_in_days,
    days_now,
    declare,
    withdraw,
)
from schoolgate.school.models import CalendarEntry


@pytest.mark.clause("2.2-T1")
def test_a_closure_moves_what_is_due_and_says_what_moved(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    entry = declare(
        actor=actor_of(medway, "joan"),
        school=medway.school,
        kind=CalendarEntry.Kind.CLOSURE,
        first=date(2026, 11, 24),
        last=date(2026, 11, 24),
        reason="Snow",
        at=now,
    )
    promise = Promise.objects.get(subject=conversation.public_id)
    assert promise.due_at == fresh(conversation).due_at == now + timedelta(days=2)
    assert promise.first_due_at == now + timedelta(days=1)
    assert Entry.objects.get(verb="promise moved").facts["was"].startswith("2026-11-24")
    withdraw(actor=actor_of(medway, "joan"), entry=entry, at=now)
    assert fresh(conversation).due_at == now + timedelta(days=1)


def test_a_call_back_that_was_to_come_with_the_answer_follows_too(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    asked = ask_to_ring(conversation, why="asked", member=None, by=None, at=now)
    by = now + timedelta(days=1, hours=2)
    named = ask_to_ring(conversation, why="promised", member=None, by=by, at=now)
    declare(
        actor=actor_of(medway, "joan"),
        school=medway.school,
        kind=CalendarEntry.Kind.CLOSURE,
        first=date(2026, 11, 24),
        last=date(2026, 11, 24),
        at=now,
    )
    assert CallTask.objects.get(pk=asked.pk).due_at == fresh(conversation).due_at
    assert CallTask.objects.get(pk=named.pk).due_at == named.due_at


def test_a_first_declaration_brings_the_files_own_days_along(medway: Cast, now: datetime) -> None:
    terms = len(medway.school.settings.entries.terms)
    declare(
        actor=actor_of(medway, "joan"),
        school=medway.school,
        kind=CalendarEntry.Kind.INSET,
        first=date(2027, 1, 4),
        last=date(2027, 1, 4),
        at=now,
    )
    assert CalendarEntry.objects.filter(kind="term").count() == terms > 0


@pytest.mark.parametrize(
    ("last", "hours", "error"),
    [
        (date(2026, 11, 1), (), DayNotInOrder),
        (date(2062, 12, 17), (), LongerThanAYear),
        (date(2026, 12, 17), ("noon",), HoursNotReadable),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused_with_a_sentence(
    medway: Cast, now: datetime, last: date, hours: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error, match="[a-z]{3}"):
        declare(
            actor=actor_of(medway, "joan"),
            school=medway.school,
            kind=CalendarEntry.Kind.CLOSURE,
            first=date(2026, 12, 17),
            last=last,
            hours=hours,
            at=now,
        )


def test_a_calendar_from_a_file_replaces_the_days_and_moves_what_is_due(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    snow = Days(
        frozenset({*days_now(medway.school).rows, ("closure", *[date(2026, 11, 24)] * 2, ())})
    )
    assert snow.differs_from(days_now(medway.school)) == [("+", "closure 24 November 2026")]
    bring_in_days(actor=actor_of(medway, "joan"), school=medway.school, days=snow, at=now)
    assert days_now(medway.school) == snow
    assert fresh(conversation).due_at == now + timedelta(days=2)
