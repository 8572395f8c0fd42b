"""Start-up refuses a database role that row-level security would not hold."""

import os
import sys

import psycopg

from config.machine import kinds
from config.machine.errors import MachineError, WrongRoleError

QUESTION = """
SELECT current_user, rolsuper, rolbypassrls, rolcreaterole,
       EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p')),
       pg_has_role(current_user, datdba, 'MEMBER')
FROM pg_roles, pg_database
WHERE rolname = current_user AND datname = current_database()
"""
FAULTS = (
    "is a superuser",
    "may bypass row-level security",
    "may make roles",
    "owns tables",
    "owns the database",
)


def refuse_a_powerful_role(url: str) -> None:
    """Raise WrongRoleError unless the role in this address is plain."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = connection.execute(QUESTION).fetchone()
    except psycopg.OperationalError as error:
        raise MachineError(f"The database in DATABASE_URL does not answer: {error}") from error
    assert found is not None
    faults = [fault for fault, is_so in zip(FAULTS, found[1:], strict=True) if is_so]
    if faults:
        raise WrongRoleError(
            f"DATABASE_URL names the role {found[0]}, which {' and '.join(faults)}. Pages and jobs "
            "must run as a plain role, or one school could see another's data. Put that address in "
            "DATABASE_OWNER_URL, and a plain role in DATABASE_URL (see docs/run-your-own.md)."
        )


def mark_of(url: str) -> str:
    """What the database was made for, by its comment; empty if it has none."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        found = connection.execute(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    return str(found[0]) if found else ""


def main() -> int:
    """Judge DATABASE_URL for the supervisor; the wanted kind of database is the only word."""
    url = os.environ["DATABASE_URL"]
    try:
        refuse_a_powerful_role(url)
        if sys.argv[1:]:
            kinds.refuse_other_kind(mark_of(url), sys.argv[1])
    except MachineError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
