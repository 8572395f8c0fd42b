"""Agreeing: somebody with places at two schools says, while signed in, that they are both."""

from datetime import datetime

from django.db import transaction

from schoolgate.accounts.actions.cards import use_card
from schoolgate.accounts.errors import CardNotGood, NotTheirs
from schoolgate.accounts.models import JoinedUsers, User
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.school.tenancy import see


@transaction.atomic
def agree(*, user: User, other: User, proven: frozenset[str], at: datetime) -> None:
    """Join a user at another school with one's own (UTC); `proven` are addresses of this session.

    Afterwards the transaction sees no school. Raises NotTheirs where the other's address is none
    of those.
    """
    if not other.address or other.address not in proven or other.school_id == user.school_id:
        raise NotTheirs
    _join(user, other, at)


@transaction.atomic
def agree_by_card(*, user: User, code: str, at: datetime) -> User:
    """Join the user whose card this is with one's own (UTC); the other one's number is given.

    Afterwards the transaction sees no school. Raises CardNotGood, also for a card of one's own
    school, which would open more than a place.
    """
    other = use_card(code=code, at=at)
    if other.school_id in {None, user.school_id}:
        raise CardNotGood
    _join(user, other, at)
    return other


def _join(user: User, other: User, at: datetime) -> None:
    one, two = sorted([user, other], key=lambda each: each.pk)
    JoinedUsers.objects.update_or_create(one=one, other=two, defaults={"agreed_at": at})
    for each in (user, other):
        assert each.school_id is not None  # an offer and a card are a school's
        see(school_id=each.school_id, user_id=each.pk)
        record(
            actor=Actor(kind="outside", name=each.name),
            verb="agreed to be one person at two schools",
            school_id=each.school_id,
            about=("user", each.pk),
            at=at,
        )
    see(school_id=None, user_id=user.pk)
