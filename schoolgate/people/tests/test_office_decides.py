"""An import never undoes what the office corrected: the difference shows both, and it decides."""

from datetime import datetime, timedelta

import psycopg
import pytest

from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.joining import end_link, leave_pupil, stay_on_roll
from schoolgate.people.actions.routes import add_number, change_email, end_number
from schoolgate.people.importing.problems import ImportRefused
from schoolgate.people.importing.running import refuse_half_a_file
from schoolgate.people.models import (
    Carer,
    ContactRoute,
    HouseholdStay,
    Link,
    Pupil,
    RoleHolding,
    TeamMember,
)
from schoolgate.people.queries import email_of
from schoolgate.people.route_news import (
    EmailChanged,
    SchoolAddressChanged,
    on_email_changed,
    on_school_address_changed,
)
from schoolgate.people.tests.bringing import FILES, bring, bring_only
from schoolgate.rehearsal.cast import open_school
from schoolgate.school.models import School
from schoolgate.school.tenancy import see

MOBILE = ContactRoute.Kind.MOBILE


@pytest.fixture
def school(db: None) -> School:
    found = open_school("medway-green")
    see(school_id=found.pk)
    return found


def ann() -> Carer:
    return Carer.objects.get(external_id="C1")


def numbers() -> set[str]:
    rows = ann().routes.filter(ended_at=None).exclude(kind="email")
    return set(rows.values_list("value", flat=True))


def test_an_address_that_the_office_changed_stays_and_both_are_shown(
    school: School, now: datetime
) -> None:
    bring(school, now)
    change_email(actor=SYSTEM, carer=ann(), address="ann@example.net", at=now)
    kept = bring(school, now).part("carers.csv").kept
    assert email_of(ann()) == "ann@example.net"
    assert kept == [
        "Ann Stone: email is ann@example.net here and shared@example.org in the file;"
        " the office decides"
    ]
    moved = FILES["carers.csv"].replace("shared@example.org", "third@example.org")
    assert "third@example.org" in bring(school, now, carers=moved).part("carers.csv").kept[0]
    assert email_of(ann()) == "ann@example.net"


def test_an_address_that_only_the_file_changed_is_changed_by_its_verb_and_told(
    school: School, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    hear = lambda news: told.append(news.old)  # noqa: E731 - as a listener is
    monkeypatch.setattr(on_email_changed, "tell", hear)
    bring(school, now)
    moved = FILES["carers.csv"].replace("shared@example.org", "ann@example.net")
    bring(school, now, carers=moved)
    assert email_of(ann()) == "ann@example.net"
    assert told == ["shared@example.org"]


def test_an_address_that_the_office_took_away_does_not_come_back_under_another_id(
    school: School, now: datetime
) -> None:
    bring(school, now)
    change_email(actor=SYSTEM, carer=ann(), address="ann@example.net", at=now)
    texts = {name: text.replace("C1,", "C5,") for name, text in FILES.items()}
    kept = bring_only(school, now, texts).part("carers.csv").kept
    assert email_of(Carer.objects.get(external_id="C5")) == ""
    assert "shared@example.org was taken away here" in kept[0]


def test_a_number_that_the_office_took_away_or_added_stays_so(
    school: School, now: datetime
) -> None:
    bring(school, now)
    (route,) = ann().routes.filter(kind="mobile")
    end_number(actor=SYSTEM, route=route, at=now)
    add_number(actor=SYSTEM, carer=ann(), kind=MOBILE, number="07700 900555", at=now)
    assert bring(school, now).part("carers.csv").kept
    assert numbers() == {"+44 7700 900555"}
    moved = FILES["carers.csv"].replace("07700 900001", "07700 900002")
    bring(school, now, carers=moved)
    assert numbers() == {"+44 7700 900555"}


def test_a_new_number_in_the_file_replaces_the_one_that_the_file_brought_and_no_other(
    school: School, now: datetime
) -> None:
    bring(school, now)
    add_number(actor=SYSTEM, carer=ann(), kind=MOBILE, number="07700 900555", at=now)
    moved = FILES["carers.csv"].replace("07700 900001", "07700 900002")
    bring(school, now, carers=moved)
    assert numbers() == {"+44 7700 900555", "+44 7700 900002"}


def test_a_name_that_the_office_corrected_stays(school: School, now: datetime) -> None:
    bring(school, now)
    Pupil.objects.filter(external_id="P2").update(first_name="Maja")
    TeamMember.objects.filter(external_id="T2").update(name="Max Mosse")
    difference = bring(school, now)
    assert difference.is_empty
    assert Pupil.objects.get(external_id="P2").first_name == "Maja"
    assert "first name is Maja here and Mia in the file" in difference.part("pupils.csv").kept[0]
    assert "name is Max Mosse here and Max Moss in the file" in difference.part("team.csv").kept[0]


@pytest.mark.clause("2.2-T5")
def test_a_link_that_the_office_ended_stays_ended_also_under_another_id(
    school: School, now: datetime
) -> None:
    bring(school, now)
    end_link(actor=SYSTEM, link=Link.objects.get(carer=ann()), at=now)
    texts = {name: text.replace("C1,", "C5,") for name, text in FILES.items()}
    kept = bring_only(school, now, texts).part("links.csv").kept
    assert "Ann Stone and Mia Stone: ended here, so the import does not link them" in kept
    assert not Link.objects.filter(carer__name="Ann Stone", ended_at=None).exists()


def test_a_child_who_comes_back_is_back_on_the_roll_with_the_family_and_it_is_said(
    school: School, now: datetime
) -> None:
    bring(school, now)
    pupils = "id,first_name,last_name\nP1,Noël,Ødegård\n"
    carers = "id,name\nC3,Liv Ødegård\n"
    links = "pupil,carer,relationship\nP1,C3,mother\n"
    bring(school, now, pupils=pupils, carers=carers, links=links)
    assert Pupil.objects.get(external_id="P2").left_on == now.date()
    later = now + timedelta(days=90)
    difference = bring(school, later)
    assert Pupil.objects.get(external_id="P2").left_on is None
    assert "Mia Stone: back on the roll" in difference.part("pupils.csv").changed
    assert "Ann Stone: back in the file" in difference.part("carers.csv").changed
    assert Link.objects.filter(carer=ann(), ended_at=None).exists()


def test_a_last_day_that_the_office_wrote_is_not_emptied_by_a_file(
    school: School, now: datetime
) -> None:
    pupils = "id,first_name,last_name,left_on\nP1,Noël,Ødegård,\nP2,Mia,Stone,\n"
    bring(school, now, pupils=pupils)
    mia = Pupil.objects.get(external_id="P2")
    leave_pupil(actor=SYSTEM, pupil=mia, last_day=now.date() - timedelta(days=9), at=now)
    difference = bring(school, now, pupils=pupils)
    mia.refresh_from_db()
    assert mia.left_on == now.date() - timedelta(days=9)
    assert (
        "left on is 2026-11-14 here and empty in the file" in difference.part("pupils.csv").kept[0]
    )


def test_a_child_whom_the_office_took_off_the_roll_is_named_when_a_file_still_has_it(
    school: School, now: datetime
) -> None:
    bring(school, now)
    mia, gone = Pupil.objects.get(external_id="P2"), now.date() - timedelta(days=9)
    leave_pupil(actor=SYSTEM, pupil=mia, last_day=gone, at=now)
    difference = bring(school, now)
    assert difference.is_empty and "the office decides" in difference.part("pupils.csv").kept[0]
    stay_on_roll(actor=SYSTEM, pupil=mia, at=now)
    assert Pupil.objects.get(external_id="P2").left_on is None
    assert not bring(school, now).part("pupils.csv").kept


def test_a_last_day_that_the_file_takes_back_is_said(school: School, now: datetime) -> None:
    pupils = "id,first_name,last_name,left_on\nP1,Noël,Ødegård,\nP2,Mia,Stone,{}\n"
    bring(school, now, pupils=pupils.format("2026-11-20"))
    difference = bring(school, now, pupils=pupils.format(""))
    assert Pupil.objects.get(external_id="P2").left_on is None
    assert difference.part("pupils.csv").changed == ["Mia Stone: back on the roll"]


def test_two_families_of_one_surname_are_asked_about_before_they_are_one_household(
    school: School, now: datetime
) -> None:
    carers = FILES["carers.csv"].replace("C1,Ann", "C1,Ann").replace(",en,H1,", ",en,Stone,")
    carers = carers.replace("Liv Ødegård,liv@example.org,,,H1", "Liv Stone,liv@example.org,,,Stone")
    difference = bring(school, now, carers=carers)
    assert not HouseholdStay.objects.exists()
    assert "Household 'Stone'" in "\n".join(difference.lines())
    assert "--one-household 'Stone'" in difference.asked[0]
    bring(school, now, carers=carers, together=("Stone",))
    assert HouseholdStay.objects.filter(until=None).count() == 2
    assert not bring(school, now, carers=carers).asked, "what has been answered is not asked again"


def test_parents_of_one_child_share_a_household_by_whatever_name(
    school: School, now: datetime
) -> None:
    carers = FILES["carers.csv"].replace(",en,H1,", ",en,Stone,").replace(",pl,,", ",pl,Stone,")
    assert not bring(school, now, carers=carers).asked
    assert HouseholdStay.objects.filter(household__name="Stone").count() == 2


@pytest.mark.parametrize("of", [2, 5, 12])
def test_the_guard_against_everybody_leaving_counts_shares_and_not_heads(
    school: School, now: datetime, of: int
) -> None:
    head = "id,first_name,last_name\n"
    rows = [f"P{n},A{n},B\n" for n in range(of)]
    bring_only(school, now, {"pupils.csv": head + "".join(rows)})
    difference = bring_only(school, now, {"pupils.csv": head + rows[0]}, apply=False)
    with pytest.raises(ImportRefused, match=f"{of - 1} of {of} would leave at once"):
        refuse_half_a_file(difference)


def test_a_few_of_many_may_leave(school: School, now: datetime) -> None:
    head = "id,first_name,last_name\n"
    rows = [f"P{n},A{n},B\n" for n in range(60)]
    bring_only(school, now, {"pupils.csv": head + "".join(rows)})
    refuse_half_a_file(bring_only(school, now, {"pupils.csv": head + "".join(rows[12:])}))


def test_two_imports_at_once_end_in_a_sentence(
    school: School, now: datetime, owner_connection: psycopg.Connection
) -> None:
    with owner_connection.transaction():
        owner_connection.execute("SELECT pg_advisory_xact_lock(740213, %s)", [school.pk])
        with pytest.raises(ImportRefused, match="Somebody else brings files into this school"):
            bring(school, now)
    assert not Pupil.objects.exists()
    bring(school, now)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("07700 900001 (mum)", "+44 7700 900001"),
        ("Mum: 07700 900001", "+44 7700 900001"),
        ("07700900001 call after 3", "+44 7700 900001"),
    ],
)
def test_a_telephone_cell_is_read_and_not_believed(
    school: School, now: datetime, cell: str, kept: str
) -> None:
    bring(school, now, carers=FILES["carers.csv"].replace("07700 900001", cell))
    assert numbers() == {kept}


@pytest.mark.parametrize("cell", ["ask grandma", "07700 900001 or 07700 900002", "0800 SCHOOL"])
def test_what_is_not_one_telephone_number_is_named_by_its_line(
    school: School, now: datetime, cell: str
) -> None:
    with pytest.raises(ImportRefused, match="line 2, mobile: .* is not one telephone number"):
        bring(school, now, carers=FILES["carers.csv"].replace("07700 900001", cell))


def test_a_landline_in_the_column_for_mobiles_gets_no_texts(school: School, now: datetime) -> None:
    bring(school, now, carers=FILES["carers.csv"].replace("07700 900001", "01632 960001"))
    assert ann().routes.filter(kind="phone").exists()
    assert not ann().routes.filter(kind="mobile").exists()


def test_one_name_only_is_a_name(school: School, now: datetime) -> None:
    bring_only(school, now, {"pupils.csv": "id,first_name,last_name\nP1,Suharto,\n"})
    assert str(Pupil.objects.get()) == "Suharto"


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Mrs Stone", "Mrs Stone"),
        ("Mrs Ann Stone", "Ann"),
        ("mr. Bob Stone", "Bob"),
        ("Ann", "Ann"),
        ("Stone, Ann", "Ann"),
        ("Dr Ali", "Dr Ali"),
    ],
)
def test_a_title_is_no_first_name(name: str, greeting: str) -> None:
    assert Carer(name=name).greeting == greeting


@pytest.mark.parametrize("born", ["2027-01-01", "1914-05-31", "0014-05-31"])
def test_a_birthday_that_nobody_at_a_school_has_is_named(
    school: School, now: datetime, born: str
) -> None:
    pupils = FILES["pupils.csv"].replace("31/05/2014", born)
    with pytest.raises(ImportRefused, match="line 2, born_on"):
        bring(school, now, pupils=pupils)


def test_a_changed_school_address_goes_by_its_verb_and_the_old_one_hears_of_it(
    school: School, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[SchoolAddressChanged | EmailChanged] = []
    monkeypatch.setattr(on_school_address_changed, "tell", heard.append)
    bring(school, now)
    bring(school, now, team=FILES["team.csv"].replace("max@school", "moss@school"))
    assert TeamMember.objects.get(external_id="T2").email == "moss@school.example"
    assert [news.old for news in heard] == ["max@school.example"]


def test_a_file_does_not_change_the_address_of_somebody_who_sees_most(
    school: School, now: datetime
) -> None:
    bring(school, now)
    assert RoleHolding.objects.filter(member__external_id="T1", role="head").exists()
    team = FILES["team.csv"].replace("zoe@school", "other@school")
    kept = bring(school, now, team=team).part("team.csv").kept
    assert TeamMember.objects.get(external_id="T1").email == "zoe@school.example"
    assert "the head changes it on their page" in kept[0]
