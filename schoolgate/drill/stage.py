"""The stage: the school as it stands, copied into one transaction that is always taken back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import TypeVar
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db.models import Model, Q

from schoolgate.ledger.actors import Actor
from schoolgate.people.models import (
    Absence,
    Carer,
    ContactRoute,
    Group,
    Link,
    Pupil,
    RoleHolding,
    TeamMember,
)
from schoolgate.people.queries import working_members
from schoolgate.safeguarding.models import OnCall
from schoolgate.school.models import CalendarEntry, School
from schoolgate.school.tenancy import one_school, see

# Nobody's number: whoever plays a parent can't sign in anywhere.
PLAYER, OTHER_PLAYER = -1, -2
# Whoever has not signed in yet bears a number that nobody has, so that verbs know them.
NOT_SIGNED_IN = 0x5AFE << 40
Row = TypeVar("Row", bound=Model)
LONG_KNOWN = timedelta(days=90)
# Names that nothing else bears: where one stands, it has been told.
CLASS = "Kittiwakes (fictional)"


class Undone(Exception):
    """The drill is over; its rows go back."""


@dataclass
class Stage:
    """The copied school, its copied team, and the fictional family and tutor.

    `stored` names the files that were written for it.
    """

    live: School
    school: School
    family: "Family"
    at: datetime
    stored: list[str]
    seen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Family:
    """The people of the drill; none of them exists."""

    pupil: Pupil
    carer: Carer
    other: Carer
    tutor: TeamMember


@contextmanager
def stage(live: School, at: datetime) -> Iterator[Stage]:
    """A stage for one drill; whatever happens on it is taken back, bytes of mails too (UTC)."""
    stored: list[str] = []
    school = _copied(
        live,
        slug=f"drill-{uuid4().hex}",
        inbound_address=f"drill-{uuid4().hex}@drill.invalid",
        name=live.name,
    )
    try:
        with suppress(Undone), one_school(live.pk, at=at):
            team = list(working_members(at).filter(school=live).order_by("pk"))
            rows = _rows_about(live, at)
            see(school_id=None)
            school.save()
            see(school_id=school.pk)
            _put_in(school, team, rows)
            yield Stage(live, school, _family(school, at), at, stored)
            raise Undone
    finally:
        _forget(stored)


def _forget(names: Iterable[str]) -> None:
    """Bytes that no transaction takes back, and their folders where nothing else lies."""
    for name in names:
        default_storage.delete(name)
        for folder in list(PurePosixPath(name).parents)[:2]:
            with suppress(OSError):
                default_storage.delete(str(folder))


def _rows_about(live: School, at: datetime) -> list[Model]:
    """What the school's people hold and when they are away or on call."""
    roles = RoleHolding.objects.filter(Q(until=None) | Q(until__gt=at), school=live)
    away = Absence.objects.filter(Q(until_at=None) | Q(until_at__gt=at), school=live, ended_at=None)
    turns = OnCall.objects.filter(school=live, withdrawn_at=None)
    days = CalendarEntry.objects.filter(school=live, withdrawn_at=None)
    return [*roles, *away, *turns, *days]


def _put_in(school: School, team: Iterable[TeamMember], rows: Iterable[Model]) -> None:
    members = {
        one.pk: _copied(
            one,
            school_id=school.pk,
            cover_id=None,
            line_leader_id=None,
            user_id=one.user_id or NOT_SIGNED_IN + one.pk,
        )
        for one in team
    }
    TeamMember.objects.bulk_create(members.values())
    for one in team:
        members[one.pk].line_leader = members.get(one.line_leader_id or 0)
        members[one.pk].cover = members.get(one.cover_id or 0)
    TeamMember.objects.bulk_update(members.values(), ["line_leader", "cover"])
    for row in rows:
        copy = _for_copies(row, members)
        if copy is not None:
            copy.school_id = school.pk  # type: ignore[attr-defined]  # all of these bear one
            copy.save()


def _for_copies(row: Model, members: dict[int, TeamMember]) -> Model | None:
    """The row for the copied people; nothing where its person works here no more."""
    changes: dict[str, object] = {}
    for name in ("member_id", "cover_id"):
        theirs = getattr(row, name, None)
        if theirs is not None and theirs not in members:
            if name == "member_id":
                return None
            changes["no_cover_because"] = "-"
        if theirs is not None:
            changes[name] = members[theirs].pk if theirs in members else None
    return _copied(row, **changes)


def _copied(row: Row, **changes: object) -> Row:
    """A new row with the same words."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name != "public_id"
    }
    return type(row)(**{**kept, **changes})


def _family(school: School, at: datetime) -> Family:
    leader = TeamMember.objects.filter(school=school, roles__role="assistant_head").first()
    tutor = TeamMember.objects.create(
        school=school,
        name="Tess Marlow (fictional)",
        user_id=NOT_SIGNED_IN,
        job_title="class tutor",
        email=f"tess.marlow@{(*school.settings.mail_domains, 'example.org')[0]}",
        line_leader=leader,
    )
    RoleHolding.objects.create(school=school, member=tutor, role="tutor", since=at)
    group = Group.objects.create(school=school, name=CLASS, tutor=tutor)
    pupil = Pupil.objects.create(
        school=school, first_name="Wren", last_name="Hollis (fictional)", tutor_group=group
    )
    carers = [
        Carer.objects.create(school=school, user_id=number, name=name, called=name.split(" ")[0])
        for number, name in (
            (PLAYER, "Ada Hollis (fictional)"),
            (OTHER_PLAYER, "Cole Hollis (fictional)"),
        )
    ]
    for carer in carers:
        Link.objects.create(school=school, pupil=pupil, carer=carer, relationship="parent")
        _route(carer, "email", f"{carer.called.lower()}@drill.example.org", at)
    _route(carers[0], "mobile", "+44 7700 900123", at)
    return Family(pupil, carers[0], carers[1], tutor)


def another_adult(stage: Stage, name: str) -> Carer:
    """One more fictional adult of the child, whom no email, text or call reaches."""
    carer = Carer.objects.create(school=stage.school, name=name)
    Link.objects.create(
        school=stage.school, pupil=stage.family.pupil, carer=carer, relationship="grandparent"
    )
    return carer


def _route(carer: Carer, kind: str, value: str, at: datetime) -> None:
    ContactRoute.objects.create(
        school_id=carer.school_id, carer=carer, kind=kind, value=value, verified_at=at - LONG_KNOWN
    )


def by_family(carer: Carer) -> Actor:
    """How the ledger names somebody of the fictional family."""
    return Actor(kind="carer", id=carer.pk, name=carer.name)
