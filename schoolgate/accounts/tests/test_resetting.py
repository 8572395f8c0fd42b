"""A lost second factor: two people, or nothing."""

from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from schoolgate.accounts.actions.resetting import ask_for_reset, decide_reset
from schoolgate.accounts.errors import AlreadyDecided, SamePerson
from schoolgate.accounts.models import SignInChange
from schoolgate.ledger.actors import SYSTEM
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast


@pytest.fixture
def asked(medway: Cast, now: datetime) -> SignInChange:
    Authenticator.objects.create(user_id=medway.user_id("priya"), type="totp", data={})
    team = medway.team
    return ask_for_reset(
        actor=SYSTEM, by=team["joan"], person=team["priya"], because="Key lost", at=now
    )


@pytest.mark.parametrize("key", ["joan", "priya"])
def test_neither_the_one_who_asked_nor_the_one_it_is_for_decides(
    medway: Cast, asked: SignInChange, now: datetime, key: str
) -> None:
    with pytest.raises(SamePerson):
        decide_reset(actor=SYSTEM, by=medway.team[key], reset=asked, approve=True, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInChange.objects.filter(pk=asked.pk).update(decided_by=medway.team[key])


def test_another_one_approves_and_the_keys_are_gone(
    medway: Cast, asked: SignInChange, now: datetime
) -> None:
    decide_reset(actor=SYSTEM, by=medway.team["tom"], reset=asked, approve=True, at=now)
    assert not Authenticator.objects.filter(user_id=medway.user_id("priya")).exists()
    assert Entry.objects.filter(verb="approved a reset").count() == 1
    with pytest.raises(AlreadyDecided):
        decide_reset(actor=SYSTEM, by=medway.team["ruth"], reset=asked, approve=True, at=now)


def test_a_refused_reset_changes_nothing(medway: Cast, asked: SignInChange, now: datetime) -> None:
    decide_reset(actor=SYSTEM, by=medway.team["tom"], reset=asked, approve=False, at=now)
    assert Authenticator.objects.filter(user_id=medway.user_id("priya")).exists()
