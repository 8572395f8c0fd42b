"""The orders that a file brings: added, made stricter, and never made looser (decision 4)."""

from collections import defaultdict
from datetime import UTC, date, datetime

from schoolgate.ledger.actions import record
from schoolgate.people.importing.batch import Batch
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row
from schoolgate.people.judging import narrow
from schoolgate.people.letters import plain
from schoolgate.people.models import Limit, Link, Receives

Pair = tuple[int, int]


class Orders:
    """The orders on every adult and child of the school, asked once."""

    def __init__(self, batch: Batch, part: Part) -> None:
        self.batch, self.part = batch, part
        self.known: dict[Pair, list[Limit]] = defaultdict(list)
        for limit in Limit.objects.filter(school=batch.school).order_by("pk"):
            self.known[limit.pupil_id, limit.carer_id].append(limit)

    def bring(self, link: Link, row: Row) -> list[str]:
        """Add the order of a row, or make stricter what has the same words; what changed."""
        if not row.get("order"):
            return []
        new = self._order(link, row)
        same = [one for one in self._on(link) if plain(one.says) == plain(new.says)]
        if not same:
            return self._add(link, new)
        standing = [one for one in same if one.lifted_at is None]
        if not standing:
            # One that was lifted is not brought back, unless it says more than it did.
            return self._add(link, new) if self._is_stricter(new, same[-1]) else []
        return self._tighten(link, standing[-1], new)

    def _on(self, link: Link) -> list[Limit]:
        return self.known[link.pupil_id, link.carer_id]

    def _add(self, link: Link, new: Limit) -> list[str]:
        narrow(self.batch.school.pk)
        new.save()
        self._on(link).append(new)
        return ["order"]

    def _tighten(self, link: Link, limit: Limit, new: Limit) -> list[str]:
        """Only what is stricter: a lower level, a later end or none."""
        changed = []
        if new.receives_at_most < limit.receives_at_most:
            limit.receives_at_most = new.receives_at_most
            changed.append("receives_at_most")
        elif new.receives_at_most > limit.receives_at_most:
            self._name(link, "lets more through")
        if _is_later(new.ends_on, limit.ends_on):
            limit.ends_on = new.ends_on
            changed.append("ends_on")
        elif new.ends_on != limit.ends_on:
            self._name(link, "ends sooner")
        if not changed:
            return []
        narrow(self.batch.school.pk)
        limit.save(update_fields=changed)
        record(
            actor=self.batch.actor,
            verb="tightened a limit",
            school_id=self.batch.school.pk,
            about=("link", link.pk),
            at=self.batch.at,
            limit=limit.pk,
            changed=changed,
        )
        return ["order"]

    def _name(self, link: Link, what: str) -> None:
        self.part.kept.append(
            f"{link}: the order in the file {what} than the one here; the head or DSL decides"
        )

    def _is_stricter(self, new: Limit, old: Limit) -> bool:
        return new.receives_at_most < old.receives_at_most or _is_later(new.ends_on, old.ends_on)

    def _order(self, link: Link, row: Row) -> Limit:
        ends_on: date | None = row.get("order_ends_on", None)
        return Limit(
            school=self.batch.school,
            link=link,
            receives_at_most=row.get("order_receives", Receives.NOTHING),
            says=row["order"],
            begins_at=datetime.combine(self.batch.at.date(), datetime.min.time(), UTC),
            ends_on=ends_on,
            seen_by=self.batch.actor.name,
        )


def _is_later(new: date | None, old: date | None) -> bool:
    """Whether an end is later than another; none is the latest."""
    return old is not None and (new is None or new > old)
