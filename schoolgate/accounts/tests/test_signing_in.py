"""Signing in by code: to whom one is sent, and what a page tells."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from schoolgate.accounts.actions.inviting import invite
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.models import Carer
from schoolgate.rehearsal.cast import Cast, address
from schoolgate.school.tenancy import see

EWA = "ewa@medway-green.example.org"
ASK, CONFIRM = "/account/login/code/", "/account/login/code/confirm/"


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> None:
    cache.clear()


def codes(cast: Cast) -> list[str]:
    """The codes that wait in the post room of a school, newest last."""
    see(school_id=cast.school.pk)
    texts = Content.objects.filter(purpose="code").order_by("pk").values_list("text", flat=True)
    return [re.findall(r"\d{4}-\d{4}", text)[0] for text in texts]


def ask(client: Client, email: str) -> str:
    """Ask for a code, and give the page that follows with the address taken out."""
    answer = client.post(ASK, {"email": email}, follow=True)
    assert answer.status_code == 200
    text = answer.content.decode().replace(email, "")
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text)


def test_a_carer_signs_in_with_a_code_by_email_and_no_password(medway: Cast) -> None:
    client = Client()
    page = client.get("/account/login/").content.decode()
    assert 'type="password"' not in page and "Use a passkey" in page
    confirm = ask(client, EWA.upper())
    assert 'autocomplete="one-time-code"' in confirm
    (code,) = codes(medway)
    assert Parcel.objects.get(content__purpose="code").address == EWA
    before = Carer.objects.get(pk=medway.carers["ewa"].pk).last_signed_in_at
    answer = client.post(CONFIRM, {"code": f" {code} "})
    assert answer.status_code == 302
    see(school_id=medway.school.pk)
    carer = Carer.objects.get(pk=medway.carers["ewa"].pk)
    assert before and carer.last_signed_in_at and carer.last_signed_in_at > before
    assert client.get("/medway-green/").status_code == 200
    assert client.session.get_expiry_age() > timedelta(days=29).total_seconds()


def test_a_page_never_tells_whether_an_address_is_known(medway: Cast) -> None:
    known = ask(Client(), EWA)
    assert known == ask(Client(), "nobody@example.net")
    assert known == ask(Client(), "rania@medway-green.example.org")
    assert len(codes(medway)) == 1


@pytest.mark.clause("2.1-M2a")
def test_where_email_goes_by_isams_no_code_leaves(trent: Cast) -> None:
    page = ask(Client(), address("mia", trent.school))
    assert "printed card" in page
    assert codes(trent) == []


def test_a_wrong_code_is_tried_five_times_at_most(medway: Cast) -> None:
    client = Client()
    ask(client, EWA)
    (code,) = codes(medway)
    for _ in range(5):
        client.post(CONFIRM, {"code": "0000-0000" if code != "0000-0000" else "1111-1111"})
    client.post(CONFIRM, {"code": code})
    assert client.get("/medway-green/").status_code == 302


def test_only_three_codes_a_minute_are_sent_to_an_address(medway: Cast) -> None:
    for _ in range(5):
        Client().post(ASK, {"email": EWA})
    assert len(codes(medway)) == 3


def test_who_has_left_gets_no_code(medway: Cast) -> None:
    Carer.objects.filter(pk=medway.carers["ewa"].pk).update(
        ended_at=timezone.now() - timedelta(days=1)
    )
    ask(Client(), EWA)
    assert codes(medway) == []


def test_nobody_signs_up_or_changes_an_address_by_themselves(medway: Cast) -> None:
    client = Client()
    for page in ("signup/", "email/", "password/reset/", "password/set/", "3rdparty/"):
        assert client.get(f"/account/{page}").status_code == 404, page


@pytest.mark.clause("1.1-P9")
def test_a_team_member_without_a_second_factor_is_led_to_one(medway: Cast) -> None:
    client = Client()
    ask(client, address("priya", medway.school))
    client.post(CONFIRM, {"code": codes(medway)[-1]})
    answer = client.get("/medway-green/to-answer/", follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith("/account/2fa/")
    assert "Never only your personal phone" in page
    assert client.session.get_expiry_age() <= timedelta(hours=12).total_seconds()


def test_an_address_of_two_carers_signs_in_nobody_when_they_are_invited(medway: Cast) -> None:
    karim = medway.carers["karim"]
    karim.user_id = None
    user = invite(actor=SYSTEM, person=karim, at=timezone.now())
    assert user.email is None


def test_a_stranger_who_asks_and_asks_keeps_nobody_out(medway: Cast) -> None:
    for _ in range(12):
        Client().post(ASK, {"email": EWA})
    client = Client()
    page = client.post(ASK, {"email": EWA}, follow=True).content.decode()
    assert "newest one that came works here too" in page
    assert len(codes(medway)) == 3
    client.post(CONFIRM, {"code": codes(medway)[-1]})
    assert client.get("/medway-green/").status_code == 200


def test_over_the_limit_a_known_and_an_unknown_address_read_alike(medway: Cast) -> None:
    for _ in range(4):
        known, unknown = ask(Client(), EWA), ask(Client(), "nobody@example.net")
    assert known == unknown


def test_writing_has_a_limit_that_no_family_meets_by_hand(medway: Cast) -> None:
    client = Client()
    ask(client, EWA)
    client.post(CONFIRM, {"code": codes(medway)[-1]})
    answers = [client.post("/medway-green/write/", {"body": "Very many words."}) for _ in range(31)]
    assert {answer.status_code for answer in answers[:30]} != {429}
    assert answers[-1].status_code == 429
    assert "Very many words." in answers[-1].content.decode()
