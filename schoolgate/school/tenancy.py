"""One transaction sees one school: the two settings that row-level security judges by."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def see(*, school_id: int | None, user_id: int | None = None) -> None:
    """Let the open transaction see one school, as one person; both end with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('schoolgate.school', %s, true),"
            " set_config('schoolgate.person', %s, true)",
            [str(school_id or ""), str(user_id or "")],
        )


@contextmanager
def one_school(school_id: int, user_id: int | None = None) -> Iterator[None]:
    """A transaction that sees one school; for jobs, commands and the mail listener."""
    with transaction.atomic():
        see(school_id=school_id, user_id=user_id)
        yield
