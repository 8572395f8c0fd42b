"""Tutor groups and classes, their tutors and helpers."""

from schoolgate.people.importing.batch import Batch
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row
from schoolgate.people.models import Group, GroupHelper

FILE = "groups.csv"


def bring_groups(batch: Batch) -> None:
    """Add and change groups by name and kind; none is ever removed, since threads point to it."""
    present = Group.objects.filter(school=batch.school)
    batch.groups = {(group.name, group.kind): group for group in present}
    if not batch.has(FILE):
        return
    part = batch.difference.part(FILE)
    for row in batch.sheets.of(FILE):
        _bring(batch, part, row)
        batch.tick()
    named = {_key(row) for row in batch.sheets.of(FILE)}
    part.kept += [
        f"{group}: not in the file, and kept"
        for key, group in batch.groups.items()
        if key not in named
    ]


def _key(row: Row) -> tuple[str, str]:
    return row["name"], row.get("kind") or Group.Kind.TUTOR.value


def _bring(batch: Batch, part: Part, row: Row) -> None:
    tutor = batch.find(row, "tutor", batch.members, "team member")
    group = batch.groups.get(_key(row))
    if group is None:
        group = Group.objects.create(
            school=batch.school,
            name=row["name"],
            kind=_key(row)[1],
            tutor=tutor,
            phase=row.get("phase") or "",
        )
        batch.groups[_key(row)] = group
        part.added.append(str(group))
        _helpers(batch, group, row)
        return
    changes = []
    if "tutor" in row.values and group.tutor_id != (tutor.pk if tutor else None):
        group.tutor = tutor
        group.save(update_fields=["tutor"])
        changes.append(f"tutor {tutor or 'nobody'}")
    if "phase" in row.values and row["phase"] != group.phase:
        group.phase = row["phase"]
        group.save(update_fields=["phase"])
        changes.append(f"phase {group.phase or 'none'}")
    changes += _helpers(batch, group, row)
    if changes:
        part.changed.append(f"{group}: {', '.join(changes)}")
    else:
        part.unchanged += 1


def _helpers(batch: Batch, group: Group, row: Row) -> list[str]:
    """Helpers that are named are added; others stay, for the office lends groups by the day."""
    added = []
    for external_id in row.get("helpers", ()):
        member = batch.members.get(external_id)
        if member is None:
            batch.wrong(row, "helpers", f"There is no team member with the id {external_id!r}.")
            continue
        _, is_new = GroupHelper.objects.get_or_create(
            school=batch.school, group=group, member=member
        )
        if is_new:
            added.append(f"helper {member}")
    return added
