"""Taking something off a person: by a reason, and taken back the same day by one press (E4).

A wrong press on a link, a number or a protection is found out within hours, by a family that hears
nothing or too much. What stood before then stands again as it was; a day later it is entered anew.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.bars import lift_bar
from schoolgate.people.actions.describing import protect_address, unprotect_address
from schoolgate.people.actions.grouping import begin_helping, end_helping, join_class, leave_class
from schoolgate.people.actions.joining import end_link
from schoolgate.people.actions.limits import lift_limit
from schoolgate.people.actions.routes import end_number
from schoolgate.people.actions.safe_routes import end_no_safe_route
from schoolgate.people.errors import EndReasonMissing, NotThatDay, StandsDifferently
from schoolgate.people.judging import narrow
from schoolgate.people.models import (
    Carer,
    ContactRoute,
    Ending,
    Group,
    Limit,
    Link,
    NoSafeRoute,
    Pupil,
    SiteBar,
    TeamMember,
)
from schoolgate.people.telephone import same_number

Kind = Ending.Kind
MOST = 300


@dataclass(frozen=True)
class What:
    """What is taken off: its kind and number, and of whom."""

    kind: Ending.Kind
    row: int
    carer: Carer | None = None
    pupil: Pupil | None = None
    member: TeamMember | None = None


@transaction.atomic
def take_off(*, actor: Actor, member: TeamMember, what: What, because: str, at: datetime) -> Ending:
    """End what lies on somebody, from now (UTC), and keep why. Raises EndReasonMissing."""
    because = because.replace("\0", "").strip()[:MOST]
    if not because:
        raise EndReasonMissing
    ending = Ending(
        school_id=member.school_id,
        kind=what.kind,
        row=what.row,
        carer=what.carer,
        pupil=what.pupil,
        member=what.member,
        because=because,
        by=member,
        at=at,
    )
    _end(actor, ending)
    ending.save()
    _record(actor, "gave a reason for an ending", ending, at)
    return ending


@transaction.atomic
def take_back(*, actor: Actor, member: TeamMember, ending: Ending, at: datetime) -> None:
    """Let what ended stand again as it stood, on the same day of the school (UTC); twice is once.

    Raises NotThatDay, StandsDifferently where somebody has entered something else since.
    """
    ending = Ending.objects.select_for_update(of=("self",)).get(pk=ending.pk)
    if ending.undone_at:
        return
    if not is_that_day(ending, at):
        raise NotThatDay
    narrow(ending.school_id)
    _stand_again(actor, ending, at)
    ending.undone_at, ending.undone_by = at, member
    ending.save(update_fields=["undone_at", "undone_by"])
    _record(actor, "took an ending back", ending, at)


def is_that_day(ending: Ending, at: datetime) -> bool:
    """Whether a moment (UTC) is on the school's day of an ending."""
    zone = ZoneInfo(ending.school.settings.timezone)
    return ending.at.astimezone(zone).date() == at.astimezone(zone).date()


def endings_of_the_day(rows: QuerySet[Ending], at: datetime) -> list[Ending]:
    """Those that can be taken back now (UTC), the latest first."""
    rows = rows.filter(undone_at=None).select_related("school", "carer", "pupil", "member", "by")
    return [one for one in rows if is_that_day(one, at)]


def _end(actor: Actor, ending: Ending) -> None:
    at, kind, row = ending.at, ending.kind, ending.row
    if kind == Kind.LINK:
        end_link(actor=actor, link=Link.objects.get(pk=row), at=at)
    elif kind == Kind.NUMBER:
        end_number(actor=actor, route=ContactRoute.objects.get(pk=row), at=at)
    elif kind == Kind.PROTECTION:
        unprotect_address(actor=actor, carer=_carer(ending), at=at)
    elif kind == Kind.NO_ROUTE:
        end_no_safe_route(actor=actor, carer=_carer(ending), at=at)
    elif kind == Kind.LIMIT:
        limit, why = Limit.objects.get(pk=row), ending.because
        lift_limit(decided_by=ending.by, actor=actor, limit=limit, because=why, at=at)
    elif kind == Kind.BAR:
        bar, why = SiteBar.objects.get(pk=row), ending.because
        lift_bar(actor=actor, member=ending.by, bar=bar, because=why, at=at)
    elif kind == Kind.CLASS:
        leave_class(actor=actor, pupil=_pupil(ending), group=_group(ending), at=at)
    else:
        end_helping(actor=actor, member=_member(ending), group=_group(ending), at=at)


def _stand_again(actor: Actor, ending: Ending, at: datetime) -> None:
    kind = ending.kind
    if kind == Kind.LINK:
        _link_again(ending)
    elif kind == Kind.NUMBER:
        _number_again(ending)
    elif kind == Kind.PROTECTION:
        protect_address(actor=actor, carer=_carer(ending), at=at)
    elif kind == Kind.NO_ROUTE:
        _no_route_again(ending)
    elif kind == Kind.LIMIT:
        _unlift(Limit.objects.filter(pk=ending.row, lifted_at=ending.at))
    elif kind == Kind.BAR:
        _unlift(SiteBar.objects.filter(pk=ending.row, lifted_at=ending.at))
    elif kind == Kind.CLASS:
        join_class(actor=actor, pupil=_pupil(ending), group=_group(ending), at=at)
    else:
        begin_helping(actor=actor, member=_member(ending), group=_group(ending), at=at)


def _link_again(ending: Ending) -> None:
    """Nothing widens by it: what lies on the two lies on the link, and its level is as it was."""
    both = Q(carer=ending.carer, pupil=ending.pupil)
    if Link.objects.filter(both, ended_at=None).exists():
        raise StandsDifferently
    if not Link.objects.filter(pk=ending.row, ended_at=ending.at).update(ended_at=None):
        raise StandsDifferently


def _number_again(ending: Ending) -> None:
    route = ContactRoute.objects.get(pk=ending.row)
    others = ContactRoute.objects.filter(carer=route.carer_id, ended_at=None)
    if any(same_number(one.value, route.value) for one in others.exclude(kind="email")):
        raise StandsDifferently
    if not ContactRoute.objects.filter(pk=route.pk, ended_at=ending.at).update(ended_at=None):
        raise StandsDifferently


def _no_route_again(ending: Ending) -> None:
    """Where somebody has said so anew since, that stands."""
    if not NoSafeRoute.objects.filter(carer=ending.carer, ended_at=None).exists():
        NoSafeRoute.objects.filter(pk=ending.row, ended_at=ending.at).update(ended_at=None)


def _unlift(rows: QuerySet[Limit] | QuerySet[SiteBar]) -> None:
    if not rows.update(lifted_at=None, lifted_by=None, lifted_because=""):
        raise StandsDifferently


def _carer(ending: Ending) -> Carer:
    assert ending.carer is not None  # of an adult
    return ending.carer


def _pupil(ending: Ending) -> Pupil:
    assert ending.pupil is not None  # of a child
    return ending.pupil


def _member(ending: Ending) -> TeamMember:
    assert ending.member is not None  # of a colleague
    return ending.member


def _group(ending: Ending) -> Group:
    return Group.objects.get(pk=ending.row)


def _record(actor: Actor, verb: str, ending: Ending, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=ending.school_id,
        about=("ending", ending.public_id),
        at=at,
        kind=ending.kind,
        row=ending.row,
    )
