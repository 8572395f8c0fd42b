"""The seal: who is told, who reads, and that the database itself keeps everybody else out."""

from datetime import datetime

import pytest
from django.db import connection, transaction

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import who
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions.raising import raise_concern, still_worried
from schoolgate.safeguarding.actions.reading import add_record, note_reading
from schoolgate.safeguarding.models import Addition, Concern, Reading
from schoolgate.school.tenancy import see

WORDS = "He said that he is afraid to go home."
EVERYBODY = ("ewa", "piotr", "nina", "priya", "lena", "dee", "joan", "tom", "ruth", "helen", "sam",
             "grace")  # fmt: skip


def raises(cast: Cast, key: str, at: datetime, **more: object) -> Concern:
    """Somebody raises a concern about Kuba."""
    see(school_id=cast.school.pk, user_id=cast.user_id(key))
    return raise_concern(
        who=who(cast, key, at), words=WORDS, at=at, pupil=cast.children["kuba"], **more
    )


def reads(cast: Cast, key: str) -> bool:
    """Whether the database gives somebody any concern."""
    see(school_id=cast.school.pk, user_id=cast.user_id(key))
    return Concern.objects.exists()


def told() -> set[str]:
    """Who was alerted."""
    parcels = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
    return {parcel.member.name.split(" ")[0].lower() for parcel in parcels.select_related("member")}


@pytest.mark.clause("2.2-T8c")
def test_a_concern_goes_straight_to_lead_deputies_and_head(medway: Cast, now: datetime) -> None:
    raises(medway, "priya", now)
    assert told() == {"helen", "sam", "ruth"}


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
    raises(medway, "priya", now, about_adult=True, about_member=medway.team[about])
    assert told() == {"ruth"}
    assert {key for key in EVERYBODY if reads(medway, key)} == {"priya", "ruth"}


def test_a_concern_about_the_head_is_read_by_the_groups_lead_alone(
    medway: Cast, now: datetime
) -> None:
    raises(medway, "priya", now, about_adult=True, about_member=medway.team["ruth"])
    assert told() == {"grace"}
    assert {key for key in EVERYBODY if reads(medway, key)} == {"priya", "grace"}


def test_the_other_schools_lead_reads_nothing(medway: Cast, trent: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    see(school_id=medway.school.pk, user_id=trent.user_id("idris"))
    assert not Concern.objects.exists()


def test_an_alert_says_nothing_of_what_it_is_about(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    content = Content.objects.get(purpose=Content.Purpose.ALERT)
    for secret in ("afraid", "Kuba", "Ewa", "concern", "afeguarding"):
        assert secret not in content.text + content.subject


def test_it_leaves_no_trace_in_conversations_or_the_ledger(medway: Cast, now: datetime) -> None:
    raises(medway, "ewa", now)
    assert not Conversation.objects.exists()
    assert not Entry.objects.exists()


def test_its_author_keeps_the_words_and_sees_that_a_named_role_read_them(
    medway: Cast, now: datetime
) -> None:
    concern = raises(medway, "ewa", now)
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    note_reading(concern=concern, member=medway.team["helen"], roles=frozenset({"dsl"}), at=now)
    see(school_id=medway.school.pk, user_id=medway.user_id("ewa"))
    assert Concern.objects.get().words == WORDS
    assert Reading.objects.get().role == "dsl"


def test_i_am_still_worried_alerts_again(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    still_worried(who=who(medway, "ewa", now), concern=concern, words="", at=now)
    assert Content.objects.filter(purpose=Content.Purpose.ALERT).count() == 2


def test_the_teams_record_is_not_shown_to_who_raised_it(medway: Cast, now: datetime) -> None:
    concern = raises(medway, "ewa", now)
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    add_record(
        concern=concern,
        member=medway.team["helen"],
        user_id=medway.user_id("helen"),
        words="Rang social care.",
        at=now,
    )
    see(school_id=medway.school.pk, user_id=medway.user_id("ewa"))
    assert not Addition.objects.exists()


@pytest.mark.parametrize("table", ["safeguarding_concern", "safeguarding_addition"])
def test_nothing_written_is_ever_changed(
    medway: Cast, now: datetime, table: str, owner_connection: object
) -> None:
    concern = raises(medway, "ewa", now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET words = 'x'")
        assert cursor.rowcount == 0
        cursor.execute(f"DELETE FROM {table}")
        assert cursor.rowcount == 0
    assert Concern.objects.get(pk=concern.pk).words == WORDS


def test_nobody_raises_a_concern_in_another_persons_name(medway: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id("nina"))
    with pytest.raises(Exception, match="row-level security"):
        raise_concern(who=who(medway, "ewa", now), words=WORDS, at=now)
