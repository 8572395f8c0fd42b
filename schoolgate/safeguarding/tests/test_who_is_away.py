"""Nobody who is away is waited for: an alert stands with somebody who is here, if anybody is."""

from datetime import datetime, timedelta
from itertools import combinations

import pytest

from schoolgate.conversations.tests.acting import who
from schoolgate.people.models import Absence, RoleHolding, TeamMember
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding import access, asked
from schoolgate.safeguarding.actions import recording
from schoolgate.safeguarding.models import Concern
from schoolgate.safeguarding.pages.queue import rows
from schoolgate.safeguarding.readers import stands_with
from schoolgate.safeguarding.tests.acting import (
    EVERYBODY,
    as_person,
    hand,
    raises,
    reads,
    rings,
    seen_by,
)
from schoolgate.safeguarding.tests.test_ringing import to
from schoolgate.school.tenancy import see

MINUTE = timedelta(minutes=1)
# In the order in which it stands with them: the lead, two deputies, the head, the group's lead.
CIRCLE = ("helen", "sam", "dee", "ruth", "grace")
AWAY = [keys for number in range(len(CIRCLE) + 1) for keys in combinations(CIRCLE, number)]


@pytest.fixture
def two_deputies(medway: Cast, now: datetime) -> Cast:
    """Medway Green with a second deputy."""
    RoleHolding.objects.create(
        school=medway.school,
        member=medway.team["dee"],
        role="deputy_dsl",
        since=now - timedelta(days=9),
    )
    return medway


def goes(cast: Cast, key: str, at: datetime) -> Absence:
    """Somebody is away from now on."""
    see(school_id=cast.school.pk)
    return Absence.objects.create(
        school=cast.school,
        member=cast.team[key],
        from_at=at,
        no_cover_because="-",
        recorded_by="Joan Pike",
        recorded_at=at,
    )


def tells_nobody_who_is_away(cast: Cast) -> None:
    cast.school.settings_text += "\n[choices]\nsafeguarding_tells_who_is_away = false\n"
    cast.school.save()


def waited_for(cast: Cast, concern: Concern, at: datetime) -> str:
    """With whom it stands, by key."""
    see(school_id=cast.school.pk)
    whole = asked.circle(concern.pk, author=concern.author_user_id)
    found = stands_with(cast.school, whole, at)
    return _key(cast, found) if found else ""


def _key(cast: Cast, member: TeamMember) -> str:
    return next(key for key, one in cast.team.items() if one == member)


def called(cast: Cast, concern: Concern) -> set[str]:
    """Who has been called for it, by key."""
    see(school_id=cast.school.pk)
    return {
        _key(cast, TeamMember.objects.get(pk=pk))
        for one in asked.unread()
        if one.concern == concern.pk
        for pk in one.told
    }


@pytest.mark.clause("2.2-T8c")
@pytest.mark.parametrize("tells", [True, False], ids=["tells-who-is-away", "does-not"])
@pytest.mark.parametrize("away", AWAY, ids=["+".join(keys) or "nobody" for keys in AWAY])
def test_it_stands_with_exactly_one_who_is_here_if_anybody_is(
    two_deputies: Cast, now: datetime, away: tuple[str, ...], tells: bool
) -> None:
    cast, here = two_deputies, [key for key in CIRCLE if key not in away]
    if not tells:
        tells_nobody_who_is_away(cast)
    for key in away:
        goes(cast, key, now)
    concern = raises(cast, "ewa", now)
    one = waited_for(cast, concern, now)
    assert one == (here[0] if here else "helen")
    assert one in to(rings(cast, now))
    heard = called(cast, concern)
    assert heard <= set(CIRCLE)
    if not tells and here:
        assert heard <= set(here)
    if tells:
        assert {"helen", "sam", "dee", "ruth"} <= heard
    assert ("grace" in heard) == (here in ([], ["grace"]))


@pytest.mark.parametrize("away", AWAY, ids=["+".join(keys) or "nobody" for keys in AWAY])
def test_nobody_outside_the_circle_learns_anything(
    two_deputies: Cast, now: datetime, away: tuple[str, ...]
) -> None:
    for key in away:
        goes(two_deputies, key, now)
    raises(two_deputies, "ewa", now)
    rings(two_deputies, now)
    rings(two_deputies, now + 31 * MINUTE)
    for key in set(EVERYBODY) - set(CIRCLE) - {"ewa"}:
        with seen_by(two_deputies, key):
            assert not Concern.objects.exists()
            assert not access.readable(who(two_deputies, key, now)).exists()


@pytest.mark.clause("2.2-T8c")
def test_who_goes_while_it_waits_for_them_hands_it_on_by_the_next_minute(
    two_deputies: Cast, now: datetime
) -> None:
    cast = two_deputies
    concern = raises(cast, "ewa", now)
    rings(cast, now)
    heard = []
    for number, key in enumerate(CIRCLE[:-1], start=1):
        goes(cast, key, now + number * MINUTE)
        heard.append(to(rings(cast, now + number * MINUTE)))
        assert rings(cast, now + number * MINUTE + timedelta(seconds=10)) == []
    assert heard == [{"sam"}, {"dee"}, {"ruth"}, {"grace"}]
    assert waited_for(cast, concern, now + 5 * MINUTE) == "grace"


def test_an_absence_that_is_written_down_late_hands_it_on_too(
    two_deputies: Cast, now: datetime
) -> None:
    raises(two_deputies, "ewa", now)
    rings(two_deputies, now)
    absence = goes(two_deputies, "helen", now + MINUTE)
    Absence.objects.filter(pk=absence.pk).update(from_at=now - 60 * MINUTE)
    assert to(rings(two_deputies, now + 2 * MINUTE)) == {"sam"}


def test_who_comes_back_and_was_not_told_is_told(two_deputies: Cast, now: datetime) -> None:
    tells_nobody_who_is_away(two_deputies)
    absence = goes(two_deputies, "helen", now)
    concern = raises(two_deputies, "ewa", now)
    assert to(rings(two_deputies, now)) == {"sam", "dee", "ruth"}
    Absence.objects.filter(pk=absence.pk).update(ended_at=now + MINUTE, until_at=now + MINUTE)
    assert to(rings(two_deputies, now + MINUTE)) == {"helen"}
    assert waited_for(two_deputies, concern, now + MINUTE) == "helen"


def test_the_minutes_of_the_one_it_stands_with_are_fifteen(
    two_deputies: Cast, now: datetime
) -> None:
    goes(two_deputies, "helen", now)
    raises(two_deputies, "ewa", now)
    assert to(rings(two_deputies, now)) == {"helen", "sam", "dee", "ruth"}
    assert rings(two_deputies, now + 14 * MINUTE) == []
    assert to(rings(two_deputies, now + 15 * MINUTE)) == {"sam", "dee", "ruth"}
    assert to(rings(two_deputies, now + 30 * MINUTE)) == {"grace"}


def test_the_groups_lead_is_reminded_where_it_stands_with_them(
    two_deputies: Cast, now: datetime
) -> None:
    for key in CIRCLE[:-1]:
        goes(two_deputies, key, now)
    raises(two_deputies, "ewa", now)
    assert to(rings(two_deputies, now)) == set(CIRCLE)
    assert to(rings(two_deputies, now + 15 * MINUTE)) == {"grace"}
    assert rings(two_deputies, now + 30 * MINUTE) == []


def test_whoever_it_is_kept_from_is_not_waited_for(two_deputies: Cast, now: datetime) -> None:
    concern = raises(two_deputies, "ewa", now)
    reads(two_deputies, "ruth", concern, now)
    recording.keep_from(
        hand=hand(two_deputies, "ruth", concern, now),
        member=two_deputies.team["helen"],
        reason="A tie to the child.",
    )
    assert waited_for(two_deputies, concern, now) == "sam"


def test_who_raised_it_is_waited_for_last(two_deputies: Cast, now: datetime) -> None:
    concern = raises(two_deputies, "helen", now)
    assert waited_for(two_deputies, concern, now) == "sam"
    for key in ("sam", "dee", "ruth", "grace"):
        goes(two_deputies, key, now)
    assert waited_for(two_deputies, concern, now) == "helen"


@pytest.mark.parametrize(
    ("about", "away", "stands"),
    [
        ("priya", (), "ruth"),
        ("priya", ("ruth",), "grace"),
        ("helen", ("ruth",), "grace"),
        ("ruth", (), "grace"),
        ("ruth", ("grace",), "grace"),
        ("priya", ("ruth", "grace"), "ruth"),
    ],
)
def test_about_an_adult_it_never_stands_with_the_lead_or_the_one_it_is_about(
    two_deputies: Cast, now: datetime, about: str, away: tuple[str, ...], stands: str
) -> None:
    for key in away:
        goes(two_deputies, key, now)
    concern = raises(two_deputies, "ewa", now, adult=True, member=two_deputies.team[about])
    assert waited_for(two_deputies, concern, now) == stands
    assert stands in to(rings(two_deputies, now))
    assert called(two_deputies, concern) <= {"ruth", "grace"} - {about}


def test_the_queue_says_with_whom_it_stands(two_deputies: Cast, now: datetime) -> None:
    goes(two_deputies, "helen", now)
    concern = raises(two_deputies, "ewa", now)
    rings(two_deputies, now)
    as_person(two_deputies, "ruth")
    (row,) = rows(who(two_deputies, "ruth", now), [concern])
    assert "It stands with Sam Birch." in row.detail
