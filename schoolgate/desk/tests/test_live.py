"""An open desk asks whether it looks different: one query, and no word in the answer."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import answers, fresh, who, writes, writes_again
from schoolgate.desk import version
from schoolgate.desk.version import version_of
from schoolgate.escalation.tests.acting import asks
from schoolgate.incidents.tests.acting import tells, writes_down
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

MINUTE = timedelta(minutes=1)
AT = "/medway-green/live/"


def versions(cast: Cast, at: datetime, *keys: str) -> list[str]:
    """The desks of some people at a moment."""
    return [version_of(who(cast, key, at)) for key in keys]


def test_it_turns_with_what_waits_for_them_and_stays_with_what_does_not(
    medway: Cast, now: datetime
) -> None:
    before = versions(medway, now, "priya", "lena")
    assert versions(medway, now, "priya", "lena") == before
    thread = writes(medway, "ewa", "kuba", now)
    written = versions(medway, now, "priya", "lena")
    assert written[0] != before[0] and written[1] == before[1]
    writes_again(medway, fresh(thread), now + MINUTE)
    again = versions(medway, now, "priya")
    assert again[0] != written[0]
    answers(medway, "priya", fresh(thread), now + MINUTE)
    assert versions(medway, now, "priya")[0] not in {again[0], written[0]}


def made_anew(cast: Cast, key: str, at: datetime) -> datetime:
    """The last moment at or before `at` when that desk is made again though nothing happened.

    It hangs on their number, which is another one after every test on this worker: a moment that
    is merely fixed lies within half a minute of an edge for every tenth number.
    """
    seconds = int(at.timestamp()) + cast.team[key].pk * 7
    return at - timedelta(seconds=seconds % version.STANDS_FOR)


def test_it_turns_with_the_words_of_time_and_not_with_each_second(
    medway: Cast, now: datetime
) -> None:
    writes(medway, "ewa", "kuba", now)
    for key in medway.team:  # whatever their number
        start = made_anew(medway, key, now + MINUTE)
        later = start + timedelta(seconds=version.STANDS_FOR - 1)
        assert versions(medway, start, key) == versions(medway, later, key), key
        assert versions(medway, later + timedelta(seconds=1), key) != versions(medway, later, key)
    due = fresh(medway.carers["ewa"].conversations.get()).due_at
    assert due is not None
    assert versions(medway, due - timedelta(seconds=1), "priya") != versions(
        medway, due + timedelta(seconds=1), "priya"
    )


def test_the_heads_turns_with_what_is_asked_of_them(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    before = versions(medway, now, "ruth")
    asks(medway, "ewa", thread, now)
    assert versions(medway, now, "ruth") != before


def test_it_turns_with_what_must_be_told_today(medway: Cast, now: datetime) -> None:
    before = versions(medway, now, "ruth", "priya", "lena")
    incident = writes_down(medway, "priya", "kuba", now)
    written = versions(medway, now, "ruth", "priya", "lena")
    assert written[0] != before[0] and written[1] != before[1] and written[2] == before[2]
    tells(medway, "priya", incident, now)
    assert versions(medway, now, "priya")[0] != written[1]


def test_it_is_one_query(medway: Cast, now: datetime) -> None:
    for key in ("priya", "joan", "ruth", "grace"):
        asker = who(medway, key, now)
        with CaptureQueriesContext(connection) as asked:
            version_of(asker)
        assert len(asked) == 1, key


@pytest.fixture
def desk(medway: Cast, trent: Cast) -> Client:
    """Priya's open desk."""
    see(school_id=medway.school.pk)
    return enter("priya", medway, trent)[0]


def test_a_page_carries_its_version_and_nothing_new_is_a_304(medway: Cast, desk: Client) -> None:
    page = desk.get("/medway-green/to-answer/")
    tag = f'"{page.context["version"]}"'
    assert page.context["version"] in page.content.decode()
    nothing = desk.get(AT, headers={"If-None-Match": tag})
    assert (nothing.status_code, nothing.content) == (304, b"")
    see(school_id=medway.school.pk)
    writes(medway, "ewa", "kuba", timezone.now(), "A secret word.")
    new = desk.get(AT, headers={"If-None-Match": tag})
    assert new.status_code == 200 and new["ETag"] != tag
    assert new["Cache-Control"] == "private, no-store" and new.content == b"new\n"


def test_a_kept_statement_is_bound_to_whoever_asks(medway: Cast, now: datetime) -> None:
    for carer, child in (("ewa", "kuba"), ("hannah", "ivy")):
        writes(medway, carer, child, now)
    asked = {key: who(medway, key, now) for key in ("priya", "lena", "joan", "ruth")}
    fresh_ones = {}
    for key, asker in asked.items():
        version._made.clear()
        fresh_ones[key] = version_of(asker)
    version._made.clear()
    assert {key: version_of(asker) for key, asker in asked.items()} == fresh_ones
    assert len(set(fresh_ones.values())) == 4
