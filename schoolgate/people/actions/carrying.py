"""What lies on an adult and a child is laid on every row of the two: orders, marks, holds.

It only takes away (decisions 4 and 26). What the head or DSL has lifted on a row is not brought
back there.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.homes import wipe_addresses
from schoolgate.people.judging import narrow
from schoolgate.people.models import Carer, Limit, Link, NoSafeRoute
from schoolgate.people.same_person import Sameness

Pair = tuple[int, int]


@transaction.atomic
def carry_over(
    *, actor: Actor, school_id: int, links: Iterable[Link], known: Sameness, at: datetime
) -> list[str]:
    """Lay on each of these links what lies on its other rows; in words what was laid (UTC)."""
    carrying = _Carrying(actor, school_id, at)
    said: list[str] = []
    for link in links:
        if link.ended_at is None and link.carer.ended_at is None:
            for twin in known.twins(link):
                said += carrying.carry(twin, link)
    return said


class _Carrying:
    """The limits, marks and tasks of a school, asked once."""

    def __init__(self, actor: Actor, school_id: int, at: datetime) -> None:
        self.actor, self.school_id, self.at = actor, school_id, at
        self.limits: dict[Pair, list[Limit]] = defaultdict(list)
        self.lies: dict[Pair, set[int]] = defaultdict(set)
        for limit in Limit.objects.filter(school_id=school_id):
            pair = (limit.carer_id, limit.pupil_id)
            self.lies[pair].add(limit.carried_from_id or limit.pk)
            if limit.lifted_at is None:
                self.limits[pair].append(limit)
        self.tasks: dict[int, NoSafeRoute] = {}
        self.begun: dict[int, datetime] = {}
        for task in NoSafeRoute.objects.filter(school_id=school_id).order_by("begun_at", "pk"):
            self.begun[task.carer_id] = task.begun_at
            if task.ended_at is None:
                self.tasks[task.carer_id] = task
        self.narrowed = False

    def carry(self, earlier: Link, later: Link) -> list[str]:
        one_row = earlier.carer_id == later.carer_id
        said = [] if one_row else self._marks(earlier.carer, later.carer)
        before, pair = (earlier.carer_id, earlier.pupil_id), (later.carer_id, later.pupil_id)
        if before == pair:
            return said
        self._holds(earlier, later)
        for limit in list(self.limits[before]):
            root = limit.carried_from_id or limit.pk
            if root not in self.lies[pair]:
                self.lies[pair].add(root)
                self.limits[pair].append(self._copy(limit, root, later))
                said.append(f"{later}: the order of another row of the two lies here too")
            elif self._tighten(limit, root, pair):
                said.append(f"{later}: the order is as strict as on another row of the two")
        return said

    def _tighten(self, limit: Limit, root: int, pair: Pair) -> bool:
        """The same order, made stricter elsewhere, is so here; what was lifted here stays so."""
        looser = [
            one
            for one in self.limits[pair]
            if root in {one.pk, one.carried_from_id}
            and one.receives_at_most > limit.receives_at_most
        ]
        for one in looser:
            self._narrow()
            one.receives_at_most = limit.receives_at_most
            one.save(update_fields=["receives_at_most"])
        return bool(looser)

    def _copy(self, limit: Limit, root: int, later: Link) -> Limit:
        self._narrow()
        copy = Limit.objects.create(
            school_id=self.school_id,
            link=later,
            receives_at_most=limit.receives_at_most,
            says=limit.says,
            is_court_order=limit.is_court_order,
            begins_at=limit.begins_at,
            ends_on=limit.ends_on,
            seen_by=limit.seen_by,
            carried_from_id=root,
        )
        record(
            actor=self.actor,
            verb="carried a limit",
            school_id=self.school_id,
            about=("link", later.pk),
            at=self.at,
            limit=copy.pk,
            carried_from=root,
        )
        return copy

    def _marks(self, earlier: Carer, later: Carer) -> list[str]:
        """A protected address and "send nothing", unless somebody took them away from this row."""
        said = []
        if earlier.protected_address and not later.protected_address and not later.unprotected_at:
            later.protected_address = True
            Carer.objects.filter(pk=later.pk).update(protected_address=True)
            wipe_addresses(later)
            said.append(f"{later}: the address is protected, as on another row of theirs")
        task, begun = self.tasks.get(earlier.pk), self.begun.get(later.pk)
        if task and later.pk not in self.tasks and (begun is None or begun < task.begun_at):
            self._narrow()
            self.begun[later.pk] = self.at
            self.tasks[later.pk] = NoSafeRoute.objects.create(
                school_id=self.school_id,
                carer=later,
                held_by_id=task.held_by_id,
                words=task.words,
                begun_at=self.at,
            )
            said.append(f"{later}: nothing is sent, as on another row of theirs")
        return said

    def _holds(self, earlier: Link, later: Link) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT people_carry_holds(%s, %s, %s, %s)",
                [earlier.carer_id, later.carer_id, earlier.pupil_id, later.pupil_id],
            )

    def _narrow(self) -> None:
        if not self.narrowed:
            self.narrowed = True
            narrow(self.school_id)
