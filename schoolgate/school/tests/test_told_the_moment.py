"""The database judges by the moment that the transaction was told, else by the real clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from schoolgate.school.tenancy import one_school, see

NIGHT = datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)


def in_the_database() -> datetime:
    """What the database's rules take the moment to be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT school_moment()")
        found: datetime = cursor.fetchone()[0]
    return found


def real_clock() -> datetime:
    """The database's own clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        found: datetime = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_the_moment_told_is_the_databases_to_the_microsecond() -> None:
    see(school_id=None, at=NIGHT)
    assert in_the_database() == NIGHT


@pytest.mark.django_db
def test_where_none_is_told_the_real_clock_holds() -> None:
    see(school_id=None)
    assert in_the_database() == real_clock()


@pytest.mark.django_db
def test_another_person_or_school_leaves_the_moment_as_it_was_told() -> None:
    see(school_id=None, at=NIGHT)
    see(school_id=1, user_id=2)
    assert in_the_database() == NIGHT
    see(school_id=1, user_id=2, at=NIGHT + timedelta(days=1))
    assert in_the_database() == NIGHT + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_it_ends_with_the_transaction() -> None:
    with one_school(1, at=NIGHT):
        assert in_the_database() == NIGHT
    with transaction.atomic():
        assert in_the_database() == real_clock()
