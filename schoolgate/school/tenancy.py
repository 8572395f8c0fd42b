"""One transaction sees one school: the settings that row-level security judges by.

Beside the school and the person stands the moment at which the verb is done, so that a rule with a
time in it (a role, an opened glass) is judged in the database at the moment of the verb and not at
the machine's. What was not told is the real clock; what was told stays until it is told anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction


def see(*, school_id: int | None, user_id: int | None = None, at: datetime | None = None) -> None:
    """Let the open transaction see one school, as one person, at a moment (UTC); all end with it.

    Without a moment the one told before holds.
    """
    told = {"schoolgate.school": str(school_id or ""), "schoolgate.person": str(user_id or "")}
    if at is not None:
        told["schoolgate.moment"] = at.isoformat()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(told)),
            [part for setting in told.items() for part in setting],
        )


@contextmanager
def one_school(
    school_id: int, user_id: int | None = None, *, at: datetime | None = None
) -> Iterator[None]:
    """A transaction that sees one school; for jobs, commands and the mail listener (UTC)."""
    with transaction.atomic():
        see(school_id=school_id, user_id=user_id, at=at)
        yield
