"""Alerts leave within seconds, once; what stays unread climbs, once a step, whatever happens."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.tests.acting import who
from schoolgate.delivery.channel import Letter
from schoolgate.delivery.errors import AnswerLost, HostDown, Refused
from schoolgate.delivery.tests.posting import Post
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.actions.raising import still_worried
from schoolgate.safeguarding.models import Alert
from schoolgate.safeguarding.states import State
from schoolgate.safeguarding.tests.acting import as_person, raises, reads, rings, state, told
from schoolgate.school.tenancy import see

MINUTE = timedelta(minutes=1)


def to(letters: list[Letter]) -> set[str]:
    """Whom letters are for, by key."""
    return {letter.to.partition("@")[0] for letter in letters}


def of(cast: Cast) -> list[Alert]:
    """The alerts, as the head sees them."""
    as_person(cast, "ruth")
    found = list(Alert.objects.select_related("member"))
    see(school_id=cast.school.pk)
    return found


def test_each_person_is_alerted_once_however_often_the_job_comes(
    medway: Cast, now: datetime
) -> None:
    concern = raises(medway, "ewa", now)
    assert state(medway, "ruth", concern) is State.RAISED
    assert to(rings(medway, now)) == {"helen", "sam", "ruth"}
    assert state(medway, "ruth", concern) is State.ALERTED
    assert rings(medway, now + MINUTE) == []


@pytest.mark.clause("2.2-T8c")
def test_what_is_unread_for_15_minutes_climbs_and_after_15_more_to_the_groups_lead(
    medway: Cast, now: datetime
) -> None:
    concern = raises(medway, "ewa", now)
    rings(medway, now)
    assert rings(medway, now + 14 * MINUTE) == []
    assert to(rings(medway, now + 15 * MINUTE)) == {"helen", "sam", "ruth"}
    assert rings(medway, now + 29 * MINUTE) == []
    assert to(rings(medway, now + 30 * MINUTE)) == {"grace"}
    assert rings(medway, now + timedelta(days=9)) == []
    assert told(medway, concern) == {"helen", "sam", "ruth", "grace"}


def test_somebody_not_told_yet_comes_before_those_who_were(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    rings(medway, now)
    see(school_id=medway.school.pk)
    RoleHolding.objects.create(
        school=medway.school, member=medway.team["dee"], role="deputy_dsl", since=now
    )
    assert to(rings(medway, now + 15 * MINUTE)) == {"dee"}


def test_a_reading_by_one_of_those_told_stops_the_climbing(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    rings(medway, now)
    reads(medway, "sam", concern, now + MINUTE)
    assert rings(medway, now + timedelta(days=9)) == []


def test_the_authors_own_opening_stops_nothing(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "sam", now)
    reads(medway, "sam", concern, now)
    rings(medway, now)
    assert to(rings(medway, now + 15 * MINUTE)) == {"helen", "ruth", "sam"}


def test_only_safeguarding_hours_count_and_clubs_are_among_them(
    medway: Cast, now: datetime
) -> None:
    friday = now.replace(day=27, hour=17, minute=50)  # open until 18:00, after reply hours
    raises(medway, "ewa", friday)
    assert len(rings(medway, friday)) == 3
    assert rings(medway, friday + timedelta(days=2)) == []
    monday = now.replace(day=30, hour=7, minute=34)
    assert rings(medway, monday) == []
    assert len(rings(medway, monday + MINUTE)) == 3


def test_the_group_lead_reads_it_only_once_it_has_climbed(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    as_person(medway, "grace")
    assert not Alert.objects.exists()
    rings(medway, now + 30 * MINUTE)
    reads(medway, "grace", concern, now + 31 * MINUTE)
    assert state(medway, "ruth", concern) is State.READ


def test_still_worried_climbs_too(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    reads(medway, "helen", concern, now + MINUTE)
    later = now + timedelta(hours=1)
    as_person(medway, "ewa")
    still_worried(who=who(medway, "ewa", later), concern=concern, words="Again.", at=later)
    rings(medway, later)
    assert len(rings(medway, later + 15 * MINUTE)) == 3
    assert to(rings(medway, later + 30 * MINUTE)) == {"grace"}


def test_where_nobody_holds_a_role_the_groups_lead_is_called_at_once(
    medway: Cast, now: datetime
) -> None:
    RoleHolding.objects.filter(role__in=["dsl", "deputy_dsl", "head"]).delete()
    raises(medway, "ewa", now)
    assert to(rings(medway, now)) == {"grace"}


def test_a_host_that_is_down_is_tried_again(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    post = Post(HostDown("no"))
    assert to(rings(medway, now, post)) != {"helen", "sam", "ruth"}
    assert to(post.letters + rings(medway, now + 2 * MINUTE, Post())) == {"helen", "sam", "ruth"}
    assert {one.state for one in of(medway)} == {"sent"}


def test_what_is_refused_for_good_says_so_and_still_climbs(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    rings(medway, now, Post(*[Refused("550 no such box")] * 3))
    assert {one.state for one in of(medway)} == {"failed"}
    assert len(rings(medway, now + 15 * MINUTE)) == 3


def test_an_answer_that_was_lost_is_asked_once_more_under_the_same_key(
    medway: Cast, now: datetime
) -> None:
    raises(medway, "ewa", now)
    post = Post(*[AnswerLost()] * 6)
    first = rings(medway, now, post)
    again = rings(medway, now + MINUTE, post)
    assert {one.key for one in first} == {one.key for one in again}
    assert rings(medway, now + 3 * MINUTE, post) == []


def test_a_claim_of_a_dead_process_is_repeated_once_as_in_doubt(
    medway: Cast, now: datetime
) -> None:
    raises(medway, "ewa", now)
    see(school_id=medway.school.pk)
    for minutes, how_many in ((0, 3), (1, 0), (3, 3), (6, 0), (9, 0)):
        claimed = asked.claim(at=now + minutes * MINUTE, most=50)
        assert len(claimed) == how_many, minutes
    assert {(one.state, one.in_doubt) for one in of(medway)} == {("failed", True)}


def test_who_has_no_address_is_named_and_the_others_are_alerted(
    medway: Cast, now: datetime
) -> None:
    TeamMember.objects.filter(pk=medway.team["sam"].pk).update(email="")
    raises(medway, "ewa", now)
    assert to(rings(medway, now)) == {"helen", "ruth"}
    assert [one.member.name for one in of(medway) if one.state == "no route"] == ["Sam Birch"]


@pytest.mark.parametrize("key", ["helen", "sam"])
def test_a_concern_about_one_of_them_never_rings_them_at_any_step(
    medway: Cast, now: datetime, key: str
) -> None:
    raises(medway, "priya", now, adult=True, member=medway.team[key])
    heard = [rings(medway, now + n * 15 * MINUTE) for n in range(4)]
    assert [to(one) for one in heard] == [{"ruth"}, {"ruth"}, {"grace"}, set()]


def test_a_concern_about_the_head_never_rings_the_head(medway: Cast, now: datetime) -> None:
    raises(medway, "priya", now, adult=True, member=medway.team["ruth"])
    heard = [rings(medway, now + n * 15 * MINUTE) for n in range(4)]
    assert [to(one) for one in heard] == [{"grace"}, {"grace"}, {"grace"}, set()]


def test_a_host_that_is_down_for_days_loses_no_alert(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    at = now
    for _ in range(40):
        rings(medway, at, Post(*[HostDown("no")] * 3))
        at += timedelta(hours=2)
    reads(medway, "helen", concern, at)
    assert to(rings(medway, at)) == {"helen", "sam", "ruth", "grace"}
    assert {one.state for one in of(medway)} == {"sent"}
