"""What follows the calendar when a closure is declared, whichever page it came by."""

from datetime import date, datetime, timedelta

import pytest

from schoolgate.conversations.actions.following import follow
from schoolgate.conversations.actions.moving import open_promises
from schoolgate.conversations.tests.acting import actor_of, writes
from schoolgate.inbound.tests.taking import in_tray
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import not_in_before
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.actions import make
from schoolgate.response_clock.models import Promise
from schoolgate.safeguarding.tests.acting import raises, rings
from schoolgate.school.actions.calendar import declare, withdraw
from schoolgate.school.models import CalendarEntry
from schoolgate.today.actions.telling import alarm_what_nobody_saw
from schoolgate.today.models import Matter
from schoolgate.today.tests.acting import tells

DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)


def closes(cast: Cast, at: datetime, first: date = TUESDAY) -> CalendarEntry:
    """The office declares a day closed."""
    return declare(
        actor=actor_of(cast, "joan"),
        school=cast.school,
        kind=CalendarEntry.Kind.CLOSURE,
        first=first,
        last=first,
        at=at,
    )


def test_by_when_a_person_sees_it_follows_a_closure_and_its_taking_back(
    medway: Cast, now: datetime
) -> None:
    evening = now.replace(hour=20)
    matter = tells(medway, "ewa", "kuba", evening)
    due, head = matter.due_at, matter.head_at
    assert due.date() == TUESDAY
    entry = closes(medway, evening + timedelta(minutes=5))
    moved = Matter.objects.get(pk=matter.pk)
    assert (moved.due_at, moved.head_at) == (due + DAY, head + DAY)
    assert moved.next_alarm_at == moved.due_at and moved.day == matter.day
    alarm_what_nobody_saw(school=medway.school, at=due + timedelta(hours=3))
    assert Matter.objects.get(pk=matter.pk).alarmed == matter.alarmed
    withdraw(actor=actor_of(medway, "joan"), entry=entry, at=evening + timedelta(minutes=9))
    assert Matter.objects.get(pk=matter.pk).due_at == due


def test_what_somebody_was_alarmed_about_keeps_its_time(medway: Cast, now: datetime) -> None:
    matter = tells(medway, "ewa", "kuba", now)
    alarm_what_nobody_saw(school=medway.school, at=matter.due_at)
    closes(medway, matter.due_at + timedelta(minutes=1), first=now.date())
    assert Matter.objects.get(pk=matter.pk).due_at == matter.due_at


@pytest.mark.clause("2.2-H4", "2.2-T1")
def test_next_news_and_the_tray_follow_a_closure_and_a_day_that_was_named_stays(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    update = follow(thread, now)
    named = make(
        school=medway.school,
        subject=thread.public_id,
        kind=Promise.Kind.NEWS,
        at=now,
        due=now + 2 * DAY,
    )
    late = now.replace(hour=15, minute=55)
    item = in_tray(medway, "stranger@example.net", late)
    tray = Promise.objects.get(subject=item.public_id)
    entry = closes(medway, late + timedelta(minutes=1))
    after = {one.pk: one.due_at for one in Promise.objects.all()}
    assert after[named.pk] == named.due_at
    assert update.due_at and after[update.pk] == update.due_at + DAY
    assert tray.due_at and after[tray.pk] == tray.due_at + DAY
    withdraw(actor=actor_of(medway, "joan"), entry=entry, at=late + timedelta(minutes=2))
    assert open_promises(thread).get(kind="update").due_at == update.due_at


@pytest.mark.clause("2.2-H3")
def test_the_moment_by_which_the_school_acts_follows_a_closure(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    head = make(school=medway.school, subject=thread.public_id, kind=Promise.Kind.HEAD, at=now)
    closes(medway, now)
    moved = Promise.objects.get(pk=head.pk)
    assert moved.due_at == head.due_at  # 24 hours are the clock's
    assert moved.act_by_at and moved.act_by_at.date() == now.date() != TUESDAY
    assert head.act_by_at and head.act_by_at.date() == TUESDAY


def test_cover_follows_a_closure(medway: Cast, now: datetime) -> None:
    priya = medway.team["priya"]
    works = {"mon": ["08:00-16:00"], "wed": ["08:00-16:00"]}
    TeamMember.objects.filter(pk=priya.pk).update(works=works)
    tuesday = now + DAY
    assert not_in_before(medway.school, tuesday)[priya.pk].date() == date(2026, 11, 25)
    closes(medway, now, first=date(2026, 11, 25))
    assert not_in_before(medway.school, tuesday)[priya.pk].date() == date(2026, 11, 30)


def test_safeguarding_times_follow_a_closure(medway: Cast, now: datetime) -> None:
    evening = now.replace(hour=21)
    closes(medway, now)
    raises(medway, "ewa", evening)
    rings(medway, evening)
    assert rings(medway, evening + timedelta(hours=15)) == []  # Tuesday, and nobody is in
    assert rings(medway, evening + timedelta(hours=39)) != []  # Wednesday, long unread
