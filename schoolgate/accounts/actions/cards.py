"""Printed cards: a code that works once, for those without an email of their own."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from schoolgate.accounts.actions.alerting import alert_of_a_card
from schoolgate.accounts.actions.inviting import invite
from schoolgate.accounts.errors import CardNotGood, TwoPeople
from schoolgate.accounts.guarding import is_guarded
from schoolgate.accounts.models import CodeCard, User
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.models import Carer, TeamMember
from schoolgate.school.secret_keys import good_keys

# No letter or digit that can be taken for another: neither 0 and O, nor 1, I and L, nor U and V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
GROUPS, IN_A_GROUP = 4, 4
GOOD_FOR = timedelta(days=14)


@transaction.atomic
def issue_card(*, actor: Actor, person: Carer | TeamMember, at: datetime) -> str:
    """Issue a card for 14 days and give its code, kept nowhere; earlier cards end (UTC).

    Raises TwoPeople where somebody else has to decide (decision 23); the machine itself, which
    opens a school, is not asked.
    """
    invite(actor=actor, person=person, at=at)
    if actor != SYSTEM and is_guarded(person, at):
        raise TwoPeople
    return issue_approved_card(actor=actor, person=person, at=at)


@transaction.atomic
def issue_approved_card(*, actor: Actor, person: Carer | TeamMember, at: datetime) -> str:
    """Issue a card on which two people have agreed, or that needs but one (UTC)."""
    user = invite(actor=actor, person=person, at=at)
    User.objects.filter(pk=user.pk).update(school_acted_at=at)
    CodeCard.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    code = _fresh_code()
    CodeCard.objects.create(
        user=user,
        code_hash=_hash(code, settings.SECRET_KEY),
        issued_at=at,
        expires_at=at + GOOD_FOR,
    )
    record(
        actor=actor,
        verb="issued a card",
        school_id=person.school_id,
        about=("member" if isinstance(person, TeamMember) else "carer", person.pk),
        at=at,
    )
    alert_of_a_card(person=person, at=at)
    return code


@transaction.atomic
def use_card(*, code: str, at: datetime) -> User:
    """The user whose card this is; it works no second time. Raises CardNotGood (UTC)."""
    card = (
        CodeCard.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(
            code_hash__in=[_hash(code, key) for key in good_keys()],
            used_at=None,
            withdrawn_at=None,
            expires_at__gt=at,
            user__is_active=True,
        )
        .first()
    )
    if card is None:
        raise CardNotGood
    card.used_at = at
    card.save(update_fields=["used_at"])
    return card.user


def _fresh_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _hash(code: str, secret: str) -> str:
    """77 bits need no slow hash; the key keeps a stolen table from being tried out elsewhere."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    key = hashlib.sha256(b"schoolgate card" + secret.encode()).digest()
    return hmac.new(key, typed.encode(), hashlib.sha256).hexdigest()
