"""Phases of groups, and children's places in classes, as the office keeps them."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.announcements.models import PupilList
from schoolgate.ledger.models import Entry
from schoolgate.people.models import ClassPlace, Group
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import see

AT = "/medway-green/people/"


@pytest.fixture
def here(db: None) -> Cast:
    cache.clear()
    cast = assemble("medway-green", timezone.now())
    Group.objects.create(school=cast.school, name="Drama", kind="class")
    return cast


def by(here: Cast, key: str = "joan") -> Client:
    return enter(key, here, here)[0]


def places(here: Cast) -> set[str]:
    see(school_id=here.school.pk)
    return set(ClassPlace.objects.values_list("pupil__first_name", flat=True))


def test_the_office_sets_a_groups_phase(here: Cast) -> None:
    client, oak = by(here), here.groups["Oak"]
    client.post(f"{AT}groups/{oak.pk}/phase/", {"phase": "Middle school"})
    assert 'value="Middle school"' in client.get(f"{AT}groups/").content.decode()
    client.post(f"{AT}groups/{oak.pk}/phase/", {"phase": "Middle school"})
    client.post(f"{AT}groups/{oak.pk}/phase/", {"phase": ""})
    see(school_id=here.school.pk)
    assert Group.objects.get(pk=oak.pk).phase == ""
    assert Entry.objects.filter(verb="changed a phase").count() == 2


def test_a_child_is_put_into_a_class_and_taken_out(here: Cast) -> None:
    client, page = by(here), f"{AT}{here.children['kuba'].public_id}/"
    drama = Group.objects.get(name="Drama").pk
    client.post(f"{page}classes/", {"group": drama})
    assert places(here) == {"Kuba"}
    assert "Take out of Drama" in client.get(page).content.decode()
    client.post(f"{page}classes/end/", {"group": drama, "because": "They chose art."})
    assert places(here) == set()


def test_a_tutor_group_is_no_class(here: Cast) -> None:
    page = f"{AT}{here.children['kuba'].public_id}/classes/"
    by(here).post(page, {"group": here.groups["Elm"].pk})
    assert places(here) == set()


@pytest.mark.parametrize("key", ["priya", "ewa", "grace"])
def test_others_change_nothing(here: Cast, key: str) -> None:
    page = f"{AT}{here.children['kuba'].public_id}/classes/"
    drama = Group.objects.get(name="Drama").pk
    assert by(here, key).post(page, {"group": drama}).status_code == 404
    assert places(here) == set()


def test_a_list_is_ended_by_those_who_see_it(here: Cast) -> None:
    made = PupilList.objects.create(
        school=here.school, name="Trip", made_by=here.team["joan"], made_at=timezone.now()
    )
    made.pupils.create(school=here.school, pupil=here.children["leo"])
    address = f"/medway-green/announcements/lists/{made.public_id}/end/"
    assert by(here, "priya").post(address).status_code == 404
    client = by(here)
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    see(school_id=here.school.pk)
    assert PupilList.objects.get().ended_at is not None
