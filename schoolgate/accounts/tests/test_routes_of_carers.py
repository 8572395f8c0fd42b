"""A changed or shared address: the old route hears of it, and one person alone is signed in."""

from datetime import datetime

import pytest
from allauth.usersessions.models import UserSession

from schoolgate.accounts.actions.routes import give_address
from schoolgate.accounts.errors import NotTheirAddress
from schoolgate.accounts.models import User
from schoolgate.accounts.queries import may_sign_in, shared_addresses
from schoolgate.delivery.models import Parcel
from schoolgate.ledger.actors import Actor
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.routes import change_email
from schoolgate.people.queries import email_of
from schoolgate.rehearsal.cast import Cast

JOAN = Actor(kind="team", id=1, name="Joan Pike")
SHARED = "rania@medway-green.example.org"


def signed_in(cast: Cast, key: str) -> None:
    UserSession.objects.create(
        user_id=cast.user_id(key), ip="127.0.0.1", session_key=key, user_agent=""
    )


def test_a_changed_address_is_told_to_the_old_one_and_ends_devices(
    medway: Cast, now: datetime
) -> None:
    ewa = medway.carers["ewa"]
    signed_in(medway, "ewa")
    change_email(actor=JOAN, carer=ewa, address="New@example.org", at=now)
    assert email_of(ewa) == "new@example.org"
    assert User.objects.get(pk=ewa.user_id).email == "new@example.org"
    parcel = Parcel.objects.get(address="ewa@medway-green.example.org")
    assert "new@example.org" not in parcel.content.text
    assert not UserSession.objects.filter(user_id=ewa.user_id).exists()
    assert Entry.objects.filter(verb="changed an address", object_id=str(ewa.pk)).exists()


@pytest.mark.clause("2.1-M2a")
def test_where_email_goes_by_isams_the_old_address_is_not_mailed(
    trent: Cast, now: datetime
) -> None:
    mia = trent.carers["mia"]
    change_email(actor=JOAN, carer=mia, address="mia2@example.org", at=now)
    assert not Parcel.objects.exists()


def test_a_shared_address_is_listed_and_signs_in_nobody_until_it_is_given(
    medway: Cast, now: datetime
) -> None:
    rania, karim = medway.carers["rania"], medway.carers["karim"]
    ((address, carers),) = shared_addresses(school_id=medway.school.pk, at=now)
    assert (address, {carer.pk for carer in carers}) == (SHARED, {rania.pk, karim.pk})
    assert not may_sign_in(carer=rania, address=SHARED, at=now)
    signed_in(medway, "rania")
    give_address(actor=JOAN, carer=karim, address=SHARED, at=now)
    assert may_sign_in(carer=karim, address=SHARED, at=now)
    assert not may_sign_in(carer=rania, address=SHARED, at=now)
    assert User.objects.get(pk=rania.user_id).email is None
    assert User.objects.get(pk=karim.user_id).email == SHARED
    assert not UserSession.objects.filter(user_id=rania.user_id).exists()


def test_an_address_is_given_only_to_one_who_uses_it(medway: Cast, now: datetime) -> None:
    with pytest.raises(NotTheirAddress):
        give_address(actor=JOAN, carer=medway.carers["ewa"], address=SHARED, at=now)
