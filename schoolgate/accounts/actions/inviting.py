"""Inviting: a person of the school gets a way to sign in."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from schoolgate.accounts.models import User
from schoolgate.accounts.queries import may_sign_in, user_at
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, TeamMember
from schoolgate.people.queries import email_of


@transaction.atomic
def invite(*, actor: Actor, person: Carer | TeamMember, at: datetime) -> User:
    """Give a carer or team member a user, by their address where it signs in them alone (UTC).

    Somebody who has a user keeps it. A shared address signs in nobody until the office has given
    it to one; its people use cards (threat T4). One person with places in several schools, known
    by the same name and address, has one user.
    """
    if person.user_id is not None:
        return User.objects.get(pk=person.user_id)
    address = address_for(person, at)
    known = user_at(address)
    user = known if known and _same_name(known, person) else _new_user(person, address, known)
    person.user_id = user.pk
    person.save(update_fields=["user_id"])
    record(
        actor=actor,
        verb="invited",
        school_id=person.school_id,
        about=("member" if isinstance(person, TeamMember) else "carer", person.pk),
        at=at,
        by_email=bool(user.email),
    )
    return user


def invite_all(*, actor: Actor, people: Iterable[Carer], at: datetime) -> int:
    """Invite several carers; how many can sign in by email (UTC)."""
    return sum(bool(invite(actor=actor, person=person, at=at).email) for person in people)


def address_for(person: Carer | TeamMember, at: datetime) -> str:
    """The address that may sign somebody in, in lower case, or nothing."""
    if isinstance(person, TeamMember):
        return person.email.lower()
    address = email_of(person).lower()
    return address if address and may_sign_in(carer=person, address=address, at=at) else ""


def _new_user(person: Carer | TeamMember, address: str, known: User | None) -> User:
    return User.objects.create_user(email=None if known else address or None, name=person.name)


def _same_name(user: User, person: Carer | TeamMember) -> bool:
    return user.name.casefold().split() == person.name.casefold().split()
