"""When a child goes home: one function, by weekday, from a day to a day, never too late."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.ledger.models import Entry
from schoolgate.people.access import home_times_for_office
from schoolgate.people.actions.home_times import HomeTimes, end_home_time, keep_home_times
from schoolgate.people.errors import (
    EndsBeforeItBegins,
    LaterThanTheSchool,
    NoSchoolOnThatDay,
    WeekdayMissing,
)
from schoolgate.people.home_times import home_time_of, home_time_on, read_home_times
from schoolgate.people.models import OwnHomeTime, Pupil
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

MONDAY = date(2026, 11, 23)
MON, TUE, SAT = 0, 1, 5
WEEK = timedelta(days=7)


def kuba(cast: Cast) -> Pupil:
    """Kuba as he stands in the database."""
    return Pupil.objects.get(pk=cast.children["kuba"].pk)


def keeps(
    cast: Cast,
    at: time,
    *weekdays: int,
    begins_on: date = MONDAY,
    until: date | None = None,
    after_school: bool = False,
) -> list[OwnHomeTime]:
    """The office keeps a home time of Kuba's."""
    times = HomeTimes(
        weekdays=weekdays or (MON,),
        at=at,
        begins_on=begins_on,
        until=until,
        after_school=after_school,
        reason="Therapy",
    )
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    return keep_home_times(
        actor=actor_of(cast, "joan"),
        member=cast.team["joan"],
        pupil=kuba(cast),
        times=times,
        at=now,
    )


def goes(cast: Cast, day: date = MONDAY) -> time | None:
    """When Kuba goes home on a day, by the clock."""
    found = home_time_of(kuba(cast), day)
    return found.time() if found else None


@pytest.mark.clause("2.2-T7")
def test_a_child_has_their_own_home_time_on_that_weekday_alone(medway: Cast) -> None:
    assert goes(medway) == time(15, 30)
    keeps(medway, time(13))
    assert goes(medway) == time(13)
    assert goes(medway, MONDAY + timedelta(days=1)) == time(15, 30)
    assert goes(medway, MONDAY + WEEK) == time(13)


def test_another_child_keeps_the_schools(medway: Cast) -> None:
    keeps(medway, time(13))
    found = home_time_of(medway.children["noah"], MONDAY)
    assert found is not None and found.time() == time(15, 30)
    school = home_time_on(medway.school, None, MONDAY)
    assert school is not None and school.time() == time(15, 30)


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (MONDAY, time(15, 30)),
        (MONDAY + WEEK, time(13)),
        (MONDAY + 2 * WEEK, time(13)),
        (MONDAY + 3 * WEEK, time(15, 30)),
    ],
)
def test_it_holds_from_its_first_day_to_its_last(medway: Cast, day: date, at: time) -> None:
    keeps(medway, time(13), begins_on=MONDAY + WEEK, until=MONDAY + 2 * WEEK)
    assert goes(medway, day) == at


def test_where_two_hold_the_one_written_last_does(medway: Cast) -> None:
    keeps(medway, time(13))
    later = keeps(medway, time(12), until=MONDAY + WEEK)
    assert [goes(medway), goes(medway, MONDAY + 2 * WEEK)] == [time(12), time(13)]
    end_home_time(
        actor=actor_of(medway, "joan"),
        member=medway.team["joan"],
        own=later[0],
        at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    )
    assert goes(medway) == time(13)
    assert Entry.objects.filter(verb="took off an own home time").count() == 1


def test_it_is_by_the_schools_clock_in_summer_too(medway: Cast) -> None:
    day = date(2027, 6, 14)
    keeps(medway, time(13))
    found = home_time_of(kuba(medway), day)
    assert found is not None and found.astimezone(UTC) == datetime(2027, 6, 14, 12, tzinfo=UTC)


def test_later_than_the_school_only_where_the_office_says_so(medway: Cast) -> None:
    with pytest.raises(LaterThanTheSchool):
        keeps(medway, time(16, 30))
    assert goes(medway) == time(15, 30)
    keeps(medway, time(15, 30))
    keeps(medway, time(16, 30), after_school=True)
    assert goes(medway) == time(16, 30)


@pytest.mark.clause("2.2-T7")
def test_where_the_school_closes_early_nobody_stays_for_their_own_time(medway: Cast) -> None:
    week = ", ".join(f'{day} = "15:30"' for day in ("mon", "tue", "wed", "thu", "fri"))
    early = 'closures = [{date = 2026-11-30, time = "12:00"}]'
    medway.school.settings_text = medway.school.settings_text.replace(
        'home_time = "15:30"', f"home_time = {{{week}, {early}}}"
    )
    medway.school.save()
    keeps(medway, time(13))
    assert goes(medway, MONDAY + WEEK) == time(12)
    keeps(medway, time(16, 30), after_school=True)
    assert [goes(medway), goes(medway, MONDAY + WEEK)] == [time(16, 30), time(12)]


def test_a_day_without_school_has_none(medway: Cast) -> None:
    keeps(medway, time(13))
    assert goes(medway, date(2026, 12, 21)) is None
    assert goes(medway, date(2026, 11, 28)) is None


def test_what_makes_no_sense_is_refused(medway: Cast) -> None:
    with pytest.raises(NoSchoolOnThatDay):
        keeps(medway, time(12), SAT)
    with pytest.raises(EndsBeforeItBegins):
        keeps(medway, time(12), until=MONDAY - WEEK)
    with pytest.raises(WeekdayMissing):
        keep_home_times(
            actor=actor_of(medway, "joan"),
            member=medway.team["joan"],
            pupil=kuba(medway),
            times=HomeTimes(weekdays=(), at=time(12), begins_on=MONDAY),
            at=datetime(2026, 11, 23, 8, tzinfo=UTC),
        )
    assert not OwnHomeTime.objects.exists()


def test_several_days_at_once_are_each_their_own(medway: Cast) -> None:
    first, second = keeps(medway, time(13), MON, TUE)
    assert (first.weekday, second.weekday) == (MON, TUE)
    assert Entry.objects.filter(verb="kept own home times").count() == 1


def test_those_of_many_children_are_read_in_one_query(medway: Cast) -> None:
    keeps(medway, time(13))
    pupils = list(Pupil.objects.all())
    home_time_on(medway.school, None, MONDAY)
    with CaptureQueriesContext(connection) as asked:
        read_home_times(medway.school, pupils)
        found = {one.first_name: home_time_of(one, MONDAY) for one in pupils}
    assert len(asked) == 1
    assert found["Kuba"] is not None and found["Kuba"].time() == time(13)


@pytest.mark.parametrize("key", ["priya", "dee", "grace"])
def test_who_does_not_keep_the_lists_sees_none(medway: Cast, now: datetime, key: str) -> None:
    keeps(medway, time(13))
    assert not home_times_for_office(who(medway, key, now)).exists()
    assert home_times_for_office(who(medway, "joan", now)).count() == 1


def test_another_school_sees_none(medway: Cast, trent: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk)
    keeps(medway, time(13))
    see(school_id=trent.school.pk)
    assert not OwnHomeTime.objects.exists()
