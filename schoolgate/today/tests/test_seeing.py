"""A person has seen it, once; nobody has, and the next person and the head are alarmed, once."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.models import Message
from schoolgate.conversations.tests.acting import actor_of, who, writes
from schoolgate.delivery.models import Parcel
from schoolgate.escalation.tests.acting import is_away
from schoolgate.rehearsal.cast import Cast
from schoolgate.today import access
from schoolgate.today.actions.seeing import mark_seen, say_not_today, take_back
from schoolgate.today.actions.telling import alarm_what_nobody_saw, tell_of_what_came
from schoolgate.today.calendars import day_of_school
from schoolgate.today.errors import NotAnyMore
from schoolgate.today.kinds import Kind
from schoolgate.today.models import Matter
from schoolgate.today.tests.acting import tells, tells_any
from schoolgate.today.tests.test_arriving import ILL
from schoolgate.today.times import plan


def alerted() -> list[str]:
    """Who got an alert, in the order of sending."""
    rows = Parcel.objects.filter(content__purpose="alert").order_by("pk")
    return [row.member.name.split()[0].lower() for row in rows if row.member]


def sees(cast: Cast, key: str, matter: Matter, at: datetime) -> Matter:
    """A colleague presses Seen."""
    mark_seen(actor=actor_of(cast, key), member=cast.team[key], matters=[matter], at=at)
    return Matter.objects.get(pk=matter.pk)


def test_seen_is_by_a_person_at_a_moment_and_ends_the_alarm(medway: Cast, now: datetime) -> None:
    matter = sees(medway, "joan", tells(medway, "ewa", "kuba", now), now + timedelta(minutes=3))
    assert (matter.state, matter.seen_by) == ("seen", medway.team["joan"])
    alarm_what_nobody_saw(school=medway.school, at=now + timedelta(hours=2))
    assert alerted() == []


def test_whoever_looks_second_changes_nothing(medway: Cast, now: datetime) -> None:
    matter = sees(medway, "joan", tells(medway, "ewa", "kuba", now), now)
    assert sees(medway, "tom", matter, now + timedelta(minutes=1)).seen_by == medway.team["joan"]


def test_a_family_that_wrote_reads_in_its_thread_that_the_office_has_seen_it(
    medway: Cast, now: datetime
) -> None:
    writes(medway, "ewa", "kuba", now, ILL, channel="email")
    sees(medway, "joan", Matter.objects.get(), now + timedelta(minutes=5))
    note = Message.objects.filter(direction="automatic").latest("pk").body
    assert "The office has seen this at Monday 23 November, 10:05." in note
    assert "Joan" not in note


@pytest.mark.clause("2.2-T7")
def test_nobody_looks_and_the_next_person_then_the_head_are_alarmed_once_each(
    medway: Cast, now: datetime
) -> None:
    tells(medway, "ewa", "kuba", now)
    for minutes in (14, 15, 16, 24):
        alarm_what_nobody_saw(school=medway.school, at=now + timedelta(minutes=minutes))
    assert alerted() == ["tom"]
    for minutes in (25, 26, 300):
        alarm_what_nobody_saw(school=medway.school, at=now + timedelta(minutes=minutes))
    assert sorted(alerted()) == ["ruth", "tom", "tom"]


def test_after_a_standstill_both_are_told_at_once(medway: Cast, now: datetime) -> None:
    tells(medway, "ewa", "kuba", now)
    alarm_what_nobody_saw(school=medway.school, at=now + timedelta(hours=3))
    assert sorted(alerted()) == ["ruth", "tom"]
    assert alarm_what_nobody_saw(school=medway.school, at=now + timedelta(hours=4)) == 0


def test_with_nobody_below_the_head_the_head_is_the_next(medway: Cast, now: datetime) -> None:
    is_away(medway, "tom", now, cover="ruth")
    Parcel.objects.all().delete()
    tells(medway, "ewa", "kuba", now)
    alarm_what_nobody_saw(school=medway.school, at=now + timedelta(minutes=15))
    assert alerted() == ["ruth"]


def test_many_at_once_alarm_each_person_once(medway: Cast, now: datetime) -> None:
    for key, name in (("ewa", "kuba"), ("nina", "noah"), ("obi", "amara")):
        tells(medway, key, name, now)
    assert alarm_what_nobody_saw(school=medway.school, at=now + timedelta(minutes=15)) == 3
    assert alerted() == ["tom"]


def test_alarms_name_no_child(medway: Cast, now: datetime) -> None:
    tells(medway, "ewa", "kuba", now)
    alarm_what_nobody_saw(school=medway.school, at=now + timedelta(minutes=15))
    content = Parcel.objects.get(content__purpose="alert").content
    assert "Kuba" not in content.subject + content.text


def test_the_tutor_and_the_desk_that_meets_it_are_told_once_somebody_is_in(
    medway: Cast, now: datetime
) -> None:
    early = now.replace(hour=6)
    tells(medway, "ewa", "kuba", early, Kind.HEALTH, "No tablet this morning.")
    assert tell_of_what_came(school=medway.school, at=early) == 0
    assert tell_of_what_came(school=medway.school, at=now.replace(hour=8)) == 1
    assert sorted(alerted()) == ["dee", "priya"]
    assert tell_of_what_came(school=medway.school, at=now) == 0


WHO_IS_MEANT = {"tutor": "priya", "clinical": "dee", "next": "tom", "head": "ruth"}


@pytest.mark.clause("2.2-T7")
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("hour", [6, 10])
def test_what_runs_is_the_table_of_decision_1(
    medway: Cast, now: datetime, kind: Kind, hour: int
) -> None:
    came = now.replace(hour=hour)
    matter = tells_any(medway, kind, came)
    table = plan(kind, "portal", came, day_of_school(medway.school, None)).told
    for moment in sorted({moment for _role, moment in table}):
        for at in (moment - timedelta(seconds=1), moment, moment):
            tell_of_what_came(school=medway.school, at=at)
            alarm_what_nobody_saw(school=medway.school, at=at)
        early = {WHO_IS_MEANT.get(role) for role, told in table if told <= moment} - {None}
        assert set(alerted()) == early, moment
    assert Matter.objects.get(pk=matter.pk).alarmed == 2


def test_what_came_in_the_last_minute_of_the_day_is_told_that_day(
    medway: Cast, now: datetime
) -> None:
    tells(medway, "ewa", "kuba", now.replace(hour=15, minute=59, second=50))
    tell_of_what_came(school=medway.school, at=now.replace(hour=16, minute=0, second=30))
    assert alerted() == ["priya"]


def test_who_covers_is_told_in_the_place_of_a_tutor_who_is_away(
    medway: Cast, now: datetime
) -> None:
    is_away(medway, "priya", now, cover="sam")
    Parcel.objects.all().delete()
    tells(medway, "ewa", "kuba", now)
    tell_of_what_came(school=medway.school, at=now)
    assert alerted() == ["sam"]


def test_the_family_takes_it_back(medway: Cast, now: datetime) -> None:
    matter = tells(medway, "ewa", "kuba", now)
    take_back(actor=actor_of(medway, "ewa"), matter=matter, at=now)
    alarm_what_nobody_saw(school=medway.school, at=now + timedelta(hours=1))
    assert alerted() == []
    with pytest.raises(NotAnyMore):
        take_back(actor=actor_of(medway, "ewa"), matter=matter, at=now)


def test_what_the_family_chose_nobody_says_is_not_for_today(medway: Cast, now: datetime) -> None:
    matter = tells(medway, "ewa", "kuba", now)
    with pytest.raises(NotAnyMore):
        say_not_today(
            actor=actor_of(medway, "joan"), member=medway.team["joan"], matter=matter, at=now
        )


@pytest.mark.parametrize(
    ("key", "sees_it"),
    [
        ("joan", True),
        ("priya", True),
        ("tom", True),
        ("ruth", True),
        ("helen", True),
        ("lena", False),
        ("andy", False),
        ("grace", False),
        ("nina", False),
    ],
)
def test_it_is_seen_by_the_office_leaders_and_the_childs_own_tutor(
    medway: Cast, now: datetime, key: str, *, sees_it: bool
) -> None:
    tells(medway, "ewa", "kuba", now)
    assert access.visible_to(who(medway, key, now)).exists() is sees_it


def test_each_family_sees_its_own_alone(medway: Cast, now: datetime) -> None:
    matter = tells(medway, "ewa", "kuba", now)
    assert list(access.own_now(who(medway, "ewa", now))) == [matter]
    for other in ("piotr", "nina"):
        assert not access.own(who(medway, other, now)).exists()
