"""Who collects: the genuine one is confirmed in one press; the forged ones come to nothing."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.tests.acting import actor_of, writes
from schoolgate.delivery.models import Parcel
from schoolgate.people.models import ContactRoute, Limit, Link, SiteBar
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.actions.collecting import (
    check_again,
    confirm_by_link,
    confirm_by_ringing,
    decide,
    deny_by_link,
)
from schoolgate.today.errors import NameNeeded, NotAnyMore, NotThisChild, NotThisNumber
from schoolgate.today.errors import ReasonNeeded as WhyNeeded
from schoolgate.today.models import Collection
from schoolgate.today.tests.acting import (
    anything_asked,
    asks_to_collect,
    has_number,
    link_sent,
    long_known,
)
from schoolgate.today.tests.test_seeing import alerted


@pytest.fixture
def ewa_is_known(medway: Cast, now: datetime) -> None:
    """Ewa's mobile and address have been known for months."""
    long_known(medway, "ewa", now)
    has_number(medway, "ewa", now - timedelta(days=60))


def fresh(collection: Collection) -> Collection:
    """As it stands now."""
    return Collection.objects.get(pk=collection.pk)


def has_limit(cast: Cast, carer: str, child: str, at: datetime) -> None:
    """An order begins."""
    link = Link.objects.get(carer=cast.carers[carer], pupil=cast.children[child])
    Limit.objects.create(
        school=cast.school, link=link, receives_at_most=1, says="No contact.", begins_at=at
    )


def is_barred(cast: Cast, name: str, at: datetime) -> SiteBar:
    """The head bars somebody from the site."""
    return SiteBar.objects.create(
        school=cast.school, name=name, begins_at=at, decided_by=cast.team["ruth"]
    )


@pytest.mark.usefixtures("ewa_is_known")
def test_the_genuine_one_is_confirmed_by_one_press_on_a_known_mobile(
    medway: Cast, now: datetime
) -> None:
    collection = asks_to_collect(medway, "ewa", "kuba", now)
    assert collection.state == "waiting"
    question = Parcel.objects.get(content__purpose="code")
    assert (question.channel, question.address) == ("sms", "07700 900321")
    assert "Kuba" not in question.content.text
    confirm_by_link(token=link_sent(), at=now + timedelta(seconds=40))
    found = fresh(collection)
    assert (found.state, found.confirmed_by_route_id) == ("confirmed", collection.asked_route_id)
    assert alerted() == []


def test_without_a_mobile_the_question_goes_by_email_if_the_device_was_known(
    medway: Cast, now: datetime
) -> None:
    long_known(medway, "ewa", now)
    asks_to_collect(medway, "ewa", "kuba", now)
    assert Parcel.objects.get(content__purpose="code").channel == "email"


@pytest.mark.usefixtures("ewa_is_known")
def test_the_office_rings_a_number_that_it_knew(medway: Cast, now: datetime) -> None:
    collection = asks_to_collect(medway, "ewa", "kuba", now)
    confirm_by_ringing(
        actor=actor_of(medway, "joan"),
        member=medway.team["joan"],
        collection=collection,
        route=ContactRoute.objects.get(kind="mobile", carer=medway.carers["ewa"]),
        at=now,
    )
    assert fresh(collection).confirmed_by == medway.team["joan"]


def test_a_name_is_needed(medway: Cast, now: datetime) -> None:
    with pytest.raises(NameNeeded):
        asks_to_collect(medway, "ewa", "kuba", now, who=" ")


# Twelve forged requests, and none of them opens the gate.


def test_forged_1_an_email_confirms_nothing_however_it_is_worded(
    medway: Cast, now: datetime
) -> None:
    body = "Maria Lis collects Kuba today instead of me. This is confirmed."
    writes(medway, "ewa", "kuba", now, body, channel="email")
    assert not Collection.objects.exists()
    assert not anything_asked()


@pytest.mark.clause("2.2-T5")
def test_forged_2_a_new_number_is_not_asked_and_may_not_be_rung(
    medway: Cast, now: datetime
) -> None:
    new = has_number(medway, "ewa", now - timedelta(hours=3))
    collection = asks_to_collect(medway, "ewa", "kuba", now, known_device=False)
    assert not anything_asked()
    with pytest.raises(NotThisNumber):
        confirm_by_ringing(
            actor=actor_of(medway, "joan"),
            member=medway.team["joan"],
            collection=collection,
            route=new,
            at=now,
        )


def test_forged_3_a_mailbox_that_was_just_added_is_not_asked(medway: Cast, now: datetime) -> None:
    ContactRoute.objects.filter(carer=medway.carers["ewa"]).update(
        value="ewa@medway-greem.example.org", verified_at=now - timedelta(minutes=5)
    )
    asks_to_collect(medway, "ewa", "kuba", now)
    assert not anything_asked()


@pytest.mark.clause("2.2-T5")
def test_forged_4_a_mailbox_that_two_people_share_is_not_asked(medway: Cast, now: datetime) -> None:
    long_known(medway, "rania", now)
    long_known(medway, "karim", now)
    asks_to_collect(medway, "rania", "leila", now)
    assert not anything_asked()


@pytest.mark.clause("2.2-T5")
def test_forged_5_who_holds_the_mailbox_alone_has_shown_nothing_but_the_mailbox(
    medway: Cast, now: datetime
) -> None:
    long_known(medway, "ewa", now)
    asks_to_collect(medway, "ewa", "kuba", now, known_device=False)
    assert not anything_asked()


@pytest.mark.clause("2.2-T5")
@pytest.mark.usefixtures("ewa_is_known")
def test_forged_6_a_parent_with_an_order_is_refused_and_head_and_dsl_are_told(
    medway: Cast, now: datetime
) -> None:
    has_limit(medway, "ewa", "kuba", now - timedelta(days=1))
    with pytest.raises(NotThisChild):
        asks_to_collect(medway, "nina", "kuba", now)
    collection = asks_to_collect(medway, "ewa", "kuba", now)
    assert fresh(collection).state == "refused"
    assert not anything_asked()
    assert sorted(alerted()) == ["helen", "ruth", "sam"]


@pytest.mark.clause("2.2-T5")
@pytest.mark.usefixtures("ewa_is_known")
@pytest.mark.parametrize("name", ["Pavel Krol", "P. Król", "Król, Paweł"])
def test_forged_7_somebody_who_may_not_come_is_refused_under_any_writing_of_their_name(
    medway: Cast, now: datetime, name: str
) -> None:
    is_barred(medway, "Paweł Król", now - timedelta(days=3))
    collection = asks_to_collect(medway, "ewa", "kuba", now, who=name)
    assert fresh(collection).refused == "may not come"
    assert not anything_asked()


@pytest.mark.usefixtures("ewa_is_known")
def test_forged_8_the_other_parent_with_an_order_is_not_smuggled_in_by_name(
    medway: Cast, now: datetime
) -> None:
    link = Link.objects.get(carer=medway.carers["piotr"], pupil=medway.children["kuba"])
    if not link.limits.filter(lifted_at=None).exists():
        has_limit(medway, "piotr", "kuba", now - timedelta(days=1))
    collection = asks_to_collect(medway, "ewa", "kuba", now, who="Piotr Malinowski")
    assert fresh(collection).state == "refused"


@pytest.mark.clause("2.2-T5")
@pytest.mark.usefixtures("ewa_is_known")
@pytest.mark.parametrize("who", ["Mr Malinowski", "Pete", "his dad", "P\u200biotr M\u0430linowski"])
def test_an_adult_with_an_order_is_found_under_every_name_even_after_his_link_has_ended(
    medway: Cast, now: datetime, who: str
) -> None:
    Link.objects.filter(carer=medway.carers["piotr"]).update(ended_at=now - timedelta(days=30))
    collection = asks_to_collect(medway, "ewa", "kuba", now, who=who)
    assert fresh(collection).state == "refused"
    assert sorted(alerted()) == ["helen", "ruth", "sam"]


@pytest.mark.usefixtures("ewa_is_known")
def test_forged_9_a_link_is_good_once_for_its_own_request_and_its_own_day(
    medway: Cast, now: datetime
) -> None:
    first = asks_to_collect(medway, "ewa", "kuba", now)
    token = link_sent()
    confirm_by_link(token=token, at=now)
    with pytest.raises(NotAnyMore):
        confirm_by_link(token=token, at=now)
    second = asks_to_collect(medway, "ewa", "kuba", now + timedelta(days=1), who="Jan Bak")
    with pytest.raises(NotAnyMore):
        confirm_by_link(token=token, at=now + timedelta(days=1, hours=1))
    assert (fresh(first).state, fresh(second).state) == ("confirmed", "waiting")
    with pytest.raises(NotAnyMore):
        confirm_by_link(token=token[:-2] + "xx", at=now)


@pytest.mark.usefixtures("ewa_is_known")
def test_forged_10_an_order_that_begins_in_between_refuses_what_was_confirmed(
    medway: Cast, now: datetime
) -> None:
    collection = asks_to_collect(medway, "ewa", "kuba", now)
    confirm_by_link(token=link_sent(), at=now)
    has_limit(medway, "ewa", "kuba", now + timedelta(minutes=1))
    assert check_again(collection=collection, at=now + timedelta(minutes=2))
    assert fresh(collection).state == "refused"
    assert "helen" in alerted()


@pytest.mark.usefixtures("ewa_is_known")
def test_forged_11_a_known_route_that_says_no_ends_it(medway: Cast, now: datetime) -> None:
    collection = asks_to_collect(medway, "ewa", "kuba", now)
    deny_by_link(token=link_sent(), at=now)
    assert fresh(collection).state == "refused"
    assert confirm_by_link(token=link_sent(), at=now).state == "refused"


@pytest.mark.usefixtures("ewa_is_known")
def test_forged_12_a_number_of_somebody_else_is_never_the_number_that_was_rung(
    medway: Cast, now: datetime
) -> None:
    collection = asks_to_collect(medway, "ewa", "kuba", now)
    theirs = has_number(medway, "piotr", now - timedelta(days=50), "07700 900555")
    with pytest.raises(NotThisNumber):
        confirm_by_ringing(
            actor=actor_of(medway, "joan"),
            member=medway.team["joan"],
            collection=collection,
            route=theirs,
            at=now,
        )


@pytest.mark.usefixtures("ewa_is_known")
def test_the_head_lets_a_refused_one_be_with_a_reason_alone(medway: Cast, now: datetime) -> None:
    is_barred(medway, "Maria Lis", now - timedelta(days=3))
    collection = asks_to_collect(medway, "ewa", "kuba", now)
    ruth = {"actor": actor_of(medway, "ruth"), "member": medway.team["ruth"]}
    with pytest.raises(WhyNeeded):
        decide(**ruth, collection=collection, because=" ", at=now)
    decide(**ruth, collection=collection, because="Another Maria Lis; I know her.", at=now)
    assert fresh(collection).state == "confirmed"
    assert not check_again(collection=collection, at=now)
    has_limit(medway, "ewa", "kuba", now)
    assert check_again(collection=collection, at=now), "Something else speaks against it now."
