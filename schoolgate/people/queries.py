"""Questions about people that several rooms ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet, Value

from schoolgate.people.models import (
    Carer,
    ContactRoute,
    HouseholdStay,
    NoSafeRoute,
    Pupil,
    RoleHolding,
    TeamMember,
)

OLDEST = 30  # years; a special school's sixth form ends at 19, a college's at 25


def working_members(at: datetime) -> QuerySet[TeamMember]:
    """Team members with access at a moment (UTC): begun, not ended, last day not past (1.1-P9)."""
    day = at.date()
    return TeamMember.objects.filter(
        Q(access_ended_at=None) | Q(access_ended_at__gt=at),
        Q(starts_on=None) | Q(starts_on__lte=day),
        Q(ends_on=None) | Q(ends_on__gte=day),
    )


def has_access(member: TeamMember, at: datetime) -> bool:
    """Whether one team member has access at a moment (UTC)."""
    day = at.date()
    return (
        (member.access_ended_at is None or member.access_ended_at > at)
        and (member.starts_on is None or member.starts_on <= day)
        and (member.ends_on is None or member.ends_on >= day)
    )


def roles_of(member: TeamMember, at: datetime) -> frozenset[str]:
    """The roles that a team member holds at a moment (UTC)."""
    held = RoleHolding.objects.filter(Q(until=None) | Q(until__gt=at), member=member, since__lte=at)
    return frozenset(held.values_list("role", flat=True))


def member_of(*, school_id: int, user_id: int, at: datetime) -> tuple[TeamMember, set[str]] | None:
    """The team member behind a user at a moment (UTC), with the roles held; one query."""
    held = RoleHolding.objects.filter(
        Q(until=None) | Q(until__gt=at), member=OuterRef("pk"), since__lte=at
    )
    found = (
        TeamMember.objects.filter(school_id=school_id, user_id=user_id)
        .annotate(roles_now=ArraySubquery(held.values("role")))
        .first()
    )
    return (found, set(found.roles_now)) if found else None


def holders(*, school_id: int, roles: tuple[str, ...], at: datetime) -> QuerySet[TeamMember]:
    """Everyone with access who holds one of the roles at a moment (UTC)."""
    held = RoleHolding.objects.filter(
        Q(until=None) | Q(until__gt=at), school_id=school_id, role__in=roles, since__lte=at
    )
    return working_members(at).filter(school_id=school_id, pk__in=held.values("member"))


def email_of(carer: Carer) -> str:
    """The carer's first working email address, or nothing."""
    return (
        carer.routes.filter(kind=ContactRoute.Kind.EMAIL, ended_at=None)
        .order_by("preference", "id")
        .values_list("value", flat=True)
        .first()
        or ""
    )


def carers_at(*, school_id: int, address: str, at: datetime) -> list[Carer]:
    """Every current carer of a school who uses an email address; more than one means shared."""
    routes = ContactRoute.objects.filter(
        Q(carer__ended_at=None) | Q(carer__ended_at__gt=at),
        school_id=school_id,
        kind=ContactRoute.Kind.EMAIL,
        value__iexact=address,
        ended_at=None,
    ).select_related("carer")
    return list({route.carer_id: route.carer for route in routes}.values())


def carers_with_number(*, school_id: int, number: str, at: datetime) -> list[Carer]:
    """Every current carer of a school who uses a telephone number, however it was written down."""
    digits = "".join(filter(str.isdecimal, number))
    national = f"0{digits.removeprefix('44')}" if digits.startswith("44") else digits
    routes = (
        ContactRoute.objects.filter(
            Q(carer__ended_at=None) | Q(carer__ended_at__gt=at),
            school_id=school_id,
            kind__in=[ContactRoute.Kind.MOBILE, ContactRoute.Kind.PHONE],
            ended_at=None,
        )
        .annotate(digits=_digits_of("value"))
        .filter(digits__in=[digits, f"00{digits}", national, digits.replace("44", "440", 1)])
        .select_related("carer")
    )
    return list({route.carer_id: route.carer for route in routes}.values()) if digits else []


def _digits_of(column: str) -> Func:
    return Func(
        column,
        Value(r"[^0-9]"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=CharField(),
    )


def sixteen_by(day: date) -> date:
    """The latest birthday of those who are 16 or over on a day; the 16th birthday counts."""
    try:
        return day.replace(year=day.year - 16)
    except ValueError:
        return day.replace(year=day.year - 16, day=28)


def on_roll(day: date, pupil: str = "") -> Q:
    """That a child is on the roll on a day of the school's: through the last day, and not after.

    `pupil` is the way to the child from the rows that are asked, such as "pupil__".
    """
    return Q(**{f"{pupil}left_on": None}) | Q(**{f"{pupil}left_on__gte": day})


def is_possible_birthday(born: date, on: date) -> bool:
    """Whether somebody on a school's roll on a day can have been born then."""
    return on.year - OLDEST < born.year and born <= on


def is_sixteen(pupil: Pupil, day: date) -> bool:
    """Whether somebody is 16 or over on a day; who has no birthday here is not known to be."""
    return pupil.born_on is not None and pupil.born_on <= sixteen_by(day)


def to_review_rights(*, school_id: int, on: date) -> QuerySet[Pupil]:
    """Young people of 16 or over on a day with whom nobody has reviewed who receives what."""
    return Pupil.objects.filter(
        on_roll(on),
        school_id=school_id,
        born_on__lte=sixteen_by(on),
        rights_reviewed_at=None,
    ).order_by("born_on", "pk")


def without_safe_route(school_id: int) -> QuerySet[NoSafeRoute]:
    """The standing tasks of a school: carers to whom nothing can safely be sent, oldest first."""
    return NoSafeRoute.objects.filter(school_id=school_id, ended_at=None).select_related(
        "carer", "held_by"
    )


def may_be_emailed(*, school_id: int, carer: Carer | None, address: str = "") -> bool:
    """Whether an email may leave to a carer, or to an address that a carer has or had (T4)."""
    tasks = without_safe_route(school_id)
    if carer:
        return not tasks.filter(carer=carer).exists()
    routes = ContactRoute.objects.filter(
        school_id=school_id, kind=ContactRoute.Kind.EMAIL, value__iexact=address
    )
    return not address or not tasks.filter(carer__in=routes.values("carer")).exists()


def email_to_write_to(carer: Carer) -> str:
    """The carer's email where one may leave to them, or nothing."""
    may = may_be_emailed(school_id=carer.school_id, carer=carer)
    return email_of(carer) if may else ""


@dataclass(frozen=True, slots=True)
class Home:
    """A carer's household, and where it has its post; no lines where none may be written."""

    household: int
    address: tuple[str, ...]


def homes_of(carers: Sequence[int]) -> dict[int, Home]:
    """The households of these carers now; no address where one of its people is protected (T2)."""
    hidden = HouseholdStay.objects.filter(
        household=OuterRef("household"), until=None, carer__protected_address=True
    )
    rows = (
        HouseholdStay.objects.filter(carer__in=carers, until=None)
        .annotate(hidden=Exists(hidden))
        .values_list("carer", "household", "household__address", "hidden")
    )
    return {
        carer: Home(household, () if is_hidden else tuple(address.splitlines()))
        for carer, household, address, is_hidden in rows
    }
