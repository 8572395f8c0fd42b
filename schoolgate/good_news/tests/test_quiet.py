"""Since when nothing good was told: school days are counted, never a holiday."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.good_news.queries import quiet_children
from schoolgate.good_news.quiet import quiet_since
from schoolgate.good_news.tests.acting import tells_good
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.calendars import reply_calendar
from schoolgate.working_time.calendar import Closure, WorkingCalendar


@pytest.fixture
def calendar(medway: Cast) -> WorkingCalendar:
    return reply_calendar(medway.school)


def test_today_is_the_first_of_ten_school_days(calendar: WorkingCalendar, now: datetime) -> None:
    since = quiet_since(calendar, now)
    assert since == datetime(2026, 11, 10, tzinfo=UTC)
    gone = [since.date() + timedelta(days=n) for n in range((now.date() - since.date()).days + 1)]
    assert len([day for day in gone if calendar.opens_on(day)]) == 10


def test_days_on_which_the_school_is_closed_are_not_counted(
    calendar: WorkingCalendar, now: datetime
) -> None:
    half_term = [date(2026, 11, 16) + timedelta(days=n) for n in range(5)]
    closed = replace(calendar, closures=tuple(Closure(day) for day in half_term))
    assert quiet_since(closed, now) == datetime(2026, 11, 3, tzinfo=UTC)


def test_where_the_calendar_knows_nothing_it_is_two_weeks(
    calendar: WorkingCalendar, now: datetime
) -> None:
    at = now + timedelta(days=3650)
    assert quiet_since(calendar, at) == at - timedelta(days=14)


@pytest.mark.clause("1.0-S2")
def test_a_child_is_quiet_until_something_good_is_told_and_again_after_ten_school_days(
    medway: Cast, now: datetime
) -> None:
    kuba = medway.children["kuba"]
    assert kuba in quiet_children(medway.school, now)
    tells_good(medway, "priya", "kuba", now)
    assert kuba not in quiet_children(medway.school, now + timedelta(days=10))
    assert kuba in quiet_children(medway.school, now + timedelta(days=15))


def test_who_has_left_is_on_no_list(medway: Cast, now: datetime) -> None:
    leo = medway.children["leo"]
    leo.left_on = now.date() - timedelta(days=1)
    leo.save()
    assert leo not in quiet_children(medway.school, now)
