"""First-day absence: nobody is missing without a word and without being looked for."""

from datetime import datetime, timedelta

import pytest

from schoolgate.announcements.forms import Composing
from schoolgate.conversations.tests.acting import actor_of, who, writes
from schoolgate.people.models import Group, Pupil
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.actions.registering import (
    Ring,
    follow_the_missing,
    note_ringing,
    take_register,
)
from schoolgate.today.actions.seeing import mark_seen
from schoolgate.today.calendars import local_day
from schoolgate.today.errors import NotOnTheList, NotThisChild
from schoolgate.today.first_day import Concern, weight
from schoolgate.today.missing import not_taken, to_ring
from schoolgate.today.models import Matter, Missing
from schoolgate.today.tests.acting import child, tells
from schoolgate.today.tests.test_arriving import ILL
from schoolgate.today.tests.test_seeing import alerted


def takes(cast: Cast, group: str, missing: list[str], at: datetime) -> list[Missing]:
    """The tutor takes the register of a class."""
    return take_register(
        actor=actor_of(cast, "priya"),
        member=cast.team["priya"],
        group=Group.objects.get(pk=cast.groups[group].pk),
        missing=[child(cast, key) for key in missing],
        at=at,
    )


def rings(cast: Cast, missing: Missing, carer: str, outcome: str, at: datetime) -> Missing:
    """The office rings."""
    return note_ringing(
        actor=actor_of(cast, "joan"),
        member=cast.team["joan"],
        missing=missing,
        ring=Ring(cast.carers[carer], outcome, "He has a cold."),
        at=at,
    )


def names(cast: Cast, at: datetime) -> list[str]:
    """The list as the office has it."""
    return [
        one.missing.pupil.first_name
        for one in to_ring(who(cast, "joan", at), local_day(cast.school, at))
    ]


def test_who_is_missing_without_a_word_is_on_the_list(medway: Cast, now: datetime) -> None:
    takes(medway, "Oak", ["kuba", "noah"], now)
    assert sorted(names(medway, now)) == ["Kuba", "Noah"]


def test_who_was_told_of_is_not(medway: Cast, now: datetime) -> None:
    tells(medway, "ewa", "kuba", now.replace(hour=7))
    takes(medway, "Oak", ["kuba", "noah"], now)
    assert names(medway, now) == ["Noah"]


@pytest.mark.clause("2.2-T7")
def test_wording_alone_explains_nothing_until_a_person_has_seen_it(
    medway: Cast, now: datetime
) -> None:
    early = now.replace(hour=7)
    writes(medway, "ewa", "kuba", early, ILL, channel="email", sender_check="passed")
    takes(medway, "Oak", ["kuba"], now)
    follow_the_missing(school=medway.school, at=now)
    assert names(medway, now) == ["Kuba"]
    mark_seen(
        actor=actor_of(medway, "joan"),
        member=medway.team["joan"],
        matters=Matter.objects.all(),
        at=now,
    )
    follow_the_missing(school=medway.school, at=now)
    assert names(medway, now) == []


def test_who_comes_later_is_off_the_list_with_the_next_register(
    medway: Cast, now: datetime
) -> None:
    takes(medway, "Oak", ["kuba", "noah"], now)
    takes(medway, "Oak", ["noah"], now + timedelta(minutes=20))
    assert names(medway, now) == ["Noah"]
    assert Missing.objects.get(pupil=medway.children["kuba"]).ended == "here"


def test_spoken_words_end_it_and_a_try_does_not(medway: Cast, now: datetime) -> None:
    (missing,) = takes(medway, "Oak", ["kuba"], now)
    rings(medway, missing, "ewa", "no answer", now)
    assert names(medway, now) == ["Kuba"]
    rings(medway, missing, "ewa", "spoke", now)
    assert names(medway, now) == []
    with pytest.raises(NotOnTheList):
        rings(medway, missing, "ewa", "spoke", now)


def test_nobody_reached_for_an_hour_tells_head_and_safeguarding_lead_once(
    medway: Cast, now: datetime
) -> None:
    (missing,) = takes(medway, "Oak", ["kuba"], now)
    rings(medway, missing, "ewa", "voicemail", now + timedelta(minutes=30))
    assert follow_the_missing(school=medway.school, at=now + timedelta(minutes=59)) == 0
    assert follow_the_missing(school=medway.school, at=now + timedelta(minutes=60)) == 1
    assert follow_the_missing(school=medway.school, at=now + timedelta(minutes=90)) == 0
    assert sorted(alerted()) == ["helen", "ruth", "sam"]


def test_only_adults_who_may_hear_of_the_child_are_rung(medway: Cast, now: datetime) -> None:
    takes(medway, "Oak", ["kuba"], now)
    (one,) = to_ring(who(medway, "joan", now), local_day(medway.school, now))
    assert [carer.name for carer, _, _ in one.carers] == ["Ewa Malinowska"] or all(
        carer.name != "Piotr Malinowski" or ringing.because for carer, _, ringing in one.carers
    )


def test_needs_stand_before_the_number(medway: Cast, now: datetime) -> None:
    takes(medway, "Oak", ["noah"], now)
    (one,) = to_ring(who(medway, "joan", now), local_day(medway.school, now))
    ((_, _, ringing),) = one.carers
    assert ringing.because == ("Do not phone",)


def test_a_class_without_a_register_is_named(medway: Cast, now: datetime) -> None:
    takes(medway, "Oak", [], now)
    assert not_taken(who(medway, "joan", now), local_day(medway.school, now)) == ["Ash", "Elm"]


def test_a_child_of_another_class_is_refused(medway: Cast, now: datetime) -> None:
    with pytest.raises(NotThisChild):
        takes(medway, "Oak", ["ivy"], now)


@pytest.mark.parametrize("outsider", ["grace", "lena", "nina"])
def test_the_list_is_nobody_elses(medway: Cast, now: datetime, outsider: str) -> None:
    takes(medway, "Oak", ["kuba"], now)
    assert to_ring(who(medway, outsider, now), local_day(medway.school, now)) == []


def test_the_order_is_by_concern_and_falls_with_each_try() -> None:
    quiet = weight(Concern())
    assert weight(Concern(by_transport=True)) > weight(Concern(days_before=1)) > quiet
    assert weight(Concern(days_before=4)) > weight(Concern(no_safe_route=True))
    assert weight(Concern(by_transport=True, tries=2)) < weight(Concern(by_transport=True))


def test_a_child_is_in_the_register_and_on_every_list_through_the_last_day_and_not_after(
    medway: Cast, now: datetime
) -> None:
    Pupil.objects.filter(pk=medway.children["kuba"].pk).update(left_on=now.date())
    takes(medway, "Oak", ["kuba", "noah"], now)
    assert sorted(names(medway, now)) == ["Kuba", "Noah"]
    assert "Kuba Malinowski" in str(Composing().for_somebody(who(medway, "priya", now)))
    tomorrow = now + timedelta(days=1)
    with pytest.raises(NotThisChild):
        takes(medway, "Oak", ["kuba"], tomorrow)
    assert "Kuba" not in str(Composing().for_somebody(who(medway, "priya", tomorrow)))
