"""Writing down: any team member, once, with a due time; another child's name stops it."""

import uuid
from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.incidents.access import visible_to
from schoolgate.incidents.errors import (
    InTheFuture,
    NobodyToTalkTo,
    NothingWritten,
)
from schoolgate.incidents.kinds import COUNTED, NAMES, Kind, sentence
from schoolgate.incidents.models import Incident
from schoolgate.incidents.tests.acting import writes_down
from schoolgate.ledger.models import Entry
from schoolgate.people.access import children_to_write_about
from schoolgate.people.actions.ending import end_access
from schoolgate.people.errors import OtherChildNamed
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see


def test_any_team_member_writes_it_down_and_it_is_due_the_same_day(
    medway: Cast, now: datetime
) -> None:
    incident = writes_down(medway, "andy", "kuba", now)
    assert incident.due_at == now.replace(hour=17, minute=30)
    assert list(incident.there.all()) == [medway.team["andy"]]
    assert Entry.objects.get(verb="wrote down an incident").facts["kind"] == "restraint"


def test_the_same_press_twice_is_one_incident(medway: Cast, now: datetime) -> None:
    once = uuid.uuid4()
    first = writes_down(medway, "priya", "kuba", now, once=once)
    assert writes_down(medway, "priya", "kuba", now, once=once) == first
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("what", [{"facts": " \n"}, {"place": ""}])
def test_without_facts_and_a_place_it_is_refused(
    medway: Cast, now: datetime, what: dict[str, str]
) -> None:
    with pytest.raises(NothingWritten):
        writes_down(medway, "priya", "kuba", now, **what)


def test_what_has_not_happened_yet_is_refused(medway: Cast, now: datetime) -> None:
    with pytest.raises(InTheFuture):
        writes_down(medway, "priya", "kuba", now, happened_at=now + timedelta(minutes=1))


def test_whom_the_family_can_talk_to_is_somebody_who_is_still_here(
    medway: Cast, now: datetime
) -> None:
    end_access(actor=actor_of(medway, "ruth"), member=medway.team["andy"], at=now)
    medway.team["andy"].refresh_from_db()
    with pytest.raises(NobodyToTalkTo):
        writes_down(medway, "priya", "kuba", now, talk_to=medway.team["andy"])


@pytest.mark.parametrize(
    "facts",
    [
        "He pushed Noah and was held.",
        "He pushed NOAH.",
        "He ran at Noah’s table.",
        "The Reed boy was near.",
        "Noah.",
    ],
)
def test_another_childs_name_stops_it_until_a_reason_is_given(
    medway: Cast, now: datetime, facts: str
) -> None:
    with pytest.raises(OtherChildNamed, match="Noah"):
        writes_down(medway, "priya", "kuba", now, facts=facts)
    incident = writes_down(
        medway, "priya", "kuba", now, facts=facts, named_because="Both families agreed."
    )
    assert incident.named_because
    assert Entry.objects.get(verb="named another child").facts["names"] == 1


@pytest.mark.parametrize(
    "facts", ["Kuba Malinowski was held by Priya Nair.", "We took him to the max.", "It was loud."]
)
def test_the_childs_own_name_the_adults_and_plain_words_stop_nothing(
    medway: Cast, now: datetime, facts: str
) -> None:
    assert writes_down(medway, "priya", "kuba", now, facts=facts).pk


def test_every_kind_has_a_name_and_a_sentence_and_the_law_counts_four() -> None:
    assert set(NAMES) == set(Kind)
    assert all("Kuba" in sentence(kind, "Kuba") for kind in Kind)
    assert set(COUNTED) == {Kind.FORCE, Kind.RESTRAINT, Kind.SECLUSION, Kind.SUSPENSION}


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("priya", True),  # the child's tutor
        ("dee", True),  # who wrote it
        ("tom", True),
        ("ruth", True),
        ("helen", True),
        ("sam", True),
        ("andy", True),  # who was there
        ("lena", False),
        ("joan", False),
        ("grace", False),
        ("ewa", False),
        ("nina", False),
    ],
)
def test_who_was_there_the_tutor_leaders_and_the_lead_see_it_and_nobody_else(
    medway: Cast, now: datetime, person: str, sees: bool
) -> None:
    team = medway.team
    writes_down(medway, "dee", "kuba", now, there=[team["andy"]], talk_to=team["ruth"])
    assert visible_to(who(medway, person, now)).exists() is sees


def test_the_other_schools_head_sees_nothing(medway: Cast, trent: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk)
    writes_down(medway, "priya", "kuba", now)
    see(school_id=trent.school.pk)
    assert not visible_to(who(trent, "marcus", now)).exists()


def test_a_colleague_who_is_a_parent_reads_it_as_a_parent_alone(
    medway: Cast, now: datetime
) -> None:
    writes_down(medway, "dee", "kuba", now)
    ewa = medway.carers["ewa"]
    ewa.user_id = medway.team["priya"].user_id
    ewa.save()
    assert not visible_to(who(medway, "priya", now)).exists()
    assert medway.children["kuba"] not in children_to_write_about(who(medway, "priya", now))


def test_who_is_above_the_school_reads_no_names(medway: Cast, now: datetime) -> None:
    assert not children_to_write_about(who(medway, "grace", now)).exists()
