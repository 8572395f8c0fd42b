"""Who is who to which child, what they receive, and the orders that the file brings.

Nothing widens by an import: it gives nobody more than they have or had here, under whatever id,
brings back no link that the office ended, and neither loosens nor removes an order (decisions 4
and 26, threat T20).
"""

from schoolgate.people.actions.carrying import carry_over
from schoolgate.people.actions.joining import usual_for
from schoolgate.people.importing.batch import AT_ONCE, Batch, in_words, written
from schoolgate.people.importing.deciding import first_said, said_in, settle
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.orders import Orders
from schoolgate.people.importing.reading import Row
from schoolgate.people.models import Carer, Link, Pupil, Receives
from schoolgate.people.same_person import Sameness, least_of

FILE = "links.csv"
FIELDS = ("relationship", "ground", "collects")
Pair = tuple[int, int]


def bring_links(batch: Batch) -> None:
    """Add, change and end links between imported pupils and imported carers."""
    part = batch.difference.part(FILE) if batch.has(FILE) else Part()
    every = list(Link.objects.filter(school=batch.school).select_related("pupil", "carer"))
    known = Sameness(every)
    if batch.has(FILE):
        every += _Links(batch, part, every, known).bring()
    part.carried += carry_over(
        actor=batch.actor, school_id=batch.school.pk, links=every, known=known, at=batch.at
    )
    if part.carried:
        batch.difference.parts.setdefault(FILE, part)


class _Links:
    """The links that are here, by child and carer, and what the file makes of them."""

    def __init__(self, batch: Batch, part: Part, every: list[Link], known: Sameness) -> None:
        self.batch, self.part, self.known = batch, part, known
        self.links: dict[Pair, Link] = {}
        self.ended: dict[Pair, Link] = {}
        for link in sorted(every, key=lambda one: one.pk):
            if link.pupil.external_id and link.carer.external_id:
                current = link.ended_at is None
                (self.links if current else self.ended)[link.pupil_id, link.carer_id] = link
        self.was_current = {link.pk for link in self.links.values()}
        self.orders = Orders(batch, part)
        self.named: set[Pair] = set()

    def bring(self) -> list[Link]:
        """All that the file says; the links that are new."""
        self.part.before = len(self.links)
        new = [found for row in self.batch.sheets.of(FILE) if (found := self._bring(row))]
        Link.objects.bulk_create([link for link, _ in new], batch_size=AT_ONCE)
        for link, row in new:
            self.known.add(link)
            self.orders.bring(link, row)
            self.part.added.append(str(link))
        self._end()
        return [link for link, _ in new]

    def _bring(self, row: Row) -> tuple[Link, Row] | None:
        batch = self.batch
        batch.tick()
        pupil = batch.find(row, "pupil", batch.pupils, "pupil")
        carer = batch.find(row, "carer", batch.carers, "carer")
        if pupil is None or carer is None:
            return None
        pair = (pupil.pk, carer.pk)
        self.named.add(pair)
        if pair in self.links:
            self._change(self.links[pair], row)
            return None
        return self._again_or_new(pupil, carer, row)

    def _again_or_new(self, pupil: Pupil, carer: Carer, row: Row) -> tuple[Link, Row] | None:
        link = Link(school=self.batch.school, pupil=pupil, carer=carer, **written(row, FIELDS))
        link.in_file = first_said(row, FIELDS)
        twins, ended = self.known.twins(link), self.ended.get((pupil.pk, carer.pk))
        judged = [ended] if ended else twins
        if judged and not any(self._may_begin_again(twin) for twin in judged):
            self.part.kept.append(
                f"{carer} and {pupil}: ended here, so the import does not link them"
            )
            self._order_on_what_has_ended(ended or link, row)
            return None
        wanted, least = self._wanted(carer, row), least_of(twins)
        link.receives = wanted if least is None else min(wanted, least)
        if link.receives < wanted:
            self.part.kept.append(f"{link}: receives no more than before, and the office decides")
        return link, row

    def _order_on_what_has_ended(self, link: Link, row: Row) -> None:
        """An order holds for the two though they are not linked: somebody may link them again."""
        if not row.get("order"):
            return
        if link._state.adding:
            link.ended_at = self.batch.at
            link.save()
        self.orders.bring(link, row)

    def _may_begin_again(self, twin: Link) -> bool:
        """What a file ended a file may begin again; what somebody here ended it may not."""
        return twin.ended_at is None or twin.ended_by_file or twin.pk in self.was_current

    def _wanted(self, carer: Carer, row: Row) -> int:
        """What the file says, else what is usual for somebody in this capacity (decision 19)."""
        said: Receives | None = row.get("receives", None)
        return usual_for(carer) if said is None else said

    def _change(self, link: Link, row: Row) -> None:
        fields = settle(self.part, link, said_in(row, link, FIELDS))
        wanted = self._wanted(link.carer, row) if "receives" in row.values else link.receives
        if wanted > link.receives:
            self.part.kept.append(
                f"{link}: receives less here than in the file, and the office decides"
            )
        elif row.get("receives", None) is not None and wanted < link.receives:
            link.receives = wanted
            fields.append("receives")
        if fields:
            link.save(update_fields=fields)
        shown = [name for name in fields if name != "in_file"]
        shown += self.orders.bring(link, row)
        if shown:
            self.part.changed.append(f"{link}: {in_words(shown)}")
        else:
            self.part.unchanged += 1

    def _end(self) -> None:
        gone = [link for pair, link in self.links.items() if pair not in self.named]
        for link in gone:
            link.ended_at, link.ended_by_file = self.batch.at, True
        Link.objects.bulk_update(gone, ["ended_at", "ended_by_file"], batch_size=AT_ONCE)
        self.part.left += [str(link) for link in gone]
