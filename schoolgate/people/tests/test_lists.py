"""Lists sort as people read, and two of one name are told apart wherever one is chosen."""

from datetime import date, datetime

import pytest

from house_rules.entering import enter
from schoolgate.announcements.forms import Composing
from schoolgate.conversations.tests.acting import who
from schoolgate.people.models import Carer, Group, Pupil
from schoolgate.people.sorting import named
from schoolgate.people.telling_apart import told_apart
from schoolgate.rehearsal.cast import Cast


def test_a_list_sorts_as_people_read_it(medway: Cast) -> None:
    names = ["Zoe A", "Łukasz B", "Liam C", "Éva D", "adam e", "Åsa F", "Mia O’Neil", "Mia Oak"]
    Pupil.objects.update(left_on=None)
    school = medway.school
    made = [
        Pupil.objects.create(school=school, first_name=first, last_name=last)
        for first, last in (name.split(" ") for name in names)
    ]
    rows = Pupil.objects.filter(pk__in=[one.pk for one in made])
    assert [str(one) for one in rows] == [
        "adam e", "Åsa F", "Éva D", "Liam C", "Łukasz B", "Mia Oak", "Mia O’Neil", "Zoe A",
    ]  # fmt: skip


def test_class_two_comes_before_class_ten_and_year_seven_is_found_as_it_is_said(
    medway: Cast,
) -> None:
    for name in ("Class 10", "class 2", "Year-7"):
        Group.objects.create(school=medway.school, name=name)
    rows = Group.objects.filter(named("class"))
    assert [str(one) for one in rows] == ["class 2", "Class 10"]
    assert [str(one) for one in Group.objects.filter(named("year 7"))] == ["Year-7"]
    assert [str(one) for one in Group.objects.filter(named("Year-7"))] == ["Year-7"]


@pytest.fixture
def two_kubas(medway: Cast) -> Pupil:
    """Another Kuba Malinowski, in another class."""
    Pupil.objects.filter(pk=medway.children["kuba"].pk).update(born_on=date(2014, 5, 14))
    return Pupil.objects.create(
        school=medway.school,
        first_name="Kuba",
        last_name="Malinowski",
        born_on=date(2013, 2, 1),
        tutor_group=medway.groups["Oak"],
    )


@pytest.mark.usefixtures("two_kubas")
def test_namesakes_are_told_apart_by_class_and_the_birthday_s_day_and_month(medway: Cast) -> None:
    labels = {label for _, label in told_apart(Pupil.objects.all())}
    assert {"Kuba Malinowski (Oak, 14 May)", "Kuba Malinowski (Oak, 1 February)"} <= labels
    assert "Ivy Hale" in labels, "who has no namesake needs no more than the name"
    assert not any("2014" in label for label in labels)


@pytest.mark.usefixtures("two_kubas")
def test_namesakes_are_told_apart_where_one_is_chosen_or_ticked(
    medway: Cast, now: datetime
) -> None:
    assert "Kuba Malinowski (Oak, 1 February)" in str(
        Composing().for_somebody(who(medway, "priya", now))
    )
    priya = enter("priya", medway, medway)[0]
    page = priya.get(f"/medway-green/registers/{medway.groups['Oak'].pk}/").content.decode()
    assert "Kuba Malinowski (Oak, 1 February)" in page
    assert "Kuba Malinowski (Oak, 14 May)" in page


def test_two_carers_of_one_name_are_told_apart_by_their_children(medway: Cast) -> None:
    Carer.objects.filter(pk=medway.carers["nina"].pk).update(name="Ewa Malinowska")
    labels = {label for _, label in told_apart(Carer.objects.filter(named("malinowska")))}
    assert labels == {"Ewa Malinowska (Kuba Malinowski)", "Ewa Malinowska (Noah Reed)"}
