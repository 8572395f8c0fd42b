"""A place at one school is no key to another, whatever either school does to its own (D22)."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from schoolgate.accounts.actions.agreeing import agree, agree_by_card
from schoolgate.accounts.actions.cards import issue_card, use_card
from schoolgate.accounts.actions.inviting import invite
from schoolgate.accounts.actions.resetting import ask_for_reset, decide_reset
from schoolgate.accounts.actions.routes import give_address
from schoolgate.accounts.errors import CardNotGood, NotTheirs
from schoolgate.accounts.models import CodeCard, User
from schoolgate.accounts.queries import places_of
from schoolgate.accounts.tests.test_signing_in import ASK, CONFIRM, codes
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.joining import (
    NewCarer,
    NewLink,
    NewMember,
    add_carer,
    add_member,
    link_carer,
)
from schoolgate.people.actions.routes import change_email
from schoolgate.people.models import Carer, TeamMember
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

Person = Carer | TeamMember
# The head and a parent of the other school, as the office here would copy them.
COPIED = ("marcus", "mia")


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> None:
    cache.clear()


def there(trent: Cast, key: str) -> User:
    """The user behind somebody of the other school."""
    return User.objects.get(pk=trent.user_id(key))


def copied(medway: Cast, trent: Cast, key: str, as_team: bool, at: datetime) -> Person:
    """Somebody of Trent Acres, entered at Medway Green by name and address."""
    known = there(trent, key)
    see(school_id=medway.school.pk)
    email = known.email or ""
    if as_team:
        new = NewMember(name=known.name, email=email, roles=("head", "dsl"))
        return add_member(actor=SYSTEM, school=medway.school, new=new, at=at)
    carer = add_carer(
        actor=SYSTEM, school=medway.school, new=NewCarer(known.name, email=email), at=at
    )
    link_carer(actor=SYSTEM, carer=carer, pupil=medway.children["kuba"], new=NewLink("aunt"), at=at)
    return carer


def sign_in_there(trent: Cast) -> tuple[object, ...]:
    """All of how people sign in at the other school, and on what devices they are."""
    see(school_id=trent.school.pk)
    users = User.objects.filter(school=trent.school).order_by("pk")
    return (
        list(users.values("pk", "email", "address", "name", "is_active", "school_acted_at")),
        list(TeamMember.objects.order_by("pk").values("pk", "user_id", "email")),
        list(Carer.objects.order_by("pk").values("pk", "user_id")),
        list(Authenticator.objects.filter(user__in=users).order_by("pk").values("pk", "user_id")),
        list(UserSession.objects.filter(user__in=users).order_by("pk").values("pk", "user_id")),
        list(CodeCard.objects.filter(user__in=users).order_by("pk").values("pk", "withdrawn_at")),
    )


def by_card(person: Person, medway: Cast, at: datetime) -> None:
    issue_card(actor=SYSTEM, person=person, at=at)


def by_invitation(person: Person, medway: Cast, at: datetime) -> None:
    invite(actor=SYSTEM, person=person, at=at)


def by_reset(person: Person, medway: Cast, at: datetime) -> None:
    issue_card(actor=SYSTEM, person=person, at=at)
    asked = ask_for_reset(
        actor=SYSTEM, by=medway.team["joan"], person=person, because="Lost.", at=at
    )
    late = at + timedelta(hours=1)
    decide_reset(actor=SYSTEM, by=medway.team["grace"], reset=asked, approve=True, at=late)


def by_new_address(person: Person, medway: Cast, at: datetime) -> None:
    invite(actor=SYSTEM, person=person, at=at)
    if isinstance(person, Carer):
        change_email(actor=SYSTEM, carer=person, address="taken@example.org", at=at)


def by_their_address(person: Person, medway: Cast, at: datetime) -> None:
    """The office gives somebody of its own the address of one of the other school."""
    ewa = medway.carers["ewa"]
    address = User.objects.get(pk=person.user_id).address if person.user_id else ""
    change_email(actor=SYSTEM, carer=ewa, address=address or "mia@trent-acres.example.org", at=at)


def by_giving(person: Person, medway: Cast, at: datetime) -> None:
    invite(actor=SYSTEM, person=person, at=at)
    if isinstance(person, Carer):
        address = "mia@trent-acres.example.org"
        change_email(actor=SYSTEM, carer=medway.carers["ewa"], address=address, at=at)
        give_address(actor=SYSTEM, carer=medway.carers["ewa"], address=address, at=at)


VERBS: tuple[Callable[[Person, Cast, datetime], None], ...] = (
    by_card, by_invitation, by_reset, by_new_address, by_their_address, by_giving,
)  # fmt: skip


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
@pytest.mark.parametrize("as_team", [True, False], ids=["as a colleague", "as a carer"])
@pytest.mark.parametrize("key", COPIED)
def test_nothing_that_one_school_does_changes_how_anybody_signs_in_at_another(
    medway: Cast,
    trent: Cast,
    now: datetime,
    key: str,
    as_team: bool,
    verb: Callable[[Person, Cast, datetime], None],
) -> None:
    victim = there(trent, key)
    Authenticator.objects.create(user=victim, type="totp", data={})
    UserSession.objects.create(user=victim, ip="127.0.0.1", session_key=key, user_agent="")
    before = sign_in_there(trent)
    person = copied(medway, trent, key, as_team, now)
    verb(person, medway, now)
    see(school_id=medway.school.pk)
    person.refresh_from_db()
    assert person.user_id != victim.pk
    assert sign_in_there(trent) == before
    if person.user_id:
        schools = {place.school for place in places_of(user_id=person.user_id, at=now)}
        assert schools <= {medway.school}


@pytest.mark.parametrize("as_team", [True, False])
def test_a_card_of_one_school_opens_no_page_of_another(
    medway: Cast, trent: Cast, as_team: bool
) -> None:
    at = timezone.now()
    person = copied(medway, trent, "marcus", as_team, at)
    code = issue_card(actor=SYSTEM, person=person, at=at)
    client = Client()
    assert client.post("/account/card/", {"code": code}).status_code == 302
    for page in ("", "head/", "to-answer/", "sealed/", "people/"):
        assert client.get(f"/trent-acres/{page}").status_code == 404, page


def entered_twice(medway: Cast, trent: Cast, at: datetime) -> tuple[User, User]:
    """Ewa, and herself as Trent Acres entered her."""
    see(school_id=trent.school.pk)
    address = "ewa@medway-green.example.org"
    carer = add_carer(
        actor=SYSTEM, school=trent.school, new=NewCarer("Ewa Nowak", email=address), at=at
    )
    pupil = next(iter(trent.children.values()))
    link_carer(actor=SYSTEM, carer=carer, pupil=pupil, new=NewLink("mother"), at=at)
    second = invite(actor=SYSTEM, person=carer, at=at)
    return User.objects.get(pk=medway.user_id("ewa")), second


def by_emailed_code(medway: Cast, address: str = "ewa@medway-green.example.org") -> Client:
    """A browser that has signed in by the newest code."""
    client = Client()
    client.post(ASK, {"email": address})
    client.post(CONFIRM, {"code": codes(medway)[-1]})
    return client


def test_a_second_place_waits_for_its_person_to_agree_while_signed_in(
    medway: Cast, trent: Cast
) -> None:
    _, second = entered_twice(medway, trent, timezone.now())
    client = by_emailed_code(medway)
    answer = client.get("/trent-acres/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/places/")
    page = client.get("/account/places/").content.decode()
    assert trent.school.name in page
    client.post("/account/places/", {})
    assert client.get("/trent-acres/").status_code == 302  # an empty press agrees to nothing
    client.post("/account/places/", {"user": second.pk})
    assert client.get("/trent-acres/").status_code == 200
    assert client.get("/medway-green/").status_code == 200


def test_nobody_agrees_for_an_address_that_they_have_not_shown(
    medway: Cast, trent: Cast, now: datetime
) -> None:
    first, second = entered_twice(medway, trent, now)
    for proven in (frozenset[str](), frozenset({"nina@medway-green.example.org"})):
        with pytest.raises(NotTheirs):
            agree(user=first, other=second, proven=proven, at=now)
    client = Client()
    client.force_login(first, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/account/places/", {"user": second.pk})
    assert client.get("/trent-acres/").status_code == 404


def test_a_card_of_the_other_school_joins_it_and_one_of_the_same_school_does_not(
    medway: Cast, trent: Cast, now: datetime
) -> None:
    first = User.objects.get(pk=medway.user_id("ewa"))
    code = issue_card(actor=SYSTEM, person=trent.carers["mia"], at=now)
    see(school_id=medway.school.pk)
    own = issue_card(actor=SYSTEM, person=medway.carers["nina"], at=now)
    with pytest.raises(CardNotGood):
        agree_by_card(user=first, code=own, at=now)
    assert agree_by_card(user=first, code=code, at=now).pk == trent.user_id("mia")
    with pytest.raises(CardNotGood):
        agree_by_card(user=first, code=code, at=now)


@pytest.mark.parametrize("whose", ["first", "second"])
def test_after_a_school_changed_a_way_in_only_the_address_itself_reaches_the_other_place(
    medway: Cast, trent: Cast, whose: str
) -> None:
    at = timezone.now()
    first, second = entered_twice(medway, trent, at)
    agree(user=first, other=second, proven=frozenset({second.address}), at=at)
    client = Client()
    client.force_login(first, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/trent-acres/").status_code == 200
    late = timezone.now() + timedelta(seconds=1)
    User.objects.filter(pk={"first": first, "second": second}[whose].pk).update(
        school_acted_at=late
    )
    assert client.get("/trent-acres/").status_code == 404
    if whose == "first":
        assert by_emailed_code(medway).get("/trent-acres/").status_code == 200


def test_who_came_by_card_reaches_no_other_school(medway: Cast, trent: Cast) -> None:
    at = timezone.now()
    first, second = entered_twice(medway, trent, at)
    see(school_id=medway.school.pk)
    code = issue_card(actor=SYSTEM, person=medway.carers["ewa"], at=at)
    later = timezone.now()
    agree(user=first, other=second, proven=frozenset({second.address}), at=later)
    client = Client()
    client.post("/account/card/", {"code": code})
    assert client.get("/medway-green/").status_code == 200
    assert client.get("/trent-acres/").status_code == 404


def test_an_address_that_a_school_takes_back_signs_in_who_has_it_elsewhere(
    medway: Cast, trent: Cast, now: datetime
) -> None:
    first, second = entered_twice(medway, trent, now)
    assert (first.email, second.email) == (second.address, None)
    see(school_id=medway.school.pk)
    change_email(actor=SYSTEM, carer=medway.carers["ewa"], address="new@example.org", at=now)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.email, second.email) == ("new@example.org", "ewa@medway-green.example.org")


def test_a_school_that_sends_no_codes_keeps_nobody_out_of_one_that_does(
    medway: Cast, trent: Cast
) -> None:
    """Mia signs in at Trent Acres, which may email nothing, when Medway Green enters her."""
    at, address = timezone.now(), "mia@trent-acres.example.org"
    person = copied(medway, trent, "mia", as_team=False, at=at)
    invite(actor=SYSTEM, person=person, at=at)
    client = Client()
    client.post(ASK, {"email": address})
    client.post(CONFIRM, {"code": codes(medway)[-1]})
    assert client.get("/medway-green/").status_code == 200
    assert client.get("/trent-acres/")["Location"] == "/account/places/"
    client.post("/account/places/", {"user": trent.user_id("mia")})
    assert client.get("/trent-acres/").status_code == 200


def test_a_used_card_is_its_own_schools_user(medway: Cast, trent: Cast, now: datetime) -> None:
    code = issue_card(actor=SYSTEM, person=trent.carers["mia"], at=now)
    assert use_card(code=code, at=now).school == trent.school
