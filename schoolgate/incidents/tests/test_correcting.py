"""Corrections append; a second reader is asked, and nothing waits for them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schoolgate.conversations.tests.acting import actor_of, who, writes_again
from schoolgate.incidents.access import visible_to
from schoolgate.incidents.actions.correcting import correct
from schoolgate.incidents.actions.reading import ask_to_read, note_reading
from schoolgate.incidents.errors import (
    NobodyToTalkTo,
    NothingWritten,
    NotTheReader,
)
from schoolgate.incidents.models import Incident
from schoolgate.incidents.tests.acting import holds, tells, writes_down
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.ending import end_access
from schoolgate.people.errors import OtherChildNamed
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.school.tenancy import see


def corrects(cast: Cast, member: str, incident: Incident, at: datetime, **said: Any) -> None:
    """Somebody puts something right."""
    said = {"words": "It was one adult, not two.", **said}
    actor = actor_of(cast, member)
    correct(actor=actor, member=cast.team[member], incident=incident, at=at, **said)


def test_a_correction_stands_below_and_changes_nothing(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    thread = tells(medway, "priya", incident, now)["ewa"].conversation
    before = thread.messages.get().body
    corrects(medway, "priya", incident, now + timedelta(hours=1))
    bodies = list(thread.messages.order_by("at").values_list("body", flat=True))
    assert bodies[0] == before and "one adult, not two" in bodies[1]
    incident.refresh_from_db()
    assert incident.facts == "Two adults held his arms for two minutes."
    assert Entry.objects.filter(verb="corrected an incident").count() == 1


def test_whoever_is_told_later_reads_both(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    corrects(medway, "priya", incident, now)
    body = tells(medway, "priya", incident, now)["ewa"].conversation.messages.get().body
    assert "Two adults held" in body and "one adult, not two" in body


def test_it_answers_no_question_of_the_family(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    thread = tells(medway, "priya", incident, now)["ewa"].conversation
    writes_again(medway, thread, now + timedelta(minutes=30))
    corrects(medway, "priya", incident, now + timedelta(hours=1))
    assert Promise.objects.get().open


def test_it_goes_to_nobody_who_is_held_back(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "lena", "ivy", now)
    holds(medway, "helen", incident, now, carer="gareth")
    see(school_id=medway.school.pk)
    told = tells(medway, "lena", incident, now)
    corrects(medway, "lena", incident, now)
    assert told["hannah"].conversation.messages.count() == 2
    assert told["gareth"].conversation is None


def test_it_needs_words_and_names_no_other_child(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    with pytest.raises(NothingWritten):
        corrects(medway, "priya", incident, now, words=" ")
    with pytest.raises(OtherChildNamed, match="Noah"):
        corrects(medway, "priya", incident, now, words="It was Noah.")
    corrects(medway, "priya", incident, now, words="It was Noah.", named_because="Agreed.")


def test_a_second_reader_sees_it_and_says_something_and_nothing_waits(
    medway: Cast, now: datetime
) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    lena = medway.team["lena"]
    assert not visible_to(who(medway, "lena", now)).exists()
    for _twice in range(2):
        ask_to_read(
            actor=actor_of(medway, "priya"),
            member=medway.team["priya"],
            incident=incident,
            reader=lena,
            at=now,
        )
    assert visible_to(who(medway, "lena", now)).get() == incident
    assert tells(medway, "priya", incident, now)["ewa"].state == "told"
    read = note_reading(
        actor=actor_of(medway, "lena"), member=lena, incident=incident, words="Fine.", at=now
    )
    assert (read.words, read.read_at, incident.readings.count()) == ("Fine.", now, 1)


def test_who_was_not_asked_has_not_read_it(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    tom = medway.team["tom"]
    said = {"actor": actor_of(medway, "tom"), "member": tom, "incident": incident, "at": now}
    with pytest.raises(NotTheReader):
        note_reading(words="Fine.", **said)
    ask_to_read(reader=tom, **said)
    with pytest.raises(NothingWritten):
        note_reading(words=" ", **said)


def test_who_has_left_can_not_be_asked(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    andy = medway.team["andy"]
    end_access(actor=actor_of(medway, "ruth"), member=andy, at=now)
    andy.refresh_from_db()
    with pytest.raises(NobodyToTalkTo):
        ask_to_read(
            actor=actor_of(medway, "priya"),
            member=medway.team["priya"],
            incident=incident,
            reader=andy,
            at=now,
        )
