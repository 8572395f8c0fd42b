"""The team: who works here, in which roles, and who leads and covers."""

from schoolgate.people.access import SEE_MOST
from schoolgate.people.actions.changing import change_school_address
from schoolgate.people.actions.ending import end_access
from schoolgate.people.importing.batch import (
    AT_ONCE,
    Batch,
    by_id,
    in_words,
    written,
)
from schoolgate.people.importing.deciding import Said, both, first_said, may_take, said_in, settle
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.people.queries import roles_of

FILE = "team.csv"
FIELDS = ("name", "job_title", "employment", "starts_on", "ends_on")
PLACES = ("line_leader", "cover")


def bring_team(batch: Batch) -> None:
    """Add, change and end team members by their id; ending moves their work (Clause 1.1-P9)."""
    everybody = TeamMember.objects.filter(school=batch.school)
    batch.members = by_id(everybody.exclude(external_id=""))
    if not batch.has(FILE):
        return
    part, rows = batch.difference.part(FILE), batch.sheets.of(FILE)
    part.before = sum(one.access_ended_at is None for one in batch.members.values())
    earlier = dict(batch.members)
    new = [_new(batch, row) for row in rows if row["id"] not in earlier]
    TeamMember.objects.bulk_create(new, batch_size=AT_ONCE)
    batch.members |= by_id(new)
    part.added += [str(member) for member in new]
    for row in rows:
        _bring(batch, part, row, is_new=row["id"] not in earlier)
        batch.tick()
    _leave(batch, part, {row["id"] for row in rows})


def _new(batch: Batch, row: Row) -> TeamMember:
    member = TeamMember(
        school=batch.school,
        external_id=row["id"],
        email=row.get("email"),
        **written(row, FIELDS),
    )
    member.in_file = first_said(row, (*FIELDS, "email", *PLACES))
    return member


def _bring(batch: Batch, part: Part, row: Row, *, is_new: bool) -> None:
    member = batch.members[row["id"]]
    if member.access_ended_at is not None:
        part.kept.append(f"{member}: access has ended here, so the import does not bring it back")
        return
    places = {
        name: batch.find(row, name, batch.members, "team member")
        for name in PLACES
        if name in row.values
    }
    if is_new:
        for name, other in places.items():
            setattr(member, name, other)
        member.save(update_fields=list(PLACES))
        _roles(batch, member, row)
        return
    said = said_in(row, member, FIELDS)
    said += [
        Said(name, row[name], _id_of(batch, getattr(member, f"{name}_id")), name, other)
        for name, other in places.items()
    ]
    fields = settle(part, member, said)
    address = _address(batch, part, row, member)
    if fields or "email" in row.values:
        member.save(update_fields=[*fields, "in_file"])
    shown = [name for name in fields if name != "in_file"]
    shown += [*address, *_roles(batch, member, row)]
    if shown:
        part.changed.append(f"{member}: {in_words(shown)}")
    else:
        part.unchanged += 1


def _id_of(batch: Batch, number: int | None) -> str:
    """Whom a place names, by the file's id."""
    return next((key for key, one in batch.members.items() if one.pk == number), "")


def _address(batch: Batch, part: Part, row: Row, member: TeamMember) -> list[str]:
    """The school address by its own verb, for it signs them in and the old one must hear of it."""
    if "email" not in row.values:
        return []
    said, ours = row["email"], member.email.lower()
    base = member.in_file.get("email")
    member.in_file["email"] = said
    if said == ours:
        return []
    one = Said("email", said, ours, "email", said)
    if not may_take(one, known=base is not None, base=base):
        part.kept.append(both(member, "email", ours, said))
    elif roles_of(member, batch.at) & SEE_MOST:
        part.kept.append(f"{both(member, 'email', ours, said)}: the head changes it on their page")
    else:
        change_school_address(actor=batch.actor, member=member, address=said, at=batch.at)
        return ["email"]
    return []


def _roles(batch: Batch, member: TeamMember, row: Row) -> list[str]:
    """Roles that are new begin and are named; one that the file leaves out ends."""
    if "roles" not in row.values:
        return []
    known = {*RoleHolding.Role.values, *batch.school.settings.ladder}
    wanted = set(row["roles"])
    for role in sorted(wanted - known):
        batch.wrong(row, "roles", f"{role!r} is not a role; there are {', '.join(sorted(known))}.")
    holdings = RoleHolding.objects.filter(member=member, until=None)
    held = set(holdings.values_list("role", flat=True))
    holdings.exclude(role__in=wanted).update(until=batch.at)
    RoleHolding.objects.bulk_create(
        RoleHolding(school=batch.school, member=member, role=role, since=batch.at)
        for role in sorted(wanted & known - held)
    )
    return sorted(wanted ^ held)


def _leave(batch: Batch, part: Part, named: set[str]) -> None:
    for external_id, member in batch.members.items():
        if external_id not in named and member.access_ended_at is None:
            end_access(actor=batch.actor, member=member, at=batch.at)
            part.left.append(str(member))
