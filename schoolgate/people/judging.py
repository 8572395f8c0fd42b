"""While letters judged by the present rules are being handed over, no rule narrows.

The post room judges some hundred letters and hands them over within about a second. It holds a lock
for that long which others like it may share; a verb that narrows what somebody may receive takes it
alone. So once an order is in force, nothing leaves that it forbids (threat T1).
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import InterfaceError, OperationalError, connection, transaction

# The lock's first number; the second is the school's.
_LOCK = 740_211
# A hand-over that hangs must not keep an order from being entered; what hangs is one letter a line.
_PATIENCE = "10s"


@contextmanager
def judged(school_id: int) -> Iterator[None]:
    """Hold the rules of one school as they are; for the sorter, outside of any transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", [_LOCK, school_id])
    try:
        yield
    finally:
        _let_go(school_id)


def judged_here(school_id: int) -> None:
    """The same within a transaction, held until it commits: for what is printed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [_LOCK, school_id])


def narrow(school_id: int) -> None:
    """Wait until nothing judged by the old rules is under way; held until the caller commits."""
    with suppress(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, school_id])
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")


def _let_go(school_id: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_shared(%s, %s)", [_LOCK, school_id])
    except (OperationalError, InterfaceError):
        connection.close()
