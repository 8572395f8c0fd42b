"""Adults who work here: the case manager alone, and the lead's own sight ends (decision 6)."""

from datetime import datetime, timedelta

import pytest
from django.db import models

from schoolgate.conversations.tests.acting import who
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions import recording
from schoolgate.safeguarding.errors import NamedInVain
from schoolgate.safeguarding.models import Addition, Alert, Concern, Reading, Step, View
from schoolgate.safeguarding.pages.queue import lado_due
from schoolgate.safeguarding.standing import record_of
from schoolgate.safeguarding.states import State
from schoolgate.safeguarding.tests.acting import (
    EVERYBODY,
    as_person,
    hand,
    raises,
    reads,
    rings,
    state,
    told,
)

MINUTE = timedelta(minutes=1)
TABLES = (Concern, Step, Alert, View, Reading)


@pytest.fixture
def passed(medway: Cast, now: datetime) -> Concern:
    """Ewa raised it as about a child; Helen read it and it is about an adult here."""
    concern = raises(medway, "ewa", now)
    rings(medway, now)
    reads(medway, "helen", concern, now + MINUTE)
    recording.decide(
        hand=hand(medway, "helen", concern, now + 2 * MINUTE), outcome="lado", reason="A grip."
    )
    return concern


@pytest.mark.parametrize("key", ["helen", "sam"])
@pytest.mark.parametrize("model", TABLES, ids=lambda one: one.__name__)
def test_what_is_passed_on_leaves_the_leads_own_sight_with_all_its_rows(
    medway: Cast, passed: Concern, key: str, model: type[models.Model]
) -> None:
    as_person(medway, key)
    assert not model._default_manager.exists()


@pytest.mark.clause("2.2-T8c")
def test_the_case_manager_alone_is_called_anew_and_reads_it(
    medway: Cast, passed: Concern, now: datetime
) -> None:
    assert told(medway, passed) == {"ruth"}
    assert {one.to.partition("@")[0] for one in rings(medway, now + 3 * MINUTE)} == {"ruth"}
    assert state(medway, "ruth", passed) is State.ALERTED
    reads(medway, "ruth", passed, now + 4 * MINUTE)
    assert state(medway, "ruth", passed) is State.READ


def test_passed_on_as_about_the_head_it_goes_past_the_head(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    reads(medway, "helen", concern, now + MINUTE)
    recording.decide(
        hand=hand(medway, "helen", concern, now + 2 * MINUTE),
        outcome="lado",
        reason="He says it was the head.",
        member=medway.team["ruth"],
    )
    assert told(medway, concern) == {"grace"}
    readers = set()
    for key in EVERYBODY:
        as_person(medway, key)
        if access.readable(who(medway, key, now)).exists():
            readers.add(key)
    assert readers == {"grace"}


def test_it_stands_in_the_case_managers_own_list_and_in_no_other(
    medway: Cast, passed: Concern, now: datetime
) -> None:
    as_person(medway, "ruth")
    ruth = who(medway, "ruth", now)
    assert list(access.about_adults(ruth)) == [passed]
    assert not access.sealed(ruth).exists()
    assert not access.of_child(ruth, medway.children["kuba"]).exists()


def test_the_lado_is_owed_within_one_working_day_until_they_were_told(
    medway: Cast, now: datetime
) -> None:
    concern = raises(medway, "priya", now, adult=True)
    reads(medway, "ruth", concern, now + MINUTE)
    record = record_of(concern)
    assert record.lado_is_owed
    assert lado_due(medway.school, record) == now + timedelta(days=1)
    recording.note(
        hand=hand(medway, "ruth", concern, now + 2 * MINUTE), kind="told lado", words="Rung."
    )
    assert not record_of(concern).lado_is_owed


def test_a_low_level_concern_is_kept_and_owes_the_lado_nothing(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "priya", now, adult=True)
    reads(medway, "ruth", concern, now + MINUTE)
    recording.decide(
        hand=hand(medway, "ruth", concern, now + 2 * MINUTE), outcome="low_level", reason="Tone."
    )
    assert not record_of(concern).lado_is_owed
    recording.close(hand=hand(medway, "ruth", concern, now + 3 * MINUTE), words="Spoken with.")
    assert state(medway, "ruth", concern) is State.CLOSED


def test_one_about_an_adult_waits_for_no_second_person(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "priya", now, adult=True)
    reads(medway, "ruth", concern, now + MINUTE)
    recording.decide(
        hand=hand(medway, "ruth", concern, now + 2 * MINUTE),
        outcome="not_safeguarding",
        reason="Another school.",
    )
    recording.close(hand=hand(medway, "ruth", concern, now + 3 * MINUTE), words="Told them.")
    assert state(medway, "ruth", concern) is State.CLOSED


def test_a_lead_who_raised_it_keeps_the_words_but_not_in_the_queue(
    medway: Cast, now: datetime
) -> None:
    concern = raises(medway, "helen", now, adult=True)
    helen = who(medway, "helen", now)
    assert list(access.own(helen)) == [concern]
    assert not access.readable(helen).exists()
    assert not Addition.objects.exists()


def test_a_case_manager_who_finds_it_is_about_the_head_passes_it_past_the_head(
    medway: Cast, passed: Concern, now: datetime
) -> None:
    reads(medway, "ruth", passed, now + 3 * MINUTE)
    recording.decide(
        hand=hand(medway, "ruth", passed, now + 4 * MINUTE),
        outcome="lado",
        reason="It was I.",
        member=medway.team["ruth"],
    )
    assert not Concern.objects.exists()
    assert told(medway, passed) == {"grace"}


def test_an_adult_named_beside_another_outcome_is_not_silently_left_out(
    medway: Cast, now: datetime
) -> None:
    concern = raises(medway, "ewa", now)
    reads(medway, "helen", concern, now + MINUTE)
    with pytest.raises(NamedInVain):
        recording.decide(
            hand=hand(medway, "helen", concern, now + 2 * MINUTE),
            outcome="monitor",
            reason="Odd.",
            member=medway.team["sam"],
        )
