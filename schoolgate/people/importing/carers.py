"""Carers, and what the school knows of each; their routes and households stand beside."""

from schoolgate.people.actions.homes import wipe_protected
from schoolgate.people.errors import NotInAHousehold
from schoolgate.people.importing.batch import AT_ONCE, Batch, by_id, in_words, written
from schoolgate.people.importing.deciding import Said, both, first_said, said_in, settle
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.households import Households
from schoolgate.people.importing.reading import Row
from schoolgate.people.importing.routes import Routes, route_columns
from schoolgate.people.models import Carer

FILE = "carers.csv"
FIELDS = ("name", "called")


def bring_carers(batch: Batch) -> None:
    """Add and change carers by their id; who is in the file no more receives nothing from now.

    A protected address is never unprotected by an import (threat T20).
    """
    carers = Carer.objects.filter(school=batch.school)
    batch.carers = by_id(carers.exclude(external_id=""))
    if not batch.has(FILE):
        return
    part, rows = batch.difference.part(FILE), batch.sheets.of(FILE)
    part.before = sum(carer.ended_at is None for carer in batch.carers.values())
    earlier, by_hand = dict(batch.carers), {str(one) for one in carers.filter(external_id="")}
    routes, households = Routes(batch, part), Households(batch, part)
    _add(batch, part, [row for row in rows if row["id"] not in earlier], by_hand, routes)
    for row in rows:
        _refuse_household(batch, row)
        if row["id"] in earlier:
            _change(batch, part, row, routes, households)
        else:
            households.bring(batch.carers[row["id"]], row)
        batch.tick()
    households.move_in()
    _leave(batch, part, {row["id"] for row in rows})
    wipe_protected(batch.school.pk)


def _refuse_household(batch: Batch, row: Row) -> None:
    carer = batch.carers[row["id"]]
    capacity = row.get("capacity") or carer.capacity
    if row.get("household") and capacity == Carer.Capacity.PROFESSIONAL:
        batch.wrong(row, "household", str(NotInAHousehold()))


def _add(batch: Batch, part: Part, rows: list[Row], by_hand: set[str], routes: Routes) -> None:
    new = [
        Carer(
            school=batch.school,
            external_id=row["id"],
            language=row.get("language") or "en",
            capacity=row.get("capacity") or Carer.Capacity.FAMILY,
            protected_address=row.get("protected_address", False),
            in_file=first_said(row, (*FIELDS, "language", "capacity", *route_columns(row))),
            **written(row, FIELDS),
        )
        for row in rows
    ]
    Carer.objects.bulk_create(new, batch_size=AT_ONCE)
    batch.carers |= by_id(new)
    routes.add(list(zip(new, rows, strict=True)))
    part.kept += [
        f"{carer}: somebody of this name was added by hand; not merged"
        for carer in new
        if str(carer) in by_hand
    ]
    part.added += [str(carer) for carer in new]


def _change(batch: Batch, part: Part, row: Row, routes: Routes, households: Households) -> None:
    carer = batch.carers[row["id"]]
    before, fields = str(carer), _come_back(carer)
    said = said_in(row, carer, FIELDS)
    # An empty cell says nothing in these.
    said += [
        Said(name, row[name], getattr(carer, name), name, row[name])
        for name in ("language", "capacity")
        if row.get(name)
    ]
    fields += settle(part, carer, said)
    fields += _protect(part, carer, row)
    changed = routes.bring(carer, row)
    if changed.kept_file:
        fields.append("in_file")
    if fields:
        carer.save(update_fields=list(dict.fromkeys(fields)))
    shown = [name for name in fields if name not in {"in_file", "ended_at"}]
    shown += [*changed.columns, *households.bring(carer, row)]
    if "ended_at" in fields:
        part.changed.append(f"{before}: back in the file")
    elif shown:
        part.changed.append(f"{before}: {in_words(shown)}")
    else:
        part.unchanged += 1


def _come_back(carer: Carer) -> list[str]:
    """Only a file ends a carer, so a file brings them back; what was ended by hand are links."""
    if carer.ended_at is None:
        return []
    carer.ended_at = None
    return ["ended_at"]


def _protect(part: Part, carer: Carer, row: Row) -> list[str]:
    """A mark is only ever added; what the head has taken away a file does not bring back."""
    wanted = carer.protected_address or row.get("protected_address", False)
    if wanted == carer.protected_address:
        return []
    if carer.unprotected_at:
        part.kept.append(both(carer, "protected_address", "no", "yes"))
        return []
    carer.protected_address = wanted
    return ["protected_address"]


def _leave(batch: Batch, part: Part, named: set[str]) -> None:
    for external_id, carer in batch.carers.items():
        if external_id not in named and carer.ended_at is None:
            carer.ended_at = batch.at
            carer.save(update_fields=["ended_at"])
            part.left.append(str(carer))
