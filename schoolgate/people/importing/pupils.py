"""Pupils and their tutor groups."""

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
from schoolgate.people.models import Group, Pupil

FILE = "pupils.csv"
FIELDS = ("first_name", "last_name", "known_as", "born_on", "authority", "left_on")


def bring_pupils(batch: Batch) -> None:
    """Add and change pupils by their id; who is in the file no more has left today."""
    pupils = Pupil.objects.filter(school=batch.school)
    batch.pupils = by_id(pupils.exclude(external_id=""))
    if not batch.has(FILE):
        return
    part, rows = batch.difference.part(FILE), batch.sheets.of(FILE)
    by_hand = {str(pupil) for pupil in pupils.filter(external_id="")}
    new = [_new(batch, row) for row in rows if row["id"] not in batch.pupils]
    for row in rows:
        if row["id"] in batch.pupils:
            _change(batch, part, row)
        batch.tick()
    Pupil.objects.bulk_create(new, batch_size=AT_ONCE)
    _leave(batch, part, {row["id"] for row in rows})
    batch.pupils |= by_id(new)
    part.added += [str(pupil) for pupil in new]
    part.kept += [
        f"{pupil}: a child of this name was added by hand; they are not merged"
        for pupil in new
        if str(pupil) in by_hand
    ]


def _new(batch: Batch, row: Row) -> Pupil:
    return Pupil(school=batch.school, external_id=row["id"], **_values(batch, row))


def _values(batch: Batch, row: Row) -> dict[str, object]:
    values = written(row, FIELDS)
    if "group" in row.values:
        values["tutor_group_id"] = _group(batch, row)
    return values


def _group(batch: Batch, row: Row) -> int | None:
    if not row["group"]:
        return None
    group = batch.groups.get((row["group"], Group.Kind.TUTOR))
    if group is None:
        batch.wrong(row, "group", f"There is no tutor group {row['group']!r}.")
        return None
    return group.pk


def _change(batch: Batch, part: Part, row: Row) -> None:
    pupil = batch.pupils[row["id"]]
    before = str(pupil)
    fields = changed_fields(pupil, _values(batch, row))
    if fields:
        pupil.save(update_fields=fields)
        part.changed.append(f"{before}: {in_words(fields)}")
    else:
        part.unchanged += 1


def _leave(batch: Batch, part: Part, named: set[str]) -> None:
    today = batch.at.date()
    for external_id, pupil in batch.pupils.items():
        if external_id not in named and (pupil.left_on is None or pupil.left_on > today):
            pupil.left_on = today
            pupil.save(update_fields=["left_on"])
            part.left.append(str(pupil))
