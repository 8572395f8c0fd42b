"""A team member's page: details, roles, groups, and the work that a new tutor takes on."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.accounts.models import User
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import fresh, writes
from schoolgate.delivery.models import Parcel
from schoolgate.ledger.models import Entry
from schoolgate.people.models import Group, GroupHelper, RoleHolding, TeamMember
from schoolgate.people.queries import roles_of
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import see

AT = "/medway-green/people/"


@pytest.fixture
def here(db: None) -> Cast:
    cache.clear()
    return assemble("medway-green", timezone.now())


def by(here: Cast, key: str = "joan") -> Client:
    return enter(key, here, here)[0]


def page_of(one: TeamMember) -> str:
    return f"{AT}{one.public_id}/"


def now_of(here: Cast, key: str) -> TeamMember:
    see(school_id=here.school.pk)
    return TeamMember.objects.get(pk=here.team[key].pk)


def details(here: Cast, key: str, **changed: object) -> dict[str, object]:
    """What the form would send if nothing else were changed."""
    member = now_of(here, key)
    return {
        "name": member.name,
        "job_title": member.job_title,
        "email": member.email,
        "line_leader": member.line_leader_id or "",
        "cover": member.cover_id or "",
    } | changed


def test_the_office_changes_name_title_cover_and_line_leader(here: Cast) -> None:
    page = f"{page_of(here.team['lena'])}details/"
    said = details(here, "lena", name="Lena Kovac-Hill", cover=here.team["sam"].pk)
    assert by(here).post(page, said).status_code == 302
    lena = now_of(here, "lena")
    assert (lena.name, lena.cover) == ("Lena Kovac-Hill", here.team["sam"])
    entry = Entry.objects.get(verb="changed a team member")
    assert entry.facts == {"changed": ["name", "cover"]}
    assert by(here).post(page, details(here, "lena")).status_code == 302
    see(school_id=here.school.pk)
    assert Entry.objects.filter(verb="changed a team member").count() == 1


@pytest.mark.parametrize("place", ["cover", "line_leader"])
def test_nobody_covers_for_themselves_nor_does_somebody_who_has_left(
    here: Cast, place: str
) -> None:
    lena = here.team["lena"]
    TeamMember.objects.filter(pk=here.team["andy"].pk).update(access_ended_at=timezone.now())
    for other in (lena, here.team["andy"]):
        answer = by(here).post(
            f"{page_of(lena)}details/", details(here, "lena", **{place: other.pk})
        )
        assert answer.status_code == 422
    assert getattr(now_of(here, "lena"), place) == getattr(here.team["lena"], place)


def test_sign_in_follows_a_changed_school_address_and_the_old_one_is_told(here: Cast) -> None:
    page = f"{page_of(here.team['lena'])}details/"
    by(here).post(page, details(here, "lena", email="Kovac@medway-green.example.org"))
    lena = now_of(here, "lena")
    assert lena.email == "kovac@medway-green.example.org"
    assert User.objects.get(pk=lena.user_id).email == lena.email
    assert Parcel.objects.filter(address="lena@medway-green.example.org").exists()


def test_the_address_of_one_who_sees_most_is_changed_by_the_head_alone(here: Cast) -> None:
    page = f"{page_of(here.team['helen'])}details/"
    said = details(here, "helen", email="mine@example.org")
    assert by(here).post(page, said).status_code == 422
    assert now_of(here, "helen").email == here.team["helen"].email
    assert by(here, "ruth").post(page, said).status_code == 302
    assert now_of(here, "helen").email == "mine@example.org"


def test_roles_begin_and_end_and_are_written_down(here: Cast) -> None:
    page = f"{page_of(here.team['lena'])}roles/"
    assert by(here).post(page, {"roles": ["family_liaison"]}).status_code == 302
    assert roles_of(now_of(here, "lena"), timezone.now()) == {"family_liaison"}
    assert RoleHolding.objects.get(member=here.team["lena"], role="tutor").until is not None
    entry = Entry.objects.get(verb="changed roles")
    assert entry.facts == {"begun": ["family_liaison"], "ended": ["tutor"]}
    assert by(here).post(page, {}).status_code == 302
    assert roles_of(now_of(here, "lena"), timezone.now()) == frozenset()


def test_the_office_neither_gives_nor_takes_the_roles_that_see_most(here: Cast) -> None:
    helen, client = here.team["helen"], by(here)
    assert client.post(f"{page_of(helen)}roles/", {"roles": ["head"]}).status_code == 422
    assert client.post(f"{page_of(helen)}roles/", {"roles": ["tutor"]}).status_code == 302
    assert roles_of(now_of(here, "helen"), timezone.now()) == {"dsl", "tutor"}
    assert by(here, "ruth").post(f"{page_of(helen)}roles/", {"roles": []}).status_code == 302
    assert roles_of(now_of(here, "helen"), timezone.now()) == frozenset()


def test_a_school_is_never_left_without_a_head(here: Cast) -> None:
    client, ruth, tom = by(here, "ruth"), here.team["ruth"], here.team["tom"]
    assert client.post(f"{page_of(ruth)}roles/", {"roles": ["tutor"]}).status_code == 422
    assert roles_of(now_of(here, "ruth"), timezone.now()) == {"head"}
    client.post(f"{page_of(tom)}roles/", {"roles": ["head"]})
    assert client.post(f"{page_of(ruth)}roles/", {"roles": ["tutor"]}).status_code == 302


@pytest.mark.clause("1.0-A2")
def test_a_new_tutor_gets_new_messages_and_the_open_ones_by_one_press(here: Cast) -> None:
    at = timezone.now()
    first, second = writes(here, "ewa", "kuba", at), writes(here, "nina", "noah", at)
    elsewhere = writes(here, "hannah", "ivy", at)
    client, lena, priya = by(here), here.team["lena"], here.team["priya"]
    oak = here.groups["Oak"]
    client.post(f"{page_of(lena)}tutoring/", {"group": oak.pk})
    see(school_id=here.school.pk)
    assert Group.objects.get(pk=oak.pk).tutor == lena
    assert fresh(first).owner == priya, "open conversations stay by themselves"
    text = client.get(page_of(lena)).content.decode()
    assert "2 open conversations of Oak are with Priya Nair" in text
    client.post(f"{page_of(lena)}work/", {"group": oak.pk, "owner": priya.pk})
    see(school_id=here.school.pk)
    assert {fresh(first).owner, fresh(second).owner, fresh(elsewhere).owner} == {lena}
    assert "of Oak are with" not in client.get(page_of(lena)).content.decode()
    see(school_id=here.school.pk)
    assert writes(here, "obi", "amara", at).owner == lena


def test_what_was_handed_to_a_helper_or_a_leader_is_not_offered_to_move(here: Cast) -> None:
    for owner in ("dee", "helen"):
        conversation = writes(here, "ewa", "kuba", timezone.now())
        Conversation.objects.filter(pk=conversation.pk).update(owner=here.team[owner])
    text = by(here).get(page_of(here.team["priya"])).content.decode()
    assert "open conversation" not in text


def test_a_helper_of_a_group_is_added_and_taken_away(here: Cast) -> None:
    client, lena, oak = by(here), here.team["lena"], here.groups["Oak"]
    client.post(f"{page_of(lena)}helping/", {"group": oak.pk})
    see(school_id=here.school.pk)
    assert GroupHelper.objects.filter(group=oak, member=lena).exists()
    assert "Helps in Oak" in client.get(page_of(lena)).content.decode()
    client.post(f"{page_of(lena)}helping/end/", {"group": oak.pk, "because": "Back in Elm."})
    see(school_id=here.school.pk)
    assert not GroupHelper.objects.filter(group=oak, member=lena).exists()
    verbs = set(Entry.objects.filter(object_kind="group").values_list("verb", flat=True))
    assert verbs == {"began helping", "ended helping"}
