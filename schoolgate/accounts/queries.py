"""Which person is behind a user, and where; which addresses several carers share."""

from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import Lower

from schoolgate.accounts.models import AddressGiven, JoinedUsers, SignInChange, User
from schoolgate.people.access import Who
from schoolgate.people.letters import plain
from schoolgate.people.models import Carer, ContactRoute, TeamMember
from schoolgate.people.queries import carers_at, has_access, member_of
from schoolgate.school.models import School
from schoolgate.school.tenancy import see


def who_is(*, school: School, user_id: int, at: datetime) -> Who:
    """The carer and team member behind a user in one school, with roles as they are now (UTC).

    Somebody whose access has ended is nobody, whatever device they hold (decision 3).
    """
    found = member_of(school_id=school.pk, user_id=user_id, at=at)
    member, roles = found if found and has_access(found[0], at) else (None, set[str]())
    known = carer = Carer.objects.filter(school=school, user_id=user_id).first()
    if carer and carer.ended_at and carer.ended_at <= at:
        carer = None
    return Who(
        school=school,
        user_id=user_id,
        carer=carer,
        member=member,
        roles=frozenset(roles),
        is_adult_here=known is not None,
        at=at,
    )


def schools_of(*, user_id: int) -> list[School]:
    """The schools in which a user has a place; readable with no school set, by their own policy."""
    ids = set(Carer.objects.filter(user_id=user_id).values_list("school_id", flat=True))
    ids |= set(TeamMember.objects.filter(user_id=user_id).values_list("school_id", flat=True))
    return list(School.objects.filter(pk__in=ids))


def places_of(*, user_id: int, at: datetime) -> list[Who]:
    """Every place that a user has now (UTC), each school asked in turn; afterwards none is set."""
    see(school_id=None, user_id=user_id)
    places = []
    for school in schools_of(user_id=user_id):
        see(school_id=school.pk, user_id=user_id)
        who = who_is(school=school, user_id=user_id, at=at)
        if who.carer or who.member:
            places.append(who)
    see(school_id=None, user_id=user_id)
    return places


def changes_asked_for(*, user_id: int) -> list[SignInChange]:
    """Cards and resets asked for in a user's name, that wait; afterwards no school is set."""
    found: list[SignInChange] = []
    for school in schools_of(user_id=user_id):
        see(school_id=school.pk, user_id=user_id)
        rows = SignInChange.objects.filter(
            Q(member__user_id=user_id) | Q(carer__user_id=user_id), school=school, outcome=""
        )
        found += rows.select_related("asked_by", "school", "member", "carer")
    see(school_id=None, user_id=user_id)
    return found


def user_at(address: str) -> User | None:
    """Whom an address signs in."""
    return User.objects.filter(email=address.lower(), is_active=True).first() if address else None


def users_at(address: str) -> list[User]:
    """Everybody whose address it is by a school's word, at each school; who signs in by it first.

    Whoever reads the mail of that address may be each of them, once they have agreed to it.
    """
    if not address:
        return []
    known = User.objects.filter(
        Q(email=address.lower()) | Q(address=address.lower()), is_active=True
    )
    return sorted(known, key=lambda one: (one.email != address.lower(), one.pk))


def is_signed_in_by(user: User, at: datetime) -> bool:
    """Whether a user's address signs in nobody but them at their school (UTC).

    Afterwards the transaction sees no school.
    """
    if not user.address or user.school_id is None:
        return bool(user.address)
    see(school_id=user.school_id, user_id=user.pk)
    carer = Carer.objects.filter(school_id=user.school_id, user_id=user.pk).first()
    alone = carer is None or may_sign_in(carer=carer, address=user.address, at=at)
    see(school_id=None, user_id=user.pk)
    return alone


def joined_with(user: User) -> list[tuple[User, datetime]]:
    """The users elsewhere that somebody agreed to be as well, and when (UTC)."""
    rows = JoinedUsers.objects.filter(Q(one=user) | Q(other=user)).select_related("one", "other")
    return [(row.other if row.one_id == user.pk else row.one, row.agreed_at) for row in rows]


def may_sign_in(*, carer: Carer, address: str, at: datetime) -> bool:
    """Whether an address signs in one carer: theirs alone, or given to them by the office."""
    users = carers_at(school_id=carer.school_id, address=address, at=at)
    if len(users) < 2:
        return True
    return AddressGiven.objects.filter(
        school_id=carer.school_id, address=address.lower(), carer=carer
    ).exists()


def shared_addresses(*, school_id: int, at: datetime) -> list[tuple[str, list[Carer]]]:
    """Addresses that several current carers of a school use, with those carers, by address."""
    current = Q(carer__ended_at=None) | Q(carer__ended_at__gt=at)
    routes = ContactRoute.objects.filter(
        current, school_id=school_id, kind=ContactRoute.Kind.EMAIL, ended_at=None
    )
    addresses = (
        routes.annotate(address=Lower("value"))
        .values("address")
        .annotate(users=Count("carer", distinct=True))
        .filter(users__gt=1)
        .order_by("address")
        .values_list("address", flat=True)
    )
    return [
        (
            address,
            sorted(
                carers_at(school_id=school_id, address=address, at=at),
                key=lambda one: plain(str(one)),
            ),
        )
        for address in addresses
    ]


def given_addresses(*, school_id: int) -> dict[str, int]:
    """Each shared address that the office has given to one carer, with the carer's number."""
    rows = AddressGiven.objects.filter(school_id=school_id)
    return dict(rows.values_list("address", "carer_id"))
