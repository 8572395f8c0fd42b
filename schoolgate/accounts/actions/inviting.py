"""Inviting: a person of the school gets a way to sign in."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from schoolgate.accounts.models import User
from schoolgate.accounts.queries import may_sign_in, users_at
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, TeamMember
from schoolgate.people.queries import email_of


@transaction.atomic
def invite(*, actor: Actor, person: Carer | TeamMember, at: datetime) -> User:
    """Give a carer or team member a user, by their address where it signs in them alone (UTC).

    Somebody who has a user keeps it. A shared address signs in nobody until the office has given
    it to one; its people use cards (threat T4). Who is a carer and a colleague of one school, known
    by the same name and address, has one user there. An address that signs in somebody elsewhere
    goes on doing so: its person agrees to the second place while signed in there (decision 22).
    """
    if person.user_id is not None:
        return User.objects.get(pk=person.user_id)
    address = address_for(person, at)
    known = next((one for one in users_at(address) if one.school_id == person.school_id), None)
    user = known if known and _same_name(known, person) else _new_user(person, address, known)
    person.user_id = user.pk
    person.save(update_fields=["user_id"])
    record(
        actor=actor,
        verb="invited",
        school_id=person.school_id,
        about=("member" if isinstance(person, TeamMember) else "carer", person.pk),
        at=at,
        by_email=bool(user.address),
    )
    return user


def invite_all(*, actor: Actor, people: Iterable[Carer], at: datetime) -> int:
    """Invite several carers; how many can sign in by email (UTC)."""
    return sum(bool(invite(actor=actor, person=person, at=at).address) for person in people)


def address_for(person: Carer | TeamMember, at: datetime) -> str:
    """The address that may sign somebody in, in lower case, or nothing."""
    if isinstance(person, TeamMember):
        return person.email.lower()
    address = email_of(person).lower()
    return address if address and may_sign_in(carer=person, address=address, at=at) else ""


def _new_user(person: Carer | TeamMember, address: str, known: User | None) -> User:
    user = User.objects.create_user(school_id=person.school_id, name=person.name)
    use_address(user, "" if known else address)
    return user


def use_address(user: User, address: str) -> None:
    """Let an address be a user's, and sign them in where it signs in nobody elsewhere.

    What they had before signs in whoever else has it by their own school's word.
    """
    before, user.address = user.address, address.lower()
    if user.email != (user.address or None):
        user.email = None
        user.save(update_fields=["email", "address"])
        for freed in {before, user.address} - {""}:
            _sign_in_the_first_at(freed)
        user.refresh_from_db(fields=["email"])
    else:
        user.save(update_fields=["address"])


def _sign_in_the_first_at(address: str) -> None:
    """Nobody signs in by an address: from now on whoever has had it longest does."""
    users = users_at(address)
    if users and users[0].email != address:
        User.objects.filter(pk=users[0].pk).update(email=address)


def _same_name(user: User, person: Carer | TeamMember) -> bool:
    return user.name.casefold().split() == person.name.casefold().split()
