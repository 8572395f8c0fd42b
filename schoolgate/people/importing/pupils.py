"""Pupils and their tutor groups."""

from schoolgate.people.importing.batch import AT_ONCE, Batch, by_id, in_words, written
from schoolgate.people.importing.deciding import Said, first_said, said_in, settle
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row
from schoolgate.people.models import Group, Pupil
from schoolgate.people.queries import is_possible_birthday

FILE = "pupils.csv"
FIELDS = ("first_name", "last_name", "known_as", "born_on", "authority", "left_on")
COLUMNS = (*FIELDS, "group")


def bring_pupils(batch: Batch) -> None:
    """Add and change pupils by their id; who is in the file no more has left today.

    Who left with an earlier file and is in this one is back on the roll; a last day that the
    office wrote stays.
    """
    pupils = Pupil.objects.filter(school=batch.school).select_related("tutor_group")
    batch.pupils = by_id(pupils.exclude(external_id=""))
    if not batch.has(FILE):
        return
    part, rows = batch.difference.part(FILE), batch.sheets.of(FILE)
    part.before = sum(_is_here(batch, pupil) for pupil in batch.pupils.values())
    for row in rows:
        if row.get("born_on") and not is_possible_birthday(row["born_on"], batch.today):
            batch.wrong(row, "born_on", "Nobody at a school was born on that day.")
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


def _is_here(batch: Batch, pupil: Pupil) -> bool:
    return pupil.left_on is None or pupil.left_on > batch.today


def _new(batch: Batch, row: Row) -> Pupil:
    pupil = Pupil(school=batch.school, external_id=row["id"], **written(row, FIELDS))
    if "group" in row.values:
        pupil.tutor_group_id = _group(batch, row)
    pupil.in_file = first_said(row, COLUMNS)
    return pupil


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
    before, fields = str(pupil), _come_back(pupil)
    left = pupil.left_on
    said = said_in(row, pupil, FIELDS)
    if "group" in row.values:
        here = pupil.tutor_group.name if pupil.tutor_group else ""
        said.append(Said("group", row["group"], here, "tutor_group_id", _group(batch, row)))
    fields += settle(part, pupil, said)
    if fields:
        pupil.save(update_fields=fields)
    if pupil.left_on and not _is_here(batch, pupil) and "left_on" not in row.values:
        part.kept.append(
            f"{pupil}: last day {pupil.left_on} here, and stands in the file; the office decides"
        )
    shown = [name for name in fields if name not in {"in_file", "left_by_file"}]
    if shown and _is_here(batch, pupil) and ("left_by_file" in fields or left):
        part.changed.append(f"{before}: back on the roll")
    elif shown:
        part.changed.append(f"{before}: {in_words(shown)}")
    else:
        part.unchanged += 1


def _come_back(pupil: Pupil) -> list[str]:
    """Who left because they stood in no file is here again; what else the file says follows."""
    if not pupil.left_by_file:
        return []
    pupil.left_on, pupil.left_by_file = None, False
    pupil.in_file.pop("left_on", None)
    return ["left_on", "left_by_file"]


def _leave(batch: Batch, part: Part, named: set[str]) -> None:
    for external_id, pupil in batch.pupils.items():
        if external_id not in named and _is_here(batch, pupil):
            pupil.left_on, pupil.left_by_file = batch.today, True
            pupil.save(update_fields=["left_on", "left_by_file"])
            part.left.append(str(pupil))
