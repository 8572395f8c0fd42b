"""Two people are two who were there before, whatever one of them prepares (decision 23)."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.accounts.actions.cards import issue_card
from schoolgate.accounts.actions.inviting import invite
from schoolgate.accounts.actions.resetting import (
    ask_for_reset,
    confirm_in_person,
    decide_reset,
    stop_change,
)
from schoolgate.accounts.errors import (
    AlreadyDecided,
    NotTheirs,
    SamePerson,
    StillWaits,
    TiedToTheAsker,
    TooNew,
    TwoPeople,
)
from schoolgate.accounts.guarding import begun_today
from schoolgate.accounts.models import SignInChange, User
from schoolgate.delivery.models import Parcel
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import may_give
from schoolgate.people.actions.joining import NewCarer, NewMember, add_carer, add_member
from schoolgate.people.models import RoleHolding
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
GUARDED = ("joan", "tom", "ruth", "helen", "sam", "grace")


def hand(cast: Cast, key: str) -> Actor:
    """Somebody of the team, as the ledger names them."""
    return Actor(kind="team", id=cast.team[key].pk, name=cast.team[key].name)


def asks(cast: Cast, by: str, about: str, at: datetime, what: str = "reset") -> SignInChange:
    """One of the team asks for a change to another one's way in."""
    return ask_for_reset(
        actor=hand(cast, by), by=cast.team[by], person=cast.team[about], because="Lost.", at=at,
        what=what,
    )  # fmt: skip


def decides(cast: Cast, by: str, change: SignInChange, at: datetime) -> str:
    """One of the team approves a change."""
    return decide_reset(actor=hand(cast, by), by=cast.team[by], reset=change, approve=True, at=at)


@pytest.mark.parametrize("key", GUARDED)
def test_nobody_prints_a_card_alone_for_who_leads_or_reads_sealed_things(
    medway: Cast, now: datetime, key: str
) -> None:
    for by in ("joan", "ruth", "tom"):
        with pytest.raises(TwoPeople):
            issue_card(actor=hand(medway, by), person=medway.team[key], at=now)


@pytest.mark.parametrize("key", ["priya", "lena"])
def test_others_get_a_card_by_one_press(medway: Cast, now: datetime, key: str) -> None:
    assert issue_card(actor=hand(medway, "joan"), person=medway.team[key], at=now)


def test_a_carers_card_that_would_open_a_leads_place_is_guarded_as_well(
    medway: Cast, now: datetime
) -> None:
    """The office enters the lead as an adult of a child, by her own name and address."""
    helen = User.objects.get(pk=medway.user_id("helen"))
    new = NewCarer(name=helen.name, email=helen.address)
    carer = add_carer(actor=hand(medway, "joan"), school=medway.school, new=new, at=now)
    with pytest.raises(TwoPeople):
        issue_card(actor=hand(medway, "joan"), person=carer, at=now)
    carer.refresh_from_db()
    invite(actor=hand(medway, "joan"), person=carer, at=now)
    with pytest.raises(TwoPeople):
        issue_card(actor=hand(medway, "joan"), person=carer, at=now)


@pytest.mark.parametrize(
    ("about", "deciders"),
    [
        ("helen", {"ruth", "grace"}),
        ("sam", {"ruth", "helen", "grace"}),
        ("tom", {"ruth", "helen", "grace"}),
        ("ruth", {"grace"}),
        ("priya", {"ruth", "helen", "grace", "tom"}),
    ],
)
def test_who_decides_is_the_head_or_the_lead_and_about_the_head_the_groups_lead(
    medway: Cast, now: datetime, about: str, deciders: set[str]
) -> None:
    change = asks(medway, "joan", about, now)
    found = set()
    for key in medway.team:
        try:
            decides(medway, key, change, now + HOUR)
        except (NotTheirs, SamePerson):
            continue
        found.add(key)
        SignInChange.objects.filter(pk=change.pk).update(
            outcome="", decided_by=None, decided_at=None
        )
    assert found == deciders


def test_who_was_made_by_the_asker_approves_nothing(medway: Cast, now: datetime) -> None:
    """What one of the office did in two minutes takes more than a week, and then fails."""
    new = NewMember(name="Eve Double", email="eve@example.org", roles=("head",))
    eve = add_member(actor=hand(medway, "joan"), school=medway.school, new=new, at=now)
    medway.team["eve"] = eve
    change = asks(medway, "joan", "helen", now + timedelta(days=1))
    with pytest.raises(TooNew):
        decides(medway, "eve", change, now + timedelta(days=7) - TICK)
    with pytest.raises(TiedToTheAsker):
        decides(medway, "eve", change, now + timedelta(days=7))
    other = asks(medway, "tom", "sam", now)
    assert decides(medway, "eve", other, now + timedelta(days=7)) == ""


def test_nor_the_other_way_round(medway: Cast, now: datetime) -> None:
    """Whom the head made asks, and that head does not decide."""
    new = NewMember(name="Eve Double", email="eve@example.org", roles=("office",))
    eve = add_member(actor=hand(medway, "ruth"), school=medway.school, new=new, at=now)
    medway.team["eve"] = eve
    change = asks(medway, "eve", "helen", now)
    with pytest.raises(TiedToTheAsker):
        decides(medway, "ruth", change, now + HOUR)
    assert decides(medway, "grace", change, now + HOUR) == ""


def test_whom_it_is_for_is_told_at_the_asking_and_may_stop_it_for_an_hour(
    medway: Cast, now: datetime
) -> None:
    change = asks(medway, "joan", "helen", now, "card")
    told = Parcel.objects.get(address=medway.team["helen"].email)
    assert "has asked for a new card" in told.content.text and "Lost." not in told.content.text
    with pytest.raises(StillWaits):
        decides(medway, "ruth", change, now + HOUR - TICK)
    with pytest.raises(NotTheirs):
        stop_change(user_id=medway.user_id("sam"), change=change, at=now)
    stop_change(user_id=medway.user_id("helen"), change=change, at=now + HOUR - TICK)
    with pytest.raises(AlreadyDecided):
        decides(medway, "ruth", change, now + HOUR)


def test_after_the_hour_the_approver_gets_the_cards_code(medway: Cast, now: datetime) -> None:
    change = asks(medway, "joan", "helen", now, "card")
    assert decides(medway, "ruth", change, now + HOUR).count("-") == 3


def test_a_lead_who_met_them_shortens_the_hour_and_nobody_else_does(
    medway: Cast, now: datetime
) -> None:
    change = asks(medway, "joan", "tom", now)
    for key in ("ruth", "sam", "grace", "joan"):
        with pytest.raises(NotTheirs):
            confirm_in_person(actor=hand(medway, key), by=medway.team[key], change=change, at=now)
    helen = medway.team["helen"]
    confirm_in_person(actor=hand(medway, "helen"), by=helen, change=change, at=now)
    assert decides(medway, "ruth", change, now) == ""


def test_who_is_also_a_parent_is_told_by_every_address(medway: Cast, now: datetime) -> None:
    nina = medway.carers["nina"]
    nina.user_id = medway.user_id("helen")
    nina.save(update_fields=["user_id"])
    asks(medway, "joan", "helen", now)
    told = set(Parcel.objects.exclude(address="").values_list("address", flat=True))
    assert {"helen@medway-green.example.org", "nina@medway-green.example.org"} <= told


def test_the_office_gives_no_role_of_the_office_or_above(medway: Cast) -> None:
    _, joan = enter("joan", medway, medway)
    _, ruth = enter("ruth", medway, medway)
    assert not may_give(joan) & {"office", "head", "dsl", "deputy_dsl", "assistant_head"}
    assert "office" in may_give(ruth)


def test_a_school_of_one_office_person_and_a_head_still_works(medway: Cast, now: datetime) -> None:
    RoleHolding.objects.exclude(member__in=[medway.team["joan"], medway.team["ruth"]]).update(
        until=now
    )
    about_the_office = asks(medway, "ruth", "joan", now)
    with pytest.raises(SamePerson):
        decides(medway, "ruth", about_the_office, now + HOUR)
    asked = asks(medway, "joan", "priya", now)
    assert decides(medway, "ruth", asked, now + HOUR) == ""


def test_the_head_sees_on_the_day_who_got_a_role_of_the_office_or_above(
    medway: Cast,
) -> None:
    at = timezone.now()
    new = NewMember(name="Eve Double", email="eve@example.org", roles=("office",))
    add_member(actor=hand(medway, "ruth"), school=medway.school, new=new, at=at)
    assert [one.member.name for one in begun_today(medway.school, at)] == ["Eve Double"]
    assert begun_today(medway.school, at + timedelta(days=1)) == []
    ruth, _ = enter("ruth", medway, medway)
    assert "Eve Double holds a role" in ruth.get("/medway-green/head/").content.decode()


def test_on_the_pages_the_office_asks_and_its_person_stops_it(medway: Cast) -> None:
    helen = medway.team["helen"]
    Authenticator.objects.create(user_id=medway.user_id("helen"), type="totp", data={})
    joan, _ = enter("joan", medway, medway)
    page = f"/medway-green/people/{helen.public_id}/card/"
    assert "Ask for a card" in joan.get(page).content.decode()
    answer = joan.post(page, {"because": "Her phone is lost."}, follow=True).content.decode()
    assert "they have been told" in answer and "<code>" not in answer
    lead, _ = enter("helen", medway, medway)
    assert "has asked for a new way in as you" in lead.get("/account/mine/").content.decode()
    see(school_id=medway.school.pk)
    change = SignInChange.objects.get()
    outsider, _ = enter("sam", medway, medway)
    assert outsider.post(f"/account/asked/{change.pk}/stop/").status_code == 404
    lead.post(f"/account/asked/{change.pk}/stop/")
    see(school_id=medway.school.pk)
    assert SignInChange.objects.get().outcome == "stopped"


def test_on_the_pages_the_head_approves_and_sees_the_code_once(medway: Cast) -> None:
    at = timezone.now() - 2 * HOUR
    change = asks(medway, "joan", "helen", at, "card")
    ruth, _ = enter("ruth", medway, medway)
    for said in ("", "maybe"):
        ruth.post("/medway-green/people/resets/", {"reset": change.pk, "decision": said})
    see(school_id=medway.school.pk)
    assert SignInChange.objects.get().outcome == ""  # an empty press decides nothing
    form = {"reset": change.pk, "decision": "yes"}
    assert "<code>" in ruth.post("/medway-green/people/resets/", form).content.decode()
