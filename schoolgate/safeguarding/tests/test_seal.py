"""The seal: who is told, who reads, and that the database itself keeps everybody else out."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection, models, transaction

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import who
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions.breaking_glass import break_glass
from schoolgate.safeguarding.actions.raising import raise_concern, still_worried
from schoolgate.safeguarding.actions.recording import decide
from schoolgate.safeguarding.actions.transferring import note_receipt
from schoolgate.safeguarding.models import (
    Alert,
    BrokenGlass,
    Concern,
    FileStep,
    Reading,
    Step,
    View,
)
from schoolgate.safeguarding.tests.acting import (
    EVERYBODY,
    WORDS,
    as_person,
    hand,
    raises,
    rings,
    told,
)
from schoolgate.safeguarding.tests.acting import reads as opens
from schoolgate.school.tenancy import see


def reads(cast: Cast, key: str) -> bool:
    """Whether the database gives somebody any concern."""
    see(school_id=cast.school.pk, user_id=cast.user_id(key))
    return Concern.objects.exists()


@pytest.mark.clause("2.2-T8c")
def test_a_concern_goes_straight_to_lead_deputies_and_head(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "priya", now)
    assert told(medway, concern) == {"helen", "sam", "ruth"}


@pytest.mark.clause("2.2-T8c", "2.2-T5")
@pytest.mark.parametrize("key", EVERYBODY)
def test_only_its_author_lead_deputies_and_head_read_it(
    medway: Cast, now: datetime, key: str
) -> None:
    raises(medway, "ewa", now)
    assert reads(medway, key) is (key in {"ewa", "ruth", "helen", "sam"})


@pytest.mark.parametrize("about", ["helen", "sam"])
def test_a_concern_about_an_adult_here_is_read_by_the_head_alone(
    medway: Cast, now: datetime, about: str
) -> None:
    concern = raises(medway, "priya", now, adult=True, member=medway.team[about])
    assert told(medway, concern) == {"ruth"}
    assert {key for key in EVERYBODY if reads(medway, key)} == {"priya", "ruth"}


def test_a_concern_about_the_head_is_read_by_the_groups_lead_alone(
    medway: Cast, now: datetime
) -> None:
    concern = raises(medway, "priya", now, adult=True, member=medway.team["ruth"])
    assert told(medway, concern) == {"grace"}
    assert {key for key in EVERYBODY if reads(medway, key)} == {"priya", "grace"}


def test_the_other_schools_lead_reads_nothing(medway: Cast, trent: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    see(school_id=medway.school.pk, user_id=trent.user_id("idris"))
    assert not Concern.objects.exists()


def test_an_alert_says_nothing_of_what_it_is_about(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    for letter in rings(medway, now):
        said = as_bytes(letter).decode()
        for secret in ("afraid", "Kuba", "Ewa", "concern", "afeguarding"):
            assert secret not in said


def test_it_leaves_no_trace_in_conversations_or_the_ledger(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    assert not Conversation.objects.exists()
    assert not Entry.objects.exists()


def test_no_count_of_the_post_room_or_of_jobs_tells_that_there_is_one(
    medway: Cast, now: datetime
) -> None:
    raises(medway, "ewa", now)
    assert len(rings(medway, now)) == 3
    assert not Content.objects.exists() and not Parcel.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


def test_its_author_keeps_the_words_and_sees_that_a_named_role_read_them(
    medway: Cast, now: datetime
) -> None:
    concern = raises(medway, "ewa", now)
    opens(medway, "helen", concern, now)
    see(school_id=medway.school.pk, user_id=medway.user_id("ewa"))
    assert Concern.objects.get().words == WORDS
    assert Reading.objects.get().role == "dsl"


def test_i_am_still_worried_calls_the_same_people_again(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    rings(medway, now)
    opens(medway, "helen", concern, now + timedelta(minutes=1))
    later = now + timedelta(hours=1)
    as_person(medway, "ewa")
    still_worried(who=who(medway, "ewa", later), concern=concern, words="", at=later)
    assert told(medway, concern) == {"helen", "sam", "ruth"}
    assert len(rings(medway, later)) == 3


def test_the_teams_record_is_not_shown_to_who_raised_it(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    everything(medway, concern, now)
    as_person(medway, "ewa")
    assert not Step.objects.exists()
    assert not Alert.objects.exists()
    assert not View.objects.exists()


ONLY_ADDED_TO = ("concern", "addition", "reading", "step", "view", "brokenglass", "filestep")
SEALED = (Concern, Step, Alert, View, Reading)


def everything(cast: Cast, concern: Concern, at: datetime) -> None:
    """A row in every sealed table about one concern about a child."""
    opens(cast, "helen", concern, at)
    decide(hand=hand(cast, "helen", concern, at), outcome="monitor", reason="A pattern.")
    as_person(cast, "helen")
    note_receipt(
        who=who(cast, "helen", at),
        pupil=cast.children["kuba"],
        from_school="Hilltop",
        words="Their lead, by telephone.",
        at=at,
    )
    break_glass(
        who=who(cast, "helen", at), pupil=cast.children["kuba"], reason="Nobody else.", at=at
    )


@pytest.mark.parametrize("table", ONLY_ADDED_TO)
def test_nothing_written_is_ever_changed(
    medway: Cast, now: datetime, table: str, owner_connection: object
) -> None:
    concern = raises(medway, "ewa", now)
    still_worried(who=who(medway, "ewa", now), concern=concern, words="", at=now)
    everything(medway, concern, now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM safeguarding_{table}")
        assert cursor.fetchone() != (0,)
        cursor.execute(f"UPDATE safeguarding_{table} SET at = at" if table != "concern" else
                       "UPDATE safeguarding_concern SET words = 'x'")  # fmt: skip
        assert cursor.rowcount == 0
        cursor.execute(f"DELETE FROM safeguarding_{table}")
        assert cursor.rowcount == 0


@pytest.mark.parametrize("key", EVERYBODY)
@pytest.mark.parametrize("model", [*SEALED, FileStep, BrokenGlass], ids=lambda one: one.__name__)
def test_every_sealed_table_is_kept_from_all_but_the_few(
    medway: Cast, now: datetime, key: str, model: type[models.Model]
) -> None:
    concern = raises(medway, "dee", now)
    everything(medway, concern, now)
    few = {"helen", "sam", "ruth"}
    if model is BrokenGlass:
        few = {"helen", "ruth", "grace"}
    if model in {Concern, Reading}:
        few |= {"dee"}  # who raised it keeps the words and the receipt
    as_person(medway, key)
    assert model._default_manager.exists() is (key in few)


@pytest.mark.parametrize("key", ["idris", "bea", "marcus", "grace"])
@pytest.mark.parametrize("model", [*SEALED, FileStep, BrokenGlass], ids=lambda one: one.__name__)
def test_the_other_schools_people_read_no_sealed_table(
    medway: Cast, trent: Cast, now: datetime, key: str, model: type[models.Model]
) -> None:
    everything(medway, raises(medway, "dee", now), now)
    for school in (medway.school.pk, trent.school.pk):
        see(school_id=school, user_id=trent.user_id(key))
        assert not model._default_manager.exists()


def test_nobody_raises_a_concern_in_another_persons_name(medway: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id("nina"))
    with pytest.raises(Exception, match="row-level security"):
        raise_concern(who=who(medway, "ewa", now), words=WORDS, at=now)


def test_the_same_form_sent_twice_is_one_concern(medway: Cast, now: datetime) -> None:
    as_person(medway, "ewa")
    once, person = uuid.uuid4(), who(medway, "ewa", now)
    first = raise_concern(who=person, words=WORDS, at=now, once=once)
    assert raise_concern(who=person, words=WORDS, at=now, once=once) == first
    assert Concern.objects.count() == 1


def test_more_than_twenty_thousand_words_are_kept_whole(medway: Cast, now: datetime) -> None:
    words = "He said it again. " * 21_000
    as_person(medway, "ewa")
    raise_concern(who=who(medway, "ewa", now), words=words, at=now)
    assert Concern.objects.get().words == words
