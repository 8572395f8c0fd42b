"""Which of a person's users a request may act as: a place at one school is no key to another.

A session is one user's. It reaches a user at another school only where its person agreed to be
both, and where what opened the session was not in the first school's hands since: a code sent to
the address that the second school has for them, or a way in that stood before the agreement and
that the first school has not changed (no card, reset or new address). Decision 22.
"""

from collections.abc import Iterator
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from schoolgate.accounts.models import User
from schoolgate.accounts.queries import is_signed_in_by, joined_with, places_of, users_at
from schoolgate.people.access import Who
from schoolgate.school.models import School

BY_CODE, BY_SIGN_ON, BY_CARD = "code", "socialaccount", "card"
# What shows that its person reads the mail of an address.
PROVE_AN_ADDRESS = frozenset({BY_CODE, BY_SIGN_ON})


def user_here(request: HttpRequest, school: School | None, at: datetime) -> int | None:
    """The number of the user that a request acts as at a school (UTC); none if nobody is in."""
    user = request.user
    if not isinstance(user, User):
        return None
    if school is None or user.school_id in {None, school.pk}:
        return user.pk
    return next(
        (other.pk for other in _reached(request, user, at) if other.school_id == school.pk),
        user.pk,
    )


def places_reached(request: HttpRequest, at: datetime) -> list[Who]:
    """Every place that a request reaches now (UTC); afterwards the transaction sees no school."""
    user = request.user
    if not isinstance(user, User):
        return []
    users = [user.pk, *(other.pk for other in _reached(request, user, at))]
    return [place for user_id in users for place in places_of(user_id=user_id, at=at)]


def proven_addresses(
    request: HttpRequest, user: User, *, since: datetime | None = None
) -> frozenset[str]:
    """The addresses whose mail this session's person has shown that they read (since: UTC)."""
    earliest = since.timestamp() if since else 0.0
    records = get_authentication_records(request, user)
    said = (
        one.get("email")
        for one in records
        if one["method"] in PROVE_AN_ADDRESS and one["at"] > earliest
    )
    return frozenset(address.lower() for address in said if address)


def offered(request: HttpRequest, at: datetime) -> list[User]:
    """Users elsewhere of an address that this session has proven, not yet agreed to (UTC)."""
    user = request.user
    if not isinstance(user, User):
        return []
    known = {user.pk, *(other.pk for other, _ in joined_with(user))}
    found = {
        other.pk: other
        for address in sorted(proven_addresses(request, user))
        for other in users_at(address)
        if other.pk not in known
        and other.school_id != user.school_id
        and is_signed_in_by(other, at)
    }
    return list(found.values())


def _reached(request: HttpRequest, user: User, at: datetime) -> Iterator[User]:
    by_card = any(one["method"] == BY_CARD for one in get_authentication_records(request, user))
    for other, agreed_at in joined_with(user):
        stood_before = not by_card and all(
            one.school_acted_at is None or one.school_acted_at < agreed_at for one in (user, other)
        )
        if other.is_active and (stood_before or _has_shown(request, user, other, at)):
            yield other


def _has_shown(request: HttpRequest, user: User, other: User, at: datetime) -> bool:
    """Whether this session has shown the other's address since its school last changed a thing."""
    since = other.school_acted_at
    shown = other.address and other.address in proven_addresses(request, user, since=since)
    return bool(shown) and is_signed_in_by(other, at)
