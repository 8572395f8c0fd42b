"""Telling: each adult entitled, in a thread of their own, by their own way; nobody else."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.access import visible_to, visible_to_carer
from schoolgate.conversations.actions.calling import Told, With, log
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import actor_of, who, writes_again
from schoolgate.conversations.tests.test_calling import LINE
from schoolgate.delivery.actions.bouncing import bounce
from schoolgate.delivery.actions.handing_off import record_hand_off
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.tests.test_routes_of_email import VARIATION
from schoolgate.incidents.access import to_ring_for
from schoolgate.incidents.actions.settling import Spoken, settle
from schoolgate.incidents.actions.telling import tell
from schoolgate.incidents.errors import NobodyEntitled, NotFromHere, SayHow
from schoolgate.incidents.models import Incident, Telling
from schoolgate.incidents.pages import way_to
from schoolgate.incidents.queries import counts, untold
from schoolgate.incidents.tests.acting import tellings, tells, writes_down
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.holding_back import begin_the_hour
from schoolgate.people.models import Carer, ContactRoute, Limit, Link, Receives, TeamMember
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School
from schoolgate.school.tenancy import see


def email_of(telling: Telling, **fields: object) -> Parcel:
    """The email of a telling, as the sorter has left it."""
    parcel = Parcel.objects.get(content=telling.content, channel="email")
    Parcel.objects.filter(pk=parcel.pk).update(**fields)
    parcel.refresh_from_db()
    return parcel


def bounces(telling: Telling, at: datetime) -> None:
    """Its email is sent and comes back."""
    bounce(parcel=email_of(telling, state="sent", ended_at=at), at=at)


def without_a_way(cast: Cast, carer: str) -> None:
    """Nothing is known that takes a message to somebody."""
    ContactRoute.objects.filter(carer=cast.carers[carer]).delete()


def test_each_parent_gets_a_thread_of_their_own_with_an_owner(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "lena", "ivy", now, talk_to=medway.team["tom"])
    told = tells(medway, "lena", incident, now)
    assert {name: one.state for name, one in told.items()} == {"hannah": "told", "gareth": "told"}
    threads = Conversation.objects.filter(pk__in=[one.conversation_id for one in told.values()])
    assert {(one.carer.name, one.owner.name, one.sensitive, one.side) for one in threads} == {
        ("Hannah Hale", "Tom Ashdown", True, "parent"),
        ("Gareth Hale", "Tom Ashdown", True, "parent"),
    }
    body = told["hannah"].conversation.messages.get().body
    assert "We restrained Ivy." in body and "Two adults held" in body and "Gareth" not in body


@pytest.mark.clause("2.2-T5")
def test_an_order_is_judged_at_the_moment_of_sending(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    assert set(tells(medway, "priya", incident, now)) == {"ewa"}  # Piotr's order says no messages
    ivy = writes_down(medway, "lena", "ivy", now)
    Limit.objects.create(
        school=medway.school,
        link=Link.objects.get(carer=medway.carers["gareth"], pupil=medway.children["ivy"]),
        receives_at_most=Receives.GENERAL,
        says="General news",
        begins_at=now,
    )
    assert set(tells(medway, "lena", ivy, now)) == {"hannah"}


def test_who_receives_general_news_alone_is_not_told(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "tom", "leo", now)
    assert set(tells(medway, "tom", incident, now)) == {"jo", "hal"}  # not the social worker


def test_with_nobody_entitled_it_says_so(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "noah", now)
    Link.objects.filter(pupil=medway.children["noah"]).update(ended_at=now)
    with pytest.raises(NobodyEntitled):
        tells(medway, "priya", incident, now)


def test_pressed_twice_it_goes_once(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    tells(medway, "priya", incident, now)
    tells(medway, "priya", incident, now + timedelta(minutes=1))
    assert Content.objects.filter(purpose="reply").count() == 1
    assert Entry.objects.filter(verb="told of an incident").count() == 1


@pytest.mark.clause("2.1-M2a")
def test_the_email_says_that_there_is_a_message_and_nothing_of_it(
    medway: Cast, now: datetime
) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    content = tells(medway, "priya", incident, now)["ewa"].content
    assert content is not None and content.sensitive
    assert "Kuba" not in content.subject and "restrain" not in content.subject.lower()


def test_an_answer_of_the_family_has_an_owner_and_a_promise(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    thread = tells(medway, "priya", incident, now)["ewa"].conversation
    assert not Promise.objects.exists()
    writes_again(medway, thread, now + timedelta(hours=1))
    assert Promise.objects.get().started_at == now + timedelta(hours=1)


def test_the_family_sees_its_thread_alone(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "lena", "ivy", now)
    told = tells(medway, "lena", incident, now)
    for key in ("hannah", "gareth"):
        assert list(visible_to_carer(who(medway, key, now))) == [told[key].conversation]
    assert not visible_to_carer(who(medway, "nina", now)).exists()
    assert not visible_to(who(medway, "joan", now)).exists()


def test_without_a_way_they_stand_on_the_list_at_once(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "tom", "leo", now)
    assert tells(medway, "tom", incident, now)["hal"].state == "not reached"
    for key in ("ruth", "joan", "tom"):
        names = [one.carer.name for one in to_ring_for(who(medway, key, now))]
        assert names == ["Hal Price"], key
    for key in ("priya", "grace", "ewa", "jo"):
        assert not to_ring_for(who(medway, key, now)).exists(), key


@pytest.mark.clause("2.2-T5")
def test_nobody_is_asked_to_ring_somebody_who_may_be_told_no_more(
    medway: Cast, now: datetime
) -> None:
    incident = writes_down(medway, "tom", "leo", now)
    tells(medway, "tom", incident, now)
    Limit.objects.create(
        school=medway.school,
        link=Link.objects.get(carer=medway.carers["hal"]),
        receives_at_most=Receives.NOTHING,
        says="Nothing",
        begins_at=now + timedelta(minutes=1),
    )
    later = now + timedelta(minutes=2)
    assert not to_ring_for(who(medway, "joan", later)).exists()
    assert untold(medway.school, later) == []


@pytest.mark.clause("2.2-T5")
def test_what_bounces_puts_them_on_the_list_and_a_second_way_keeps_them_off(
    medway: Cast, now: datetime
) -> None:
    incident = writes_down(medway, "lena", "ivy", now)
    told = tells(medway, "lena", incident, now)
    bounces(told["hannah"], now + timedelta(minutes=5))
    assert {name: one.state for name, one in tellings(incident).items()} == {
        "hannah": "not reached",
        "gareth": "told",
    }
    assert counts(medway.school, now).to_ring == 1


def test_where_email_goes_by_isams_it_is_told_once_the_office_has_sent_it(
    trent: Cast, now: datetime
) -> None:
    incident = writes_down(trent, "owen", "reece", now)
    told = tells(trent, "owen", incident, now)["stan"]
    assert told.state == "not reached"  # and he was never in the portal
    later = now + timedelta(hours=1)
    record_hand_off(
        actor=actor_of(trent, "carol"), parcel=email_of(told), reference="i-1", at=later
    )
    assert (tellings(incident)["stan"].state, tellings(incident)["stan"].told_at) == ("told", later)


@pytest.mark.clause("2.1-M2a")
@pytest.mark.parametrize(
    ("recorded_on", "state"), [("2026-11-24", "owed"), ("2026-11-23", "waiting")]
)
def test_the_day_before_the_heads_word_it_is_the_offices_and_on_the_day_an_email_leaves(
    trent: Cast, now: datetime, recorded_on: str, state: str
) -> None:
    text = trent.school.settings_text + VARIATION.replace("2026-11-02", recorded_on)
    School.objects.filter(pk=trent.school.pk).update(settings_text=text)
    member = TeamMember.objects.get(pk=trent.team["owen"].pk)
    trent.team["owen"] = member
    incident = writes_down(trent, "owen", "reece", now)
    told = tells(trent, "owen", Incident.objects.get(pk=incident.pk), now)["stan"]
    assert email_of(told).state == state
    ways = {True: "The office sends it by iSAMS", False: "An email says that there is a message"}
    carer = Carer.objects.get(pk=trent.carers["stan"].pk)
    assert ways[state == "owed"] in way_to(carer, now)


def test_whoever_writes_in_the_thread_has_read_it(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "tom", "leo", now)
    thread = tells(medway, "tom", incident, now)["hal"].conversation
    writes_again(medway, thread, now + timedelta(minutes=9))
    assert tellings(incident)["hal"].state == "told"


def test_a_call_that_is_written_down_in_the_thread_settles_it(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "tom", "leo", now)
    telling = tells(medway, "tom", incident, now)["hal"]
    at = now + timedelta(minutes=20)
    about = With(telling.carer, medway.children["leo"], telling.conversation)
    for outcome, state in (("no answer", "not reached"), ("spoke", "recorded")):
        told = Told(outcome=outcome, began_at=at, line=LINE, words="Told him all of it.")
        log(
            actor=actor_of(medway, "tom"),
            member=medway.team["tom"],
            about=about,
            told=told,
            at=at,
        )
        assert tellings(incident)["hal"].state == state
    assert tellings(incident)["hal"].words == "Told him all of it."


def test_told_in_person_needs_words_and_settles_it_once(medway: Cast, now: datetime) -> None:
    incident = writes_down(medway, "tom", "leo", now)
    telling = tells(medway, "tom", incident, now)["hal"]
    actor, member = actor_of(medway, "joan"), medway.team["joan"]
    for spoken in (Spoken("in person", "  "), Spoken("by pigeon", "Yes.")):
        with pytest.raises(SayHow):
            settle(actor=actor, member=member, telling=telling, spoken=spoken, at=now)
    spoken = Spoken("in person", "At the gate. He asked to see Tom.")
    settle(actor=actor, member=member, telling=telling, spoken=spoken, at=now)
    assert untold(medway.school, now) == []
    with pytest.raises(NotFromHere):
        settle(actor=actor, member=member, telling=telling, spoken=spoken, at=now)


def test_what_nobody_has_told_stands_first_by_due_time(medway: Cast, now: datetime) -> None:
    late = writes_down(medway, "lena", "ivy", now, happened_at=now - timedelta(days=1))
    today = writes_down(medway, "priya", "kuba", now)
    found = untold(medway.school, now)
    assert [(one.incident, one.carer.name) for one in found] == [
        (late, "Gareth Hale"),
        (late, "Hannah Hale"),
        (today, "Ewa Malinowska"),
    ]
    figures = counts(medway.school, now + timedelta(hours=1))
    assert (figures.incidents, figures.adults, figures.late, figures.to_ring) == (2, 3, 1, 0)


@pytest.mark.clause("2.2-T5")
def test_for_whom_anything_waits_nothing_of_it_is_there_and_nobody_is_asked_to_ring(
    medway: Cast, now: datetime
) -> None:
    incident = writes_down(medway, "tom", "leo", now)
    begin_the_hour(pupil=medway.children["leo"], at=now)
    tells(medway, "tom", incident, now)
    later = now + timedelta(minutes=10)
    assert not visible_to_carer(who(medway, "jo", later)).exists()
    assert not to_ring_for(who(medway, "ruth", later)).exists()
    assert untold(medway.school, later) == []
    tomorrow = now + timedelta(days=1)
    assert visible_to_carer(who(medway, "jo", tomorrow)).exists()
    assert to_ring_for(who(medway, "ruth", tomorrow)).exists()


def test_another_school_has_none_of_it(medway: Cast, trent: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk)
    incident = writes_down(medway, "priya", "kuba", now)
    tells(medway, "priya", incident, now)
    see(school_id=trent.school.pk)
    assert not Incident.objects.exists() and not Telling.objects.exists()
    with pytest.raises(Incident.DoesNotExist):
        tell(
            actor=actor_of(trent, "marcus"),
            member=trent.team["marcus"],
            incident=incident,
            at=now,
        )
