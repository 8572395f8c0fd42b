"""Which children have a place in a class, besides their tutor group."""

from schoolgate.people.importing.batch import AT_ONCE, Batch
from schoolgate.people.importing.pupils import FILE
from schoolgate.people.importing.reading import Row
from schoolgate.people.models import ClassPlace, Group


def bring_classes(batch: Batch) -> None:
    """Let each child whose row names classes be in those and in no other."""
    rows = [row for row in batch.sheets.of(FILE) if "classes" in row.values]
    pupils = [batch.pupils[row["id"]].pk for row in rows if row["id"] in batch.pupils]
    present = {
        (place.pupil_id, place.group_id): place.pk
        for place in ClassPlace.objects.filter(school=batch.school, pupil__in=pupils)
    }
    wanted = {(batch.pupils[row["id"]].pk, group) for row in rows for group in _classes(batch, row)}
    gone = [number for key, number in present.items() if key not in wanted]
    ClassPlace.objects.filter(pk__in=gone).delete()
    new = [
        ClassPlace(school=batch.school, pupil_id=pupil, group_id=group)
        for pupil, group in sorted(wanted - present.keys())
    ]
    ClassPlace.objects.bulk_create(new, batch_size=AT_ONCE)
    if gone or new:
        part = batch.difference.part(FILE)
        part.changed.append(f"places in classes: {len(new)} new, {len(gone)} ended")


def _classes(batch: Batch, row: Row) -> list[int]:
    found = []
    for name in row["classes"]:
        group = batch.groups.get((name, Group.Kind.CLASS))
        if group is None:
            batch.wrong(row, "classes", f"There is no class {name!r}.")
            continue
        found.append(group.pk)
    return found
