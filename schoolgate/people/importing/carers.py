"""Carers, how each is reached, and the household that the file names."""

from schoolgate.people.actions.describing import leave_household
from schoolgate.people.actions.homes import wipe_protected
from schoolgate.people.actions.routes import NUMBERS, change_email
from schoolgate.people.errors import NotInAHousehold
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
from schoolgate.people.models import Carer, ContactRoute, Household, HouseholdStay
from schoolgate.people.telephone import same_number

FILE = "carers.csv"
FIELDS = ("name", "called")
EMAIL = ContactRoute.Kind.EMAIL


def bring_carers(batch: Batch) -> None:
    """Add and change carers by their id; who is in the file no more receives nothing from now.

    A protected address is never unprotected by an import (threat T20).
    """
    carers = Carer.objects.filter(school=batch.school)
    batch.carers = by_id(carers.exclude(external_id=""))
    if not batch.has(FILE):
        return
    part, rows = batch.difference.part(FILE), batch.sheets.of(FILE)
    earlier, by_hand = dict(batch.carers), {str(one) for one in carers.filter(external_id="")}
    _add(batch, part, [row for row in rows if row["id"] not in earlier], by_hand)
    reached = _Reached(batch)
    for row in rows:
        _refuse_household(batch, row)
        if row["id"] in earlier:
            _change(batch, part, row, reached)
        batch.tick()
    _leave(batch, part, {row["id"] for row in rows})
    wipe_protected(batch.school.pk)


class _Reached:
    """The routes and households of everybody, asked once."""

    def __init__(self, batch: Batch) -> None:
        self.routes: dict[tuple[int, str], str] = {}
        self.numbers: dict[tuple[int, str], list[str]] = {}
        routes = ContactRoute.objects.filter(school=batch.school, ended_at=None)
        for route in routes.order_by("-preference", "-pk"):
            self.routes[route.carer_id, route.kind] = route.value
            self.numbers.setdefault((route.carer_id, route.kind), []).append(route.value)
        stays = HouseholdStay.objects.filter(school=batch.school, until=None)
        self.stays = {stay.carer_id: stay for stay in stays.select_related("household")}


def _refuse_household(batch: Batch, row: Row) -> None:
    carer = batch.carers[row["id"]]
    capacity = row.get("capacity") or carer.capacity
    if row.get("household") and capacity == Carer.Capacity.PROFESSIONAL:
        batch.wrong(row, "household", str(NotInAHousehold()))


def _add(batch: Batch, part: Part, rows: list[Row], by_hand: set[str]) -> None:
    new = [
        Carer(
            school=batch.school,
            external_id=row["id"],
            language=row.get("language") or "en",
            capacity=row.get("capacity") or Carer.Capacity.FAMILY,
            protected_address=row.get("protected_address", False),
            **written(row, FIELDS),
        )
        for row in rows
    ]
    Carer.objects.bulk_create(new, batch_size=AT_ONCE)
    batch.carers |= by_id(new)
    ContactRoute.objects.bulk_create(
        (
            ContactRoute(school=batch.school, carer=carer, kind=kind, value=row.get(kind))
            for carer, row in zip(new, rows, strict=True)
            for kind in (EMAIL, *NUMBERS)
            if row.get(kind)
        ),
        batch_size=AT_ONCE,
    )
    _move_in(
        batch,
        {
            carer: row["household"]
            for carer, row in zip(new, rows, strict=True)
            if row.get("household") and not carer.is_professional
        },
    )
    part.kept += [
        f"{carer}: somebody of this name was added by hand; not merged"
        for carer in new
        if str(carer) in by_hand
    ]
    part.added += [str(carer) for carer in new]


def _change(batch: Batch, part: Part, row: Row, reached: _Reached) -> None:
    carer = batch.carers[row["id"]]
    if carer.ended_at is not None:
        part.kept.append(f"{carer}: ended here, so the import does not bring them back")
        return
    before, values = str(carer), written(row, FIELDS)
    if row.get("language"):
        values["language"] = row["language"]
    if row.get("protected_address", False):
        values["protected_address"] = True
    if row.get("capacity"):
        values["capacity"] = row["capacity"]
    fields = changed_fields(carer, values)
    if fields:
        carer.save(update_fields=fields)
    fields += _routes(batch, carer, row, reached) + _household(batch, part, carer, row, reached)
    if fields:
        part.changed.append(f"{before}: {in_words(fields)}")
    else:
        part.unchanged += 1


def _routes(batch: Batch, carer: Carer, row: Row, reached: _Reached) -> list[str]:
    """The email by its own verb, since the old address must hear of it; empty says nothing."""
    changed = []
    if row.get("email") and row["email"] != reached.routes.get((carer.pk, EMAIL), "").lower():
        change_email(actor=batch.actor, carer=carer, address=row["email"], at=batch.at)
        changed.append("email")
    for kind in NUMBERS:
        known = reached.numbers.get((carer.pk, kind), [])
        if row.get(kind) and not any(same_number(row[kind], number) for number in known):
            carer.routes.filter(kind=kind, ended_at=None).update(ended_at=batch.at)
            ContactRoute.objects.create(
                school=batch.school, carer=carer, kind=kind, value=row[kind]
            )
            changed.append(kind.value)
    return changed


def _household(batch: Batch, part: Part, carer: Carer, row: Row, reached: _Reached) -> list[str]:
    """By the household column alone; one that the office has made by hand is not touched.

    Somebody of the placing authority is in none, whoever made it.
    """
    stay = reached.stays.get(carer.pk)
    if carer.is_professional:
        leave_household(carer=carer, at=batch.at)
        return ["household"] if stay else []
    if (
        "household" not in row.values
        or (stay.household.external_id if stay else "") == row["household"]
    ):
        return []
    if stay and not stay.household.external_id:
        if row["household"]:
            part.kept.append(f"{carer}: stays in the household that the office has made")
        return []
    if stay:
        stay.until = batch.at.date()
        stay.save(update_fields=["until"])
    if row["household"]:
        _move_in(batch, {carer: row["household"]})
    return ["household"]


def _move_in(batch: Batch, moves: dict[Carer, str]) -> None:
    """Begin the stays of carers in households by the file's names, from today."""
    wanted = set(moves.values())
    present = Household.objects.filter(school=batch.school, external_id__in=wanted)
    households = by_id(present)
    new = [
        Household(school=batch.school, external_id=name, name=name)
        for name in sorted(wanted - set(households))
    ]
    households |= by_id(Household.objects.bulk_create(new, batch_size=AT_ONCE))
    HouseholdStay.objects.bulk_create(
        (
            HouseholdStay(
                school=batch.school,
                household=households[name],
                carer=carer,
                since=batch.at.date(),
            )
            for carer, name in moves.items()
        ),
        batch_size=AT_ONCE,
    )


def _leave(batch: Batch, part: Part, named: set[str]) -> None:
    for external_id, carer in batch.carers.items():
        if external_id not in named and carer.ended_at is None:
            carer.ended_at = batch.at
            carer.save(update_fields=["ended_at"])
            part.left.append(str(carer))
