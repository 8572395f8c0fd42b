"""The office's pages of people: joining, linking, moving, leaving, signing in."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.accounts.models import CodeCard, SignInChange, User
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import writes
from schoolgate.people.models import Carer, GroupHelper, Link, Pupil, Receives, TeamMember
from schoolgate.people.queries import email_of, has_access
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import see

AT = "/medway-green/people/"


@pytest.fixture
def here(db: None) -> Cast:
    cache.clear()
    return assemble("medway-green", timezone.now())


def office(here: Cast, key: str = "joan") -> Client:
    return enter(key, here, here)[0]


def said(here: Cast, answer: object) -> str:
    see(school_id=here.school.pk)
    return answer.content.decode()  # type: ignore[attr-defined]


def page_of(one: Pupil | Carer | TeamMember) -> str:
    return f"{AT}{one.public_id}/"


def test_the_lists_find_people_by_name_and_every_page_opens(here: Cast) -> None:
    client = office(here)
    for kind, asked, name in (
        ("pupils", "kub", "Kuba Malinowski"),
        ("carers", "malin ewa", "Ewa Malinowska"),
        ("team", "nair", "Priya Nair"),
    ):
        text = said(here, client.get(AT, {"kind": kind, "q": asked}))
        assert name in text and "Nina Reed" not in text
    for one in (*here.children.values(), *here.carers.values(), *here.team.values()):
        assert client.get(page_of(one)).status_code == 200, one


def test_a_child_and_a_carer_join_and_are_linked(here: Cast) -> None:
    client = office(here)
    client.post(f"{AT}pupils/add/", {"first_name": "Ada", "last_name": "Moon"})
    client.post(f"{AT}carers/add/", {"name": "Eve Moon", "email": "Eve@example.org"})
    see(school_id=here.school.pk)
    ada, eve = Pupil.objects.get(first_name="Ada"), Carer.objects.get(name="Eve Moon")
    assert "Eve Moon" in said(here, client.get(page_of(ada), {"find": "eve"}))
    client.post(
        f"{page_of(ada)}links/",
        {"carer": str(eve.public_id), "relationship": "aunt", "receives": "1"},
    )
    see(school_id=here.school.pk)
    link = Link.objects.get(pupil=ada)
    assert (link.carer, link.receives, email_of(eve)) == (eve, Receives.GENERAL, "eve@example.org")
    client.post(f"{AT}links/{link.pk}/end/", {"because": "Agreed."})
    see(school_id=here.school.pk)
    assert Link.objects.get(pk=link.pk).ended_at is not None


def test_a_form_that_does_not_fit_is_given_back(here: Cast) -> None:
    client = office(here)
    assert client.post(f"{AT}pupils/add/", {"last_name": "Ada"}).status_code == 422
    answer = client.post(f"{AT}team/add/", {"name": "Al", "employment": "agency"})
    assert answer.status_code == 422 and "last day" in said(here, answer)


def test_a_child_moves_to_another_group(here: Cast) -> None:
    kuba = here.children["kuba"]
    office(here).post(f"{page_of(kuba)}group/", {"group": here.groups["Elm"].pk})
    see(school_id=here.school.pk)
    assert Pupil.objects.get(pk=kuba.pk).tutor_group == here.groups["Elm"]


@pytest.mark.clause("1.1-P9")
def test_leaving_says_what_moves_and_to_whom_and_moves_it(here: Cast) -> None:
    see(school_id=here.school.pk)
    conversation = writes(here, "ewa", "kuba", timezone.now())
    priya = here.team["priya"]
    client = office(here)
    text = said(here, client.get(f"{page_of(priya)}leaving/"))
    assert "One conversation moves" in text and "to Sam Birch" in text
    client.post(f"{page_of(priya)}leaving/")
    see(school_id=here.school.pk)
    assert Conversation.objects.get(pk=conversation.pk).owner == here.team["sam"]
    assert not has_access(TeamMember.objects.get(pk=priya.pk), timezone.now())


@pytest.mark.clause("1.1-P9")
def test_agency_access_is_one_class_one_day_and_a_card(here: Cast) -> None:
    day = timezone.now().date()
    answer = office(here).post(
        f"{AT}team/agency/",
        {"name": "Abe Day", "group": here.groups["Oak"].pk, "day": day.isoformat()},
    )
    text = said(here, answer)
    (code,) = re.findall(r"<code>([0-9A-Z-]{19})</code>", text)
    abe = TeamMember.objects.get(name="Abe Day")
    assert GroupHelper.objects.filter(member=abe, group=here.groups["Oak"]).exists()
    assert has_access(abe, timezone.now())
    assert not has_access(abe, timezone.now() + timedelta(days=1))
    assert Client().post("/account/card/", {"code": code}).status_code == 302


def test_only_the_head_hands_out_the_roles_that_see_most(here: Cast) -> None:
    new = {"name": "Al Own", "employment": "employed", "roles": ["dsl"]}
    assert office(here).post(f"{AT}team/add/", new).status_code == 422
    assert office(here, "ruth").post(f"{AT}team/add/", new).status_code == 302


def test_a_card_is_shown_once_and_says_how(here: Cast) -> None:
    client, hal = office(here), here.carers["hal"]
    assert "<code>" not in said(here, client.get(f"{page_of(hal)}card/"))
    text = said(here, client.post(f"{page_of(hal)}card/"))
    assert "Medway Green School" in text and "/account/card/" in text and "<code>" in text
    assert CodeCard.objects.count() == 1
    assert client.get(f"{page_of(here.children['kuba'])}card/").status_code == 404


def test_the_office_gives_a_shared_address_to_one(here: Cast) -> None:
    client, karim = office(here), here.carers["karim"]
    shared = "rania@medway-green.example.org"
    assert shared in said(here, client.get(f"{AT}shared/"))
    client.post(f"{AT}shared/", {"address": shared, "carer": karim.pk})
    assert "It signs in Karim Saab" in said(here, client.get(f"{AT}shared/"))
    assert User.objects.get(pk=karim.user_id).email == shared


def test_an_email_is_changed_on_the_page(here: Cast) -> None:
    nina = here.carers["nina"]
    client = office(here)
    client.post(f"{page_of(nina)}address/", {"email": "not an address"})
    see(school_id=here.school.pk)
    assert email_of(nina) == "nina@medway-green.example.org"
    client.post(f"{page_of(nina)}address/", {"email": "nina2@example.org"})
    see(school_id=here.school.pk)
    assert email_of(nina) == "nina2@example.org"


def test_two_people_reset_a_lost_second_factor(here: Cast) -> None:
    Authenticator.objects.create(user_id=here.user_id("priya"), type="totp", data={})
    joan, tom = office(here), office(here, "tom")
    joan.post(f"{page_of(here.team['priya'])}reset/", {"because": "Lost on the bus"})
    see(school_id=here.school.pk)
    reset = SignInChange.objects.get()
    joan.post(f"{AT}resets/", {"reset": reset.pk, "decision": "yes"})
    assert Authenticator.objects.exists()
    assert "Lost on the bus" in said(here, tom.get(f"{AT}resets/"))
    tom.post(f"{AT}resets/", {"reset": reset.pk, "decision": "yes"})
    assert not Authenticator.objects.exists()


def test_everybody_who_can_is_invited_at_once(here: Cast) -> None:
    see(school_id=here.school.pk)
    Carer.objects.update(user_id=None)
    User.objects.filter(email__contains="@medway").exclude(email__startswith="joan").delete()
    answer = office(here).post(f"{AT}invitations/", follow=True)
    assert "can sign in by email now" in said(here, answer)
    assert not Carer.objects.filter(user_id=None).exists()
    assert not User.objects.filter(email="rania@medway-green.example.org").exists()


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("key", ["priya", "dee", "helen", "ewa"])
def test_nobody_else_keeps_the_lists(here: Cast, key: str) -> None:
    client = office(here, key)
    for page in (AT, f"{AT}shared/", page_of(here.carers["ewa"]), "/medway-green/calendar/"):
        assert client.get(page).status_code == 404, page


def test_a_child_is_put_back_on_the_roll_by_emptying_the_last_day(here: Cast) -> None:
    client, kuba = office(here), here.children["kuba"]
    roll = f"{page_of(kuba)}roll/"
    client.post(roll, {"last_day": "2026-12-18"})
    see(school_id=here.school.pk)
    assert str(Pupil.objects.get(pk=kuba.pk).left_on) == "2026-12-18"
    client.post(roll, {"last_day": ""})
    see(school_id=here.school.pk)
    assert Pupil.objects.get(pk=kuba.pk).left_on is None
