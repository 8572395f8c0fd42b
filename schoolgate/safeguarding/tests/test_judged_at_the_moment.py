"""Whether somebody holds a role is judged in the database on both sides of each of its edges."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.models import Concern
from schoolgate.safeguarding.tests.acting import raises
from schoolgate.school.tenancy import see

TICK = timedelta(microseconds=1)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def reads_at(cast: Cast, key: str, at: datetime) -> bool:
    """Whether the database shows somebody a concern at a moment."""
    see(school_id=cast.school.pk, user_id=cast.user_id(key), at=at)
    return Concern.objects.exists()


def held_by(cast: Cast, key: str) -> TeamMember:
    """The row behind somebody of the team."""
    return cast.team[key]


def test_a_role_opens_the_seal_from_its_first_moment(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    begins = now + timedelta(hours=3)
    RoleHolding.objects.create(
        school=medway.school, member=held_by(medway, "tom"), role="deputy_dsl", since=begins
    )
    assert not reads_at(medway, "tom", begins - TICK)
    assert reads_at(medway, "tom", begins)


def test_a_role_that_ended_opens_it_no_more(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    ends = now + timedelta(hours=3)
    RoleHolding.objects.filter(member=held_by(medway, "sam")).update(until=ends)
    assert reads_at(medway, "sam", ends - TICK)
    assert not reads_at(medway, "sam", ends)


def test_access_that_was_ended_opens_it_no_more(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    ends = now + timedelta(hours=3)
    TeamMember.objects.filter(pk=held_by(medway, "sam").pk).update(access_ended_at=ends)
    assert reads_at(medway, "sam", ends - TICK)
    assert not reads_at(medway, "sam", ends)


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [("ends_on", True, False), ("starts_on", False, True)],
)
def test_a_first_and_a_last_day_are_whole_days(
    medway: Cast, now: datetime, field: str, before: bool, after: bool
) -> None:
    raises(medway, "ewa", now)
    day = date(2026, 11, 23) if field == "ends_on" else date(2026, 11, 24)
    TeamMember.objects.filter(pk=held_by(medway, "sam").pk).update(**{field: day})
    assert reads_at(medway, "sam", MIDNIGHT - TICK) is before
    assert reads_at(medway, "sam", MIDNIGHT) is after


def test_a_head_to_come_is_no_head_yet(medway: Cast, now: datetime) -> None:
    """A concern about whoever will be head in January is the head's own until then."""
    raises(medway, "ewa", now, adult=True, member=held_by(medway, "tom"))
    begins = now + timedelta(days=40)
    RoleHolding.objects.create(
        school=medway.school, member=held_by(medway, "tom"), role="head", since=begins
    )
    assert reads_at(medway, "ruth", begins - TICK)
    assert not reads_at(medway, "grace", begins - TICK)
    assert not reads_at(medway, "ruth", begins)
    assert reads_at(medway, "grace", begins)
