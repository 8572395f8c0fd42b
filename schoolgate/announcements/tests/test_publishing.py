"""Publishing: rows are made then, by the rule as it stands then, once, and nobody is added."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolgate.announcements.actions.drafting import Audience, make_list
from schoolgate.announcements.actions.publishing import publish, publish_due
from schoolgate.announcements.actions.sending import UNDO, schedule, take_back
from schoolgate.announcements.errors import (
    InThePast,
    NobodyChosen,
    NotFilledIn,
    NothingWritten,
    TooLateToUndo,
)
from schoolgate.announcements.tests.announcing import (
    fresh,
    goes_out,
    people,
    rows,
    sends,
    to_all,
    to_group,
    writes,
)
from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.delivery.actions.handing_off import record_hand_off
from schoolgate.delivery.models import Parcel
from schoolgate.people.actions.ending import end_access
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.models import (
    Carer,
    ClassPlace,
    ContactRoute,
    Group,
    Link,
    Preference,
    Pupil,
    Receives,
)
from schoolgate.rehearsal.cast import Cast


@pytest.mark.clause("2.1-M2c")
def test_everybody_entitled_gets_a_row_of_their_own_and_nobody_else(
    medway: Cast, now: datetime
) -> None:
    made = goes_out(medway, "priya", now, to_group(medway, "Oak"))
    assert made.state == "published"
    # Piotr's order allows nothing; both of Max's parents get the same.
    assert people(made) == {"Ewa", "Nina", "Chidi", "Hannah", "Gareth"}
    assert ("Hannah", "email", "waiting") in rows(made)
    assert ("Gareth", "email", "waiting") in rows(made)
    assert all(row.carer_id and not row.address for row in Parcel.objects.all())


def test_a_carer_with_several_children_gets_one_message_that_names_them(
    medway: Cast, now: datetime
) -> None:
    third = Pupil.objects.create(
        school=medway.school,
        first_name="Fred",
        last_name="Hale",
        tutor_group=medway.groups["Ash"],
    )
    Link.objects.create(
        school=medway.school, pupil=third, carer=medway.carers["hannah"], relationship="mother"
    )
    made = goes_out(medway, "joan", now, to_all())
    row = Parcel.objects.get(content=made.content, carer=medway.carers["hannah"], channel="email")
    kids = {medway.children["ivy"].pk, medway.children["max"].pk, third.pk}
    assert set(row.children) == kids
    other = Parcel.objects.get(content=made.content, carer=medway.carers["gareth"], channel="email")
    assert set(other.children) == kids - {third.pk}


def test_who_has_no_email_still_has_it_in_the_portal(medway: Cast, now: datetime) -> None:
    made = goes_out(medway, "andy", now, to_group(medway, "Ash"))
    assert {row for row in rows(made) if row[0] == "Hal"} == {("Hal", "portal", "sent")}


def test_publishing_twice_or_after_a_job_that_died_adds_nobody(medway: Cast, now: datetime) -> None:
    made = sends(medway, "priya", writes(medway, "priya", now, to_group(medway, "Oak")), now)
    assert publish(school=medway.school, number=made.pk, at=now + timedelta(minutes=1)) == 0
    assert publish_due(school=medway.school, at=now + UNDO) == 1
    before = rows(fresh(made))
    assert publish(school=medway.school, number=made.pk, at=now + UNDO) == 0
    assert publish_due(school=medway.school, at=now + timedelta(days=1)) == 0
    assert rows(fresh(made)) == before


def test_recipients_are_worked_out_at_the_time_and_never_frozen(
    medway: Cast, now: datetime
) -> None:
    later = now + timedelta(days=2)
    made = writes(medway, "priya", now, to_group(medway, "Oak"))
    schedule(
        actor=actor_of(medway, "priya"),
        who=who(medway, "priya", now),
        announcement=made,
        publish_at=later,
        at=now,
    )
    link = Link.objects.get(carer=medway.carers["nina"])
    begin_limit(
        actor=actor_of(medway, "ruth"),
        link=link,
        at_most=Receives.NOTHING,
        says="An order",
        at=now + timedelta(days=1),
    )
    Pupil.objects.filter(pk=medway.children["ivy"].pk).update(tutor_group=medway.groups["Oak"])
    publish(school=medway.school, number=made.pk, at=later)
    got = people(fresh(made))
    assert "Nina" not in got and "Gareth" in got
    row = Parcel.objects.filter(carer=medway.carers["gareth"], channel="portal").get()
    assert set(row.children) == {medway.children["ivy"].pk, medway.children["max"].pk}


def test_who_joins_later_gets_nothing(medway: Cast, now: datetime) -> None:
    made = goes_out(medway, "priya", now, to_group(medway, "Oak"))
    late = Carer.objects.create(school=medway.school, name="Late Reed", called="Late")
    Link.objects.create(
        school=medway.school, pupil=medway.children["noah"], carer=late, relationship="aunt"
    )
    publish_due(school=medway.school, at=now + timedelta(hours=1))
    assert "Late" not in people(made)


def test_two_minutes_to_undo_and_nobody_got_it(medway: Cast, now: datetime) -> None:
    made = sends(medway, "priya", writes(medway, "priya", now, to_group(medway, "Oak")), now)
    undone = take_back(
        actor=actor_of(medway, "priya"), announcement=made, at=now + timedelta(seconds=119)
    )
    assert undone.state == "draft" and not Parcel.objects.exists()
    assert publish(school=medway.school, number=made.pk, at=now + UNDO) == 0
    again = sends(medway, "priya", undone, now + timedelta(minutes=5))
    assert publish(school=medway.school, number=made.pk, at=now + UNDO) == 0  # the first job
    with pytest.raises(TooLateToUndo):
        take_back(
            actor=actor_of(medway, "priya"), announcement=again, at=now + timedelta(minutes=7)
        )


def test_taken_back_later_what_is_claimed_goes_and_what_waits_stays(
    medway: Cast, now: datetime
) -> None:
    made = goes_out(medway, "priya", now, to_group(medway, "Oak"))
    ewas = Parcel.objects.filter(carer=medway.carers["ewa"], channel="email")
    ewas.update(state="claimed")
    take_back(actor=actor_of(medway, "priya"), announcement=made, at=now + timedelta(hours=1))
    emails = {row for row in rows(made) if row[1] == "email"}
    assert ("Ewa", "email", "claimed") in emails
    assert {state for name, _, state in emails if name != "Ewa"} == {"taken back"}


def test_every_part_of_the_school_can_be_an_audience(medway: Cast, now: datetime) -> None:
    Group.objects.filter(name="Elm").update(phase="secondary")
    art = Group.objects.create(school=medway.school, name="Art", kind="class")
    ClassPlace.objects.create(school=medway.school, group=art, pupil=medway.children["leo"])
    trip = make_list(
        actor=actor_of(medway, "joan"),
        member=medway.team["joan"],
        name="Woods",
        kind="trip",
        pupils=[medway.children["amara"]],
        at=now,
    )
    expected = {
        "phase": (Audience(phases=["secondary"]), {"Hannah", "Gareth", "Rania", "Karim"}),
        "class": (Audience(groups=[art]), {"Jo", "Dawn", "Hal"}),
        "child": (Audience(children=[medway.children["noah"]]), {"Nina"}),
        "list": (Audience(lists=[trip]), {"Chidi"}),
        "two": (
            Audience(lists=[trip], children=[medway.children["noah"], medway.children["amara"]]),
            {"Chidi", "Nina"},
        ),
    }
    for name, (audience, who_gets) in expected.items():
        assert people(goes_out(medway, "joan", now, audience)) == who_gets, name


def test_nothing_goes_without_words_people_and_filled_gaps(medway: Cast, now: datetime) -> None:
    oak = to_group(medway, "Oak")
    for error, made in (
        (NothingWritten, writes(medway, "priya", now, oak, text=" ")),
        (NobodyChosen, writes(medway, "priya", now, Audience())),
        (NotFilledIn, writes(medway, "priya", now, oak, subject="Closed on [day]")),
    ):
        with pytest.raises(error):
            sends(medway, "priya", made, now)
    with pytest.raises(InThePast):
        schedule(
            actor=actor_of(medway, "priya"),
            who=who(medway, "priya", now),
            announcement=writes(medway, "priya", now, oak),
            publish_at=now,
            at=now,
        )


def test_a_sender_who_left_meanwhile_sends_nothing_and_somebody_is_told(
    medway: Cast, now: datetime
) -> None:
    made = sends(medway, "andy", writes(medway, "andy", now, to_group(medway, "Ash")), now)
    end_access(actor=actor_of(medway, "ruth"), member=medway.team["andy"], at=now)
    assert publish(school=medway.school, number=made.pk, at=now + UNDO) == 0
    assert fresh(made).state == "draft"
    assert Parcel.objects.filter(member=medway.team["andy"], content__purpose="alert").exists()


def test_at_a_school_whose_email_goes_by_isams_the_office_owes_it(
    trent: Cast, now: datetime
) -> None:
    made = goes_out(trent, "owen", now, to_group(trent, "River"))
    assert {(channel, state) for _, channel, state in rows(made)} == {
        ("portal", "sent"),
        ("email", "owed"),
    }


@pytest.mark.clause("2.1-M2a")
def test_the_office_hands_an_announcement_off_and_says_so(trent: Cast, now: datetime) -> None:
    made = goes_out(trent, "owen", now, to_group(trent, "River"))
    owed = Parcel.objects.filter(content=made.content, state="owed")
    record_hand_off(actor=actor_of(trent, "carol"), parcel=owed[0], reference="W-1", at=now + UNDO)
    assert {state for _, channel, state in rows(made) if channel == "email"} == {
        "owed",
        "handed off",
    }


def test_a_digest_gathers_what_can_wait_and_never_what_is_urgent_or_about_safety(
    medway: Cast, now: datetime
) -> None:
    Preference.objects.create(
        school=medway.school, carer=medway.carers["nina"], digest="daily", said_at=now
    )
    oak = to_group(medway, "Oak")
    waits = goes_out(medway, "joan", now, oak)
    assert ("Nina", "email", "gathered") in rows(waits)
    for words in ({"is_safety": True}, {"is_urgent": True}):
        made = goes_out(medway, "joan", now, oak, text="Other words", **words)
        assert ("Nina", "email", "waiting") in rows(made)


def test_ten_thousand_people_need_no_more_questions_than_ten(medway: Cast, now: datetime) -> None:
    few = _count(medway, now)
    kids = [
        Pupil(
            school=medway.school,
            first_name=f"Child{n}",
            last_name="Many",
            tutor_group=medway.groups["Elm"],
        )
        for n in range(10_000)
    ]
    adults = [Carer(school=medway.school, name=f"Adult {n}", called=f"A{n}") for n in range(10_000)]
    Pupil.objects.bulk_create(kids)
    Carer.objects.bulk_create(adults)
    Link.objects.bulk_create(
        Link(school=medway.school, pupil=kid, carer=adult, relationship="kin")
        for kid, adult in zip(kids, adults, strict=True)
    )
    ContactRoute.objects.bulk_create(
        ContactRoute(school=medway.school, carer=adult, kind="email", value=f"a{n}@example.org")
        for n, adult in enumerate(adults)
    )
    many = _count(medway, now)
    assert Parcel.objects.filter(carer__name__startswith="Adult", channel="email").count() == 10_000
    # The rows themselves are written 5,000 at a time.
    assert many <= few + 5


def _count(cast: Cast, now: datetime) -> int:
    made = sends(cast, "joan", writes(cast, "joan", now, to_all(), text=str(now)), now)
    with CaptureQueriesContext(connection) as asked:
        publish(school=cast.school, number=made.pk, at=now + UNDO)
    return len(asked)


def test_answers_go_to_the_tutor_who_wrote_it_and_the_offices_to_the_office(
    medway: Cast, now: datetime
) -> None:
    by_tutor = goes_out(medway, "priya", now, to_group(medway, "Oak"))
    by_office = goes_out(medway, "joan", now, to_all())
    assert by_tutor.content is not None and by_office.content is not None
    assert by_tutor.content.answers_to == medway.team["priya"]
    assert by_office.content.answers_to is None
