"""The seal against a twin: nobody can tell a sealed thread from one that a leader has (decision 8).

Replaced before comparing: random ids by their place in a text, CSRF tokens, nonces.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest

from house_rules.entering import PEOPLE
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.safeguarding.tests import twin
from schoolgate.safeguarding.tests.twin import Life, Stage, Visitor, differing, everything, undone
from schoolgate.school.clock import now as the_time


@pytest.fixture
def on(db: None) -> Stage:
    """The stage, half an hour ago: so that the hour of decision 5 is on."""
    at: datetime = the_time() - timedelta(minutes=30)
    other: Cast = assemble("trent-acres", at)
    return twin.stage(assemble("medway-green", at), other, at)


@pytest.fixture
def heard() -> Iterator[list[logging.LogRecord]]:
    """Every log line, of every room and of the framework."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.DEBUG)
    handler.emit = records.append  # type: ignore[method-assign]  # logging's own way is a subclass
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield records
    root.removeHandler(handler)
    root.setLevel(level)


# Each takes a while: these three are always asked, everybody in `make prove`.
ALWAYS = {"priya", "helen", "ewa"}
EVERYBODY = [pytest.param(one, marks=() if one in ALWAYS else pytest.mark.slow) for one in PEOPLE]
READERS = ("helen", "sam", "ruth")
# Whoever reads concerns by role: pages behind the seal, and holds.
SEALED = {
    "row people_holdback",
    "get sealed",
    "get looked",
    "get chronology",
    "get chronology_paper",
    "get child_file",
    "post child_file",
    "post file_receipt",
    "get sealed_concern",
    "get handing_over",
    "post handing_over",
}
READ_BY_NOBODY = SEALED - {"get looked"}
# Who raised it keeps their own words, by no list (decision 7).
OWN = {"get told_before", "get own_concern", "post own_concern"}

# What went out about the child waits for the child's own parent (decision 5).
NOT_YET = {
    "get home",
    "get all_messages",
    "get conversation",
    "post add_message",
    "get from_school",
}


def differs(
    on: Stage, owner: psycopg.Connection, by: Visitor, *lives: Life
) -> dict[str, list[str]]:
    """Where two lives from the same beginning look different to somebody."""
    since, seen = the_time(), []
    for life in lives:
        with undone(owner):
            seen.append(everything(on, life, by))
    return differing(*seen, since=since)


def places(found: dict[str, list[str]]) -> set[str]:
    """The routes and tables that look different, whatever they were asked about."""
    return {name.rstrip(" 0123456789") for name in found}


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("person", EVERYBODY)
def test_nobody_can_tell_a_sealed_thread_from_one_that_a_leader_has(
    on: Stage, owner_connection: psycopg.Connection, heard: list[logging.LogRecord], person: str
) -> None:
    # The one who keeps it reads the text: it is another leader's twin that the two are shown.
    keeper = "helen" if person in {"helen", "tom"} else "tom"
    by = twin.visitor(on, person, heard)
    found = differs(on, owner_connection, by, twin.sealed, twin.kept_by(keeper))
    if person in {*READERS, "dee"}:
        assert found.pop("log")  # a page that is not there in the other life is a line there
    shows = dict.fromkeys(READERS, SEALED) | {"dee": OWN}
    assert places(found) == shows.get(person, set()), found


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("person", EVERYBODY)
def test_while_the_hour_is_on_nobody_can_tell_that_somebody_is_worried(
    on: Stage, owner_connection: psycopg.Connection, heard: list[logging.LogRecord], person: str
) -> None:
    by = twin.visitor(on, person, heard)
    found = differs(on, owner_connection, by, twin.worry_alone, twin.no_worry)
    if person in {*READERS, "dee"}:
        assert found.pop("log")
    shows = dict.fromkeys(READERS, READ_BY_NOBODY) | {"dee": OWN, "ewa": NOT_YET}
    assert places(found) == shows.get(person, set()), found


@pytest.mark.parametrize("person", ["ewa", pytest.param("piotr", marks=pytest.mark.slow)])
def test_for_whom_it_waits_it_is_as_if_nothing_had_gone_out(
    on: Stage, owner_connection: psycopg.Connection, heard: list[logging.LogRecord], person: str
) -> None:
    by = twin.visitor(on, person, heard)
    found = differs(on, owner_connection, by, twin.worry_alone, twin.nothing)
    # Rows of the post room are there: no page gives them to this person.
    assert {name: said for name, said in found.items() if name.startswith(("get", "post"))} == {}
