"""Sixteen on the day itself, and an address that nobody may write to."""

from datetime import date, datetime

import pytest

from schoolgate.people.models import NoSafeRoute, Pupil
from schoolgate.people.queries import (
    email_of,
    email_to_write_to,
    is_sixteen,
    may_be_emailed,
    to_review_rights,
)
from schoolgate.people.telephone import same_number
from schoolgate.rehearsal.cast import Cast


@pytest.mark.parametrize(
    ("born", "on", "sixteen"),
    [
        (date(2010, 11, 23), date(2026, 11, 22), False),
        (date(2010, 11, 23), date(2026, 11, 23), True),
        (date(2008, 2, 29), date(2024, 2, 28), False),
        (date(2008, 2, 29), date(2024, 2, 29), True),
        (date(2100, 2, 28), date(2116, 2, 29), True),
        (None, date(2026, 11, 23), False),
    ],
)
def test_the_sixteenth_birthday_counts(born: date | None, on: date, sixteen: bool) -> None:
    assert is_sixteen(Pupil(born_on=born), on) is sixteen


def test_those_who_have_left_or_were_asked_are_not_listed(medway: Cast, now: datetime) -> None:
    day, leo = now.date(), medway.children["leo"]
    Pupil.objects.exclude(pk=leo.pk).update(born_on=None)
    assert list(to_review_rights(school_id=medway.school.pk, on=day)) == [leo]
    assert not to_review_rights(school_id=medway.school.pk, on=date(2026, 5, 13))
    Pupil.objects.filter(pk=leo.pk).update(left_on=date(2026, 11, 22))
    assert not to_review_rights(school_id=medway.school.pk, on=day)


def test_nobody_writes_to_an_address_that_a_carer_without_a_safe_route_has_or_had(
    medway: Cast, now: datetime
) -> None:
    ewa, school_id = medway.carers["ewa"], medway.school.pk
    address = email_of(ewa)
    assert may_be_emailed(school_id=school_id, carer=None, address=address.upper())
    NoSafeRoute.objects.create(
        school=medway.school, carer=ewa, held_by=medway.team["sam"], words="x", begun_at=now
    )
    ewa.routes.update(ended_at=now)
    assert not may_be_emailed(school_id=school_id, carer=None, address=address.upper())
    assert not may_be_emailed(school_id=school_id, carer=ewa)
    assert may_be_emailed(school_id=school_id, carer=medway.carers["nina"])
    assert email_to_write_to(ewa) == ""
    NoSafeRoute.objects.update(ended_at=now)
    assert may_be_emailed(school_id=school_id, carer=None, address=address)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("07700 900001", "+44 7700 900001", True),
        ("07700900001", "07700 900002", False),
        ("ext. 7", "ext.7", True),
    ],
)
def test_a_number_is_the_same_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert same_number(one, other) is same
