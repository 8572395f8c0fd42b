"""How each carer is reached, by the file: what the office has changed since stays as it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from schoolgate.people.actions.routes import NUMBERS, change_email
from schoolgate.people.errors import NotANumber
from schoolgate.people.importing.batch import AT_ONCE, Batch
from schoolgate.people.importing.deciding import both
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row
from schoolgate.people.models import Carer, ContactRoute
from schoolgate.people.same_name import name_key
from schoolgate.people.telephone import kind_of, read_number, same_number

EMAIL = ContactRoute.Kind.EMAIL


@dataclass
class Changed:
    """The columns by which something changed, and whether the file says something new."""

    columns: list[str] = field(default_factory=list)
    kept_file: bool = False


def route_columns(row: Row) -> list[str]:
    """The columns of routes that a row fills; an empty cell says nothing."""
    return [str(kind) for kind in (EMAIL, *NUMBERS) if row.get(kind)]


def _plain(value: str) -> str:
    """One writing of an address or a number."""
    try:
        return value.casefold() if "@" in value else read_number(value)
    except NotANumber:
        return value


class Routes:
    """The routes of everybody, in use or not, asked once."""

    def __init__(self, batch: Batch, part: Part) -> None:
        self.batch, self.part = batch, part
        self.routes: dict[int, list[ContactRoute]] = defaultdict(list)
        rows = ContactRoute.objects.filter(school=batch.school)
        for route in rows.order_by("preference", "pk"):
            self.routes[route.carer_id].append(route)

    def add(self, new: Sequence[tuple[Carer, Row]]) -> None:
        """The routes of carers who are new."""
        found: list[ContactRoute] = []
        ended = self._ended_by_name() if new else {}
        for carer, row in new:
            mine: list[ContactRoute] = []
            for column in route_columns(row):
                value = row[column]
                if self._was_taken_away(carer, value, ended):
                    self.part.kept.append(
                        f"{carer}: {column} {value} was taken away here from somebody of this name;"
                        " the office decides"
                    )
                elif column == EMAIL or not any(same_number(one.value, value) for one in mine):
                    mine.append(self._route(carer, column, value))
            found += mine
        ContactRoute.objects.bulk_create(found, batch_size=AT_ONCE)

    def _ended_by_name(self) -> dict[tuple[str, ...], set[str]]:
        """What the office has taken away, by the name of whose it was: ids may be new."""
        rows = Carer.objects.filter(pk__in=list(self.routes)).values_list("pk", "name")
        ended: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for number, name in rows:
            mine = self.routes[number]
            current = {_plain(one.value) for one in mine if one.ended_at is None}
            gone = {_plain(one.value) for one in mine if one.ended_at is not None}
            ended[name_key(name)] |= gone - current
        return ended

    def _was_taken_away(
        self, carer: Carer, value: str, ended: dict[tuple[str, ...], set[str]]
    ) -> bool:
        return _plain(value) in ended.get(name_key(carer.name), ())

    def bring(self, carer: Carer, row: Row) -> Changed:
        """What the file changes of somebody's routes."""
        changed = Changed()
        for column in route_columns(row):
            said, base = row[column], carer.in_file.get(column)
            is_new = self._email(carer, said, base) if column == EMAIL else False
            if column != EMAIL:
                is_new = self._number(carer, column, said, base)
            if is_new:
                changed.columns.append(column)
            if base != said:
                carer.in_file[column] = said
                changed.kept_file = True
        return changed

    def _email(self, carer: Carer, said: str, base: str | None) -> bool:
        """By its own verb, since the old address must hear of it."""
        current = [one.value for one in self._of(carer) if one.kind == EMAIL]
        ours = current[0].lower() if current else ""
        if said == ours:
            return False
        untouched = ours == (base or "") and not self._has_ended(carer, said)
        if untouched:
            change_email(actor=self.batch.actor, carer=carer, address=said, at=self.batch.at)
            return True
        self.part.kept.append(both(carer, "email", ours, said))
        return False

    def _number(self, carer: Carer, column: str, said: str, base: str | None) -> bool:
        """Only the number that the file had brought is replaced; the office's own stay."""
        numbers = [one for one in self._of(carer) if one.kind != EMAIL]
        if any(same_number(one.value, said) for one in numbers):
            return False
        mine = [one for one in numbers if one.kind == kind_of(said, column)]
        brought = [one for one in numbers if base and same_number(one.value, base)]
        untouched = bool(brought) if base else not mine
        if not untouched or self._has_ended(carer, said):
            ours = ", ".join(one.value for one in mine)
            self.part.kept.append(both(carer, column, ours, said))
            return False
        ContactRoute.objects.filter(pk__in=[one.pk for one in brought]).update(
            ended_at=self.batch.at
        )
        place = brought[0].preference if brought else 1
        self._route(carer, column, said, place).save()
        return True

    def _of(self, carer: Carer) -> list[ContactRoute]:
        return [one for one in self.routes[carer.pk] if one.ended_at is None]

    def _has_ended(self, carer: Carer, value: str) -> bool:
        """Whether somebody here has taken away exactly this way of reaching them."""
        return any(
            one.ended_at is not None
            and (same_number(one.value, value) or one.value.lower() == value.lower())
            for one in self.routes[carer.pk]
        )

    def _route(self, carer: Carer, column: str, value: str, place: int = 1) -> ContactRoute:
        kind = column if column == EMAIL else kind_of(value, column)
        return ContactRoute(
            school=self.batch.school, carer=carer, kind=kind, value=value, preference=place
        )
