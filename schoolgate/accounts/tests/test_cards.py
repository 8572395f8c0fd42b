"""Printed cards: once, for 14 days, never guessed."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from schoolgate.accounts.actions.cards import issue_card, use_card
from schoolgate.accounts.errors import CardNotGood
from schoolgate.accounts.models import CodeCard
from schoolgate.ledger.actors import Actor
from schoolgate.rehearsal.cast import Cast

JOAN = Actor(kind="team", id=1, name="Joan Pike")


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> None:
    cache.clear()


def test_a_card_signs_in_once_and_offers_a_passkey(medway: Cast) -> None:
    code = issue_card(actor=JOAN, person=medway.carers["hal"], at=timezone.now())
    client = Client()
    answer = client.post("/account/card/", {"code": code.lower().replace("-", " ")}, follow=True)
    assert "Make a passkey" in answer.content.decode()
    assert client.get("/medway-green/").status_code == 200
    again = Client().post("/account/card/", {"code": code})
    assert again.status_code == 422 and "does not work" in again.content.decode()


def test_the_code_of_a_card_is_kept_nowhere(medway: Cast, now: datetime) -> None:
    code = issue_card(actor=JOAN, person=medway.carers["hal"], at=now)
    card = CodeCard.objects.get()
    assert code.replace("-", "") not in str(vars(card))


def test_a_card_ends_after_14_days_and_with_the_next_one(medway: Cast, now: datetime) -> None:
    first = issue_card(actor=JOAN, person=medway.carers["hal"], at=now)
    second = issue_card(actor=JOAN, person=medway.carers["hal"], at=now)
    with pytest.raises(CardNotGood):
        use_card(code=first, at=now)
    with pytest.raises(CardNotGood):
        use_card(code=second, at=now + timedelta(days=14))
    assert use_card(code=second, at=now + timedelta(days=13)).pk == medway.user_id("hal")


def test_tries_of_cards_are_limited(medway: Cast) -> None:
    client = Client()
    code = issue_card(actor=JOAN, person=medway.carers["hal"], at=timezone.now())
    for _ in range(10):
        client.post("/account/card/", {"code": "ABCD-ABCD-ABCD-ABCD"})
    answer = client.post("/account/card/", {"code": code})
    assert answer.status_code == 422 and "many tries" in answer.content.decode()
