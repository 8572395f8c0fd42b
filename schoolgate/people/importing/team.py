"""The team: who works here, in which roles, and who leads and covers."""

from schoolgate.people.actions.ending import end_access
from schoolgate.people.importing.batch import (
    AT_ONCE,
    Batch,
    by_id,
    changed_fields,
    in_words,
    written,
)
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row
from schoolgate.people.models import RoleHolding, TeamMember

FILE = "team.csv"
FIELDS = ("name", "job_title", "email", "employment", "starts_on", "ends_on")
PLACES = ("line_leader", "cover")


def bring_team(batch: Batch) -> None:
    """Add, change and end team members by their id; ending moves their work (Clause 1.1-P9)."""
    everybody = TeamMember.objects.filter(school=batch.school)
    batch.members = by_id(everybody.exclude(external_id=""))
    if not batch.has(FILE):
        return
    part, rows = batch.difference.part(FILE), batch.sheets.of(FILE)
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
    return TeamMember(school=batch.school, external_id=row["id"], **written(row, FIELDS))


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
    fields = changed_fields(member, {**written(row, FIELDS), **places})
    if fields:
        member.save(update_fields=fields)
    roles = _roles(batch, member, row)
    if is_new:
        return
    if fields or roles:
        part.changed.append(f"{member}: {in_words([*fields, *roles])}")
    else:
        part.unchanged += 1


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
