"""Holding back: set by the DSL, ended by somebody, read by few, judged by the database."""

import random
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.db.models import BooleanField, DateTimeField, F, Func, Value

from schoolgate.ledger.models import Entry
from schoolgate.people.actions.holding_back import (
    also_what_is_about_safety,
    begin_the_hour,
    confirm,
    end,
    end_the_hour,
    hold_back,
)
from schoolgate.people.errors import HoldReasonMissing, NotOnePersonsChild, ReviewTooLate
from schoolgate.people.holding import anybody_waits, to_look_at_again
from schoolgate.people.models import Carer, HoldBack, Link, Receives
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

EVERYBODY = ("ewa", "piotr", "nina", "priya", "lena", "dee", "joan", "tom", "ruth", "helen", "sam",
             "grace")  # fmt: skip
MAY = {"helen", "sam", "ruth"}


def holds(cast: Cast, at: datetime, carer: str = "ewa", by: str = "helen") -> HoldBack:
    """Somebody holds back what concerns Kuba from one of his parents."""
    see(school_id=cast.school.pk, user_id=cast.user_id(by))
    return hold_back(
        user_id=cast.user_id(by),
        pupil=cast.children["kuba"],
        carer=cast.carers[carer],
        reason="As the children's services asked.",
        at=at,
    )


def waits(
    cast: Cast,
    carer: str,
    children: tuple[str, ...],
    at: datetime,
    *,
    is_safety: bool = False,
    posted: datetime | None = None,
) -> bool:
    """What the database says of one thing for one carer."""
    asked = Func(
        F("pk"),
        Value([cast.children[one].pk for one in children]),
        Value(None),
        Value(is_safety),
        Value(at, output_field=DateTimeField()),
        Value(posted, output_field=DateTimeField()),
        function="people_waits",
        template="%(function)s(%(expressions)s)",
        output_field=BooleanField(),
    )
    return bool(Carer.objects.annotate(says=asked).get(pk=cast.carers[carer].pk).says)


def test_what_concerns_the_child_waits_for_that_carer_alone(medway: Cast, now: datetime) -> None:
    assert not anybody_waits(now)
    holds(medway, now)
    see(school_id=medway.school.pk)  # as the worker asks: for nobody
    assert anybody_waits(now)
    assert waits(medway, "ewa", ("kuba",), now)
    assert not waits(medway, "nina", ("kuba",), now)
    assert not waits(medway, "ewa", ("leo",), now)
    assert not waits(medway, "ewa", (), now)
    assert waits(medway, "ewa", ("leo", "kuba"), now)
    assert not waits(medway, "ewa", ("kuba",), now - timedelta(seconds=1))


@pytest.mark.parametrize("key", EVERYBODY)
def test_the_lead_deputies_and_head_read_it_and_nobody_else(
    medway: Cast, now: datetime, key: str
) -> None:
    holds(medway, now)
    see(school_id=medway.school.pk, user_id=medway.user_id(key))
    assert HoldBack.objects.exists() is (key in MAY)


def test_the_other_schools_lead_reads_and_judges_nothing(
    medway: Cast, trent: Cast, now: datetime
) -> None:
    holds(medway, now)
    see(school_id=trent.school.pk, user_id=trent.user_id("idris"))
    assert not HoldBack.objects.exists() and not anybody_waits(now)
    see(school_id=medway.school.pk, user_id=trent.user_id("idris"))
    assert not HoldBack.objects.exists()
    see(school_id=None)
    assert not anybody_waits(now)


@pytest.mark.parametrize("key", [one for one in EVERYBODY if one not in MAY])
def test_nobody_else_sets_it(medway: Cast, now: datetime, key: str) -> None:
    with pytest.raises(Exception, match="row-level security"):
        holds(medway, now, by=key)


def test_nobody_sets_it_in_another_persons_name(medway: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    with pytest.raises(Exception, match="row-level security"):
        hold_back(
            user_id=medway.user_id("ruth"),
            pupil=medway.children["kuba"],
            carer=medway.carers["ewa"],
            reason="x",
            at=now,
        )


def test_a_reader_who_is_an_adult_of_the_child_neither_reads_nor_ends_it(
    medway: Cast, now: datetime
) -> None:
    hold = holds(medway, now)
    Carer.objects.filter(pk=medway.carers["ewa"].pk).update(user_id=medway.user_id("sam"))
    see(school_id=medway.school.pk, user_id=medway.user_id("sam"))
    assert not HoldBack.objects.exists()
    assert not HoldBack.objects.filter(pk=hold.pk).update(ended_at=now)


def test_it_needs_a_reason_and_an_adult_of_the_child(medway: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    fields = {"user_id": medway.user_id("helen"), "pupil": medway.children["kuba"], "at": now}
    with pytest.raises(HoldReasonMissing):
        hold_back(carer=medway.carers["ewa"], reason=" ", **fields)
    assert not Link.objects.filter(carer=medway.carers["nina"], pupil=fields["pupil"]).exists()
    with pytest.raises(NotOnePersonsChild):
        hold_back(carer=medway.carers["nina"], reason="x", **fields)


def test_it_is_looked_at_again_within_one_working_day_and_goes_on_until_ended(
    medway: Cast, now: datetime
) -> None:
    hold = holds(medway, now)
    assert hold.review_by and now < hold.review_by <= now + timedelta(days=2)
    with pytest.raises(ReviewTooLate):
        confirm(hold=hold, at=now, review_by=now + timedelta(days=4))
    assert waits(medway, "ewa", ("kuba",), now + timedelta(days=30))
    later, first = now + timedelta(days=1), hold.review_by
    assert list(to_look_at_again(now)) == [] and list(to_look_at_again(first)) == [hold]
    assert (confirm(hold=hold, at=later).review_by or first) > first
    end(user_id=medway.user_id("helen"), hold=hold, at=later)
    assert not waits(medway, "ewa", ("kuba",), later)
    end(user_id=medway.user_id("ruth"), hold=hold, at=later + timedelta(days=1))
    assert (hold.ended_at, hold.ended_by_user) == (later, medway.user_id("helen"))


def test_what_is_about_immediate_safety_goes_until_the_lead_has_said_otherwise(
    medway: Cast, now: datetime
) -> None:
    hold = holds(medway, now)
    assert not waits(medway, "ewa", ("kuba",), now, is_safety=True)
    also_what_is_about_safety(hold=hold, wait=True)
    assert waits(medway, "ewa", ("kuba",), now, is_safety=True)


def test_what_stood_there_before_stays(medway: Cast, now: datetime) -> None:
    holds(medway, now)
    assert not waits(medway, "ewa", ("kuba",), now, posted=now - timedelta(seconds=1))
    assert waits(medway, "ewa", ("kuba",), now, posted=now)


def test_nothing_of_it_stands_in_the_ledger(medway: Cast, now: datetime) -> None:
    end(user_id=medway.user_id("helen"), hold=holds(medway, now), at=now)
    begin_the_hour(pupil=medway.children["kuba"], at=now)
    end_the_hour(pupil=medway.children["kuba"], at=now)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("key", EVERYBODY)
def test_anybody_begins_the_hour_and_reads_nothing_by_it(
    medway: Cast, now: datetime, key: str
) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id(key))
    until = begin_the_hour(pupil=medway.children["kuba"], at=now)
    assert until == now + timedelta(hours=1)
    assert HoldBack.objects.exists() is (key in MAY)
    for carer in ("ewa", "piotr"):
        assert waits(medway, carer, ("kuba",), now)
        assert not waits(medway, carer, ("kuba",), until)


def test_the_hour_is_one_of_safeguarding_hours(medway: Cast, now: datetime) -> None:
    saturday = now - timedelta(days=2)
    assert begin_the_hour(pupil=medway.children["kuba"], at=saturday) > saturday + timedelta(days=1)


def test_one_hour_at_a_time(medway: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    begin_the_hour(pupil=medway.children["kuba"], at=now)
    half = now + timedelta(minutes=30)
    begin_the_hour(pupil=medway.children["kuba"], at=half)
    assert HoldBack.objects.count() == 1
    assert not waits(medway, "ewa", ("kuba",), now + timedelta(minutes=61))


@pytest.mark.parametrize("key", EVERYBODY)
def test_the_hour_ends_when_a_reader_has_looked(medway: Cast, now: datetime, key: str) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id("priya"))
    begin_the_hour(pupil=medway.children["kuba"], at=now)
    see(school_id=medway.school.pk, user_id=medway.user_id(key))
    end_the_hour(pupil=medway.children["kuba"], at=now + timedelta(minutes=5))
    ended = not waits(medway, "ewa", ("kuba",), now + timedelta(minutes=6))
    assert ended is (key in MAY | {"grace"})


def test_the_end_of_the_hour_ends_no_hold_that_the_lead_has_set(
    medway: Cast, now: datetime
) -> None:
    holds(medway, now)
    begin_the_hour(pupil=medway.children["kuba"], at=now)
    end_the_hour(pupil=medway.children["kuba"], at=now + timedelta(minutes=5))
    later = now + timedelta(minutes=6)
    assert waits(medway, "ewa", ("kuba",), later) and not waits(medway, "piotr", ("kuba",), later)


def test_no_hour_begins_for_another_schools_child(medway: Cast, trent: Cast, now: datetime) -> None:
    see(school_id=trent.school.pk, user_id=trent.user_id("mia"))
    begin_the_hour(pupil=medway.children["kuba"], at=now)
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    assert not HoldBack.objects.exists()


def test_it_waits_until_nothing_judged_before_is_under_way(
    medway: Cast, now: datetime, owner_connection: psycopg.Connection
) -> None:
    """The sorter holds the lock of `people.judging`; holding back takes it alone."""
    holds(medway, now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 740211"
            " AND objid = %s AND mode = 'ExclusiveLock' AND pid = pg_backend_pid()",
            [medway.school.pk],
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("seed", range(12))
def test_any_number_of_holds_is_judged_like_the_sentence_of_the_decision(
    medway: Cast, now: datetime, seed: int
) -> None:
    dice = random.Random(seed)
    keys, children = ["ewa", "piotr", "nina"], ["kuba", "leo"]
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    for carer in keys:
        for child in children:
            Link.objects.get_or_create(
                school=medway.school,
                carer=medway.carers[carer],
                pupil=medway.children[child],
                defaults={"relationship": "aunt", "receives": Receives.PROGRESS},
            )
    told: list[tuple[str, str, int, int | None, bool]] = []
    for _ in range(dice.randrange(1, 9)):
        carer, child = dice.choice(keys), dice.choice(children)
        start, length = dice.randrange(10), dice.choice([None, dice.randrange(1, 10)])
        hold = hold_back(
            user_id=medway.user_id("helen"),
            pupil=medway.children[child],
            carer=medway.carers[carer],
            reason="x",
            at=now + timedelta(minutes=start),
        )
        too = dice.random() < 0.3
        also_what_is_about_safety(hold=hold, wait=too)
        stop = None if length is None else start + length
        if stop is not None:
            end(user_id=medway.user_id("helen"), hold=hold, at=now + timedelta(minutes=stop))
        told.append((carer, child, start, stop, too))
    for _ in range(40):
        carer, minute, safety = dice.choice(keys), dice.randrange(20), dice.random() < 0.5
        about = tuple(dice.sample(children, dice.randrange(3)))
        expected = any(
            who == carer and child in about and start <= minute
            and (stop is None or minute < stop) and (too or not safety)
            for who, child, start, stop, too in told
        )  # fmt: skip
        at = now + timedelta(minutes=minute)
        assert waits(medway, carer, about, at, is_safety=safety) is expected
