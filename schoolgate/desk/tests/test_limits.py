"""Limits: begun by the office, lifted by the head or DSL alone, asked about before they end."""

from datetime import UTC, datetime

import pytest

from schoolgate.accounts.actions.asking_about_limits import ask_about_limits
from schoolgate.accounts.models import User
from schoolgate.accounts.second_factor import PASSED
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.models import Carer, Limit, Link
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see


@pytest.fixture
def as_person(medway: Cast, client: object):
    """A signed-in browser of one of the cast."""

    def enter(key: str):
        see(school_id=medway.school.pk)
        client.force_login(
            User.objects.get(pk=medway.user_id(key)),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        session = client.session
        session[PASSED] = True
        session.save()
        return client

    return enter


def test_the_office_begins_a_limit_and_it_holds_from_that_moment(medway: Cast, as_person) -> None:
    link = Link.objects.get(carer=medway.carers["gareth"], pupil=medway.children["ivy"])
    answer = as_person("joan").post(
        f"/medway-green/people/links/{link.pk}/limit/",
        {"at_most": "0", "says": "Order of 20 November", "ends_on": "2027-01-01"},
    )
    assert answer.status_code == 302
    see(school_id=medway.school.pk)
    assert Limit.objects.get(link=link).receives_at_most == 0


@pytest.mark.parametrize(("key", "lifted"), [("ruth", True), ("helen", True), ("joan", False)])
def test_only_head_and_lead_lift_a_limit_and_only_with_reasons(
    medway: Cast, as_person, key: str, lifted: bool
) -> None:
    limit = Limit.objects.get(link__carer=medway.carers["piotr"])
    address = f"/medway-green/limits/{limit.pk}/lifting/"
    as_person(key).post(address, {"because": " "})
    see(school_id=medway.school.pk)
    limit.refresh_from_db()
    assert limit.lifted_at is None
    as_person(key).post(address, {"because": "The court has ended it."})
    see(school_id=medway.school.pk)
    limit.refresh_from_db()
    assert (limit.lifted_at is not None) is lifted


def test_head_and_lead_are_asked_at_thirty_fourteen_and_three_days_once_each(
    medway: Cast,
) -> None:
    asked = []
    for month, day in ((1, 1), (2, 12), (2, 13), (2, 28), (2, 28), (3, 11), (3, 12), (3, 20)):
        at = datetime(2027, month, day, 9, tzinfo=UTC)
        asked.append(ask_about_limits(school=medway.school, at=at))
    assert asked == [0, 1, 0, 1, 0, 1, 0, 0]
    told = Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
    assert {parcel.member.name for parcel in told.select_related("member")} == {
        "Ruth Calloway",
        "Helen Okafor",
    }


def test_the_question_names_nobody(medway: Cast) -> None:
    ask_about_limits(school=medway.school, at=datetime(2027, 3, 1, 9, tzinfo=UTC))
    text = Content.objects.get(purpose=Content.Purpose.ALERT).text
    assert "Piotr" not in text and "Kuba" not in text


def test_the_office_is_told_where_an_order_lies_on_a_namesake_of_the_same_child_too(
    medway: Cast, as_person
) -> None:
    ivy, gareth = medway.children["ivy"], medway.carers["gareth"]
    twin = Carer.objects.create(school=medway.school, name="Hale, Gareth")
    Link.objects.create(school=medway.school, pupil=ivy, carer=twin, relationship="father")
    link = Link.objects.get(carer=gareth, pupil=ivy)
    page = as_person("joan").post(
        f"/medway-green/people/links/{link.pk}/limit/",
        {"at_most": "0", "says": "Order of 20 November"},
        follow=True,
    )
    assert "on whom it lies too: Hale, Gareth" in page.content.decode()
    see(school_id=medway.school.pk)
    assert Limit.objects.get(link__carer=twin).carried_from == Limit.objects.get(link=link)
