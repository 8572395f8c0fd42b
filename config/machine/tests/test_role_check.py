"""Start-up refuses a role that row-level security would not hold."""

import psycopg
import pytest

from config.machine import kinds
from config.machine.errors import MachineError, WrongKindError, WrongRoleError
from config.machine.postgres import ADMIN, OWNER, Postgres
from config.machine.role_check import mark_of, refuse_a_powerful_role


def test_the_plain_role_is_taken(cluster: Postgres) -> None:
    refuse_a_powerful_role(cluster.url())
    assert mark_of(cluster.url()) == kinds.DEMO


def test_a_superuser_is_refused(cluster: Postgres) -> None:
    with pytest.raises(WrongRoleError, match=r"superuser and may bypass.*DATABASE_OWNER_URL"):
        refuse_a_powerful_role(cluster.url(ADMIN))


def test_the_owner_is_refused(cluster: Postgres) -> None:
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS owned (n int)")
    with pytest.raises(WrongRoleError, match="owns tables and owns the database"):
        refuse_a_powerful_role(cluster.url(OWNER))


def test_a_database_that_is_away_is_a_sentence(cluster: Postgres) -> None:
    with pytest.raises(MachineError, match="does not answer"):
        refuse_a_powerful_role("postgresql://schoolgate:x@%2Fnowhere/schoolgate")


def test_serve_takes_no_demo_and_run_takes_nothing_but_a_demo() -> None:
    with pytest.raises(WrongKindError, match="demo with fictional people"):
        kinds.refuse_other_kind(kinds.DEMO, kinds.REAL)
    for found in (kinds.REAL, ""):
        with pytest.raises(WrongKindError, match="may hold a real school"):
            kinds.refuse_other_kind(found, kinds.DEMO)
    kinds.refuse_other_kind("", kinds.REAL)
