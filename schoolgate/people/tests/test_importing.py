"""Importing: any encoding, everything wrong at once, nothing half applied, nothing widened."""

from datetime import datetime

import pytest

from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.limits import lift_limit
from schoolgate.people.entitlement import may_receive
from schoolgate.people.importing.problems import ImportRefused
from schoolgate.people.importing.reading import decode, read_files
from schoolgate.people.importing.running import refuse_half_a_file
from schoolgate.people.models import (
    Carer,
    ClassPlace,
    ContactRoute,
    Group,
    HouseholdStay,
    Limit,
    Link,
    Pupil,
    Receives,
    RoleHolding,
    TeamMember,
)
from schoolgate.people.queries import email_of
from schoolgate.people.tests.bringing import FILES, bring
from schoolgate.rehearsal.cast import Cast, open_school
from schoolgate.school.models import School
from schoolgate.school.tenancy import see


@pytest.fixture
def school(db: None) -> School:
    found = open_school("medway-green")
    see(school_id=found.pk)
    return found


def test_a_folder_brings_people_with_all_that_it_says(school: School, now: datetime) -> None:
    difference = bring(school, now)
    noel = Pupil.objects.get(external_id="P1")
    assert (noel.first_name, str(noel.born_on), str(noel.tutor_group)) == (
        "Noël",
        "2014-05-31",
        "Beech",
    )
    assert str(TeamMember.objects.get(external_id="T2").cover) == "Zoe Ray"
    assert RoleHolding.objects.filter(role="head", until=None).count() == 1
    bob = Carer.objects.get(external_id="C2")
    assert bob.protected_address and bob.language == "pl" and email_of(bob) == "shared@example.org"
    assert HouseholdStay.objects.count() == 2
    assert difference.shared == ["shared@example.org: Ann Stone, Bob Stone"]
    assert not may_receive(
        carer=bob, pupil=Pupil.objects.get(external_id="P2"), level=Receives.GENERAL, at=now
    )


def test_a_dry_run_changes_nothing_and_says_the_same(school: School, now: datetime) -> None:
    dry = list(bring(school, now, apply=False).lines())
    assert not Pupil.objects.exists() and not TeamMember.objects.exists()
    assert list(bring(school, now).lines()) == dry
    assert "pupils.csv: 2 added, 0 changed, 0 left, 0 unchanged" in dry


def test_the_same_folder_twice_changes_nothing(school: School, now: datetime) -> None:
    bring(school, now)
    again = bring(school, now)
    assert again.is_empty, list(again.lines())
    assert Limit.objects.count() == 1 and Link.objects.count() == 3


def test_changes_and_leaving_are_named(school: School, now: datetime) -> None:
    bring(school, now)
    difference = bring(
        school,
        now,
        pupils="id,first_name,last_name\nP1,Noël,Stone\n",
        carers="id,name,email,household\nC1,Ann Stone,ann@example.org,\n",
        team="id,name\nT1,Zoe Ray\n",
        groups="name,tutor\nBeech,T1\n",
        links="pupil,carer,relationship\nP2,C1,mum\n",
    )
    text = "\n".join(difference.lines())
    assert "~ Noël Ødegård: last name" in text and "- Mia Stone" in text
    assert "~ Ann Stone: email, household" in text and "- Bob Stone" in text
    assert TeamMember.objects.get(external_id="T2").access_ended_at == now
    assert Link.objects.filter(ended_at=None).count() == 1


def test_everything_that_is_wrong_is_named_at_once_and_nothing_is_applied(
    school: School, now: datetime
) -> None:
    with pytest.raises(ImportRefused) as refused:
        bring(
            school,
            now,
            pupils="id,first_name,last_name,born_on,group\nP1,A,B,31.31.2014,Beech\nP1,,C,,Beech\n",
            carers="id,name,email\nC1,Ann,no at sign\n",
        )
    assert [(p.file, p.line, p.column) for p in refused.value.problems] == [
        ("carers.csv", 2, "email"),
        ("pupils.csv", 2, "born_on"),
        ("pupils.csv", 3, "first_name"),
        ("pupils.csv", 3, "id"),
    ]
    with pytest.raises(ImportRefused) as refused:
        bring(school, now, links="pupil,carer,relationship\nP9,C1,x\nP1,C9,x\n")
    assert [(p.line, p.column) for p in refused.value.problems] == [(2, "pupil"), (3, "carer")]
    assert not Pupil.objects.exists()


@pytest.mark.clause("2.2-T5")
def test_orders_and_protection_are_never_overwritten(school: School, now: datetime) -> None:
    bring(school, now)
    without = {
        "carers": FILES["carers.csv"].replace(",yes", ",no"),
        "links": FILES["links.csv"].replace("No contact: order of 3 May,2027-05-03", ","),
    }
    assert bring(school, now, **without).is_empty
    assert Carer.objects.get(external_id="C2").protected_address
    limit = Limit.objects.get()
    assert str(limit.ends_on) == "2027-05-03" and limit.lifted_at is None
    lift_limit(
        decided_by=TeamMember.objects.get(external_id="T1"),
        actor=SYSTEM,
        limit=limit,
        because="The court has ended it",
        at=now,
    )
    bring(school, now)
    assert Limit.objects.filter(lifted_at=None).count() == 0


@pytest.mark.clause("2.2-T5")
def test_an_import_gives_nobody_more_than_they_have(school: School, now: datetime) -> None:
    bring(school, now)
    Link.objects.filter(carer__external_id="C1").update(receives=Receives.NOTHING)
    Link.objects.filter(carer__external_id="C3").update(ended_at=now)
    difference = bring(school, now)
    assert difference.is_empty
    assert len(difference.part("links.csv").kept) == 2
    assert Link.objects.get(carer__external_id="C1").receives == Receives.NOTHING
    assert not Link.objects.filter(carer__external_id="C3", ended_at=None).exists()


def test_half_a_file_is_not_taken_for_everybody_leaving(school: School, now: datetime) -> None:
    rows = [f"P{n},A{n},B" for n in range(30)]
    head = "id,first_name,last_name\n"
    bring(school, now, pupils=head + "\n".join([*rows, "P2,Mia,Stone"][3:]), links=head_of_links())
    difference = bring(school, now, apply=False, pupils=head + rows[5], links=head_of_links())
    with pytest.raises(ImportRefused, match="--many-leave"):
        refuse_half_a_file(difference)


def head_of_links() -> str:
    """links.csv with nobody in it."""
    return "pupil,carer,relationship\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_any_common_encoding_is_read(encoding: str) -> None:
    text = "id;first_name;last_name\r\nP1;Zoë;“O’Brien–Ødegård”\r\n"
    content = text.encode(encoding)
    assert decode(content).removeprefix("\ufeff") == text
    (row,) = read_files({"pupils.csv": content}).of("pupils.csv")
    assert row["first_name"] == "Zoë"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"name,age\nA,3\n", "required and is missing"),
        (b"id,first_name,last_name\nP1,A,B,C\n", "4 cells"),
        (b"id,id,first_name,last_name\nP1,A,B,C\n", "several columns"),
    ],
)
def test_what_is_not_a_good_file_is_said_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(ImportRefused, match=sentence):
        read_files({"pupils.csv": content})


def test_an_address_to_live_at_is_never_kept(school: School, now: datetime) -> None:
    carers = "id,name,address,postcode\nC1,Ann Stone,1 Secret Lane,ME1 3AA\n"
    difference = bring(school, now, carers=carers, links=head_of_links())
    assert difference.ignored["carers.csv"] == ["address", "postcode"]


def test_an_import_leaves_those_added_by_hand_alone(medway: Cast, now: datetime) -> None:
    Pupil.objects.filter(pk=medway.children["kuba"].pk).update(external_id="")
    bring(
        medway.school,
        now,
        pupils="id,first_name,last_name\nN1,Kuba,Malinowski\n",
        links=head_of_links(),
    )
    kuba = Pupil.objects.get(pk=medway.children["kuba"].pk)
    assert kuba.left_on is None
    assert Pupil.objects.filter(first_name="Kuba").count() == 2


def test_the_placing_authority_is_imported_as_such(school: School, now: datetime) -> None:
    carers = (
        "id,name,capacity,household\nC1,Ann Stone,family,H1\n"
        "C2,Bob Stone,professional,\nC3,Liv Ødegård,,\n"
    )
    links = "pupil,carer,relationship,receives\nP2,C1,mother,\nP2,C2,officer,\nP1,C3,mother,\n"
    bring(school, now, carers=carers, links=links)
    assert Carer.objects.get(external_id="C2").is_professional
    received = dict(Link.objects.values_list("carer__external_id", "receives"))
    assert received == {"C1": 2, "C2": 1, "C3": 2}
    Link.objects.filter(carer__external_id="C2").update(receives=Receives.PROGRESS)
    assert bring(school, now, carers=carers, links=links).is_empty, "the office's decision stays"
    moved = carers.replace("Stone,family,", "Stone,professional,")
    with pytest.raises(ImportRefused, match="never part of a household"):
        bring(school, now, carers=moved, links=links)
    bring(school, now, carers=moved.replace("H1", ""), links=links)
    assert not HouseholdStay.objects.filter(until=None).exists()
    with pytest.raises(ImportRefused, match="line 2, capacity"):
        bring(school, now, carers=moved.replace("professional,H1", "officer,"), links=links)


def test_a_number_that_the_office_wrote_otherwise_is_the_same_number(
    school: School, now: datetime
) -> None:
    bring(school, now)
    ContactRoute.objects.filter(kind="mobile").update(value="+44 7700 900001")
    assert bring(school, now).is_empty


def test_a_phase_and_the_places_in_classes_follow_the_file(school: School, now: datetime) -> None:
    groups = "name,kind,tutor,phase\nBeech,tutor,T2,primary\nArt,class,T2,\nMaths,class,T2,\n"
    pupils = (
        "id,first_name,last_name,group,classes\nP1,Noël,Ødegård,Beech,{}\nP2,Mia,Stone,Beech,\n"
    )
    bring(school, now, groups=groups, pupils=pupils.format("Art; Maths"))
    assert Group.objects.get(name="Beech").phase == "primary"
    assert {str(place.group) for place in ClassPlace.objects.all()} == {"Art", "Maths"}
    difference = bring(school, now, groups=groups, pupils=pupils.format("Art"))
    assert "places in classes: 0 new, 1 ended" in difference.parts["pupils.csv"].changed
    assert [str(place.group) for place in ClassPlace.objects.all()] == ["Art"]
    bring(school, now)
    assert Group.objects.get(name="Beech").phase == "primary"
    with pytest.raises(ImportRefused):
        bring(school, now, groups=groups, pupils=pupils.format("Chess"))
