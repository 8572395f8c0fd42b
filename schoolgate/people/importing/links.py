"""Who is who to which child, what they receive, and the orders that the file brings.

Nothing widens by an import: it gives nobody more than they have here, brings back no ended link,
and neither changes nor removes an order (decision 4, threat T20).
"""

from datetime import UTC, date, datetime

from schoolgate.people.actions.joining import usual_for
from schoolgate.people.importing.batch import AT_ONCE, Batch, changed_fields, in_words, written
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row
from schoolgate.people.models import Carer, Limit, Link, Pupil, Receives

FILE = "links.csv"
FIELDS = ("relationship", "ground", "collects")
Pair = tuple[int, int]


def bring_links(batch: Batch) -> None:
    """Add, change and end links between imported pupils and imported carers."""
    if not batch.has(FILE):
        return
    part = batch.difference.part(FILE)
    links, ended = _present(batch)
    named: set[Pair] = set()
    new: list[tuple[Link, Row]] = []
    for row in batch.sheets.of(FILE):
        batch.tick()
        pupil = batch.find(row, "pupil", batch.pupils, "pupil")
        carer = batch.find(row, "carer", batch.carers, "carer")
        if pupil is None or carer is None:
            continue
        pair = (pupil.pk, carer.pk)
        named.add(pair)
        if pair in links:
            _change(batch, part, links[pair], row)
        elif pair in ended:
            part.kept.append(f"{carer} and {pupil}: ended here, so the import does not link them")
        else:
            new.append((_new(batch, pupil, carer, row), row))
    _add(batch, part, new)
    _end(batch, part, [link for pair, link in links.items() if pair not in named])


def _present(batch: Batch) -> tuple[dict[Pair, Link], set[Pair]]:
    rows = Link.objects.filter(school=batch.school).select_related("pupil", "carer")
    links, ended = {}, set()
    for link in rows.exclude(pupil__external_id="").exclude(carer__external_id=""):
        pair = (link.pupil_id, link.carer_id)
        if link.ended_at is None:
            links[pair] = link
        else:
            ended.add(pair)
    return links, ended


def _new(batch: Batch, pupil: Pupil, carer: Carer, row: Row) -> Link:
    return Link(
        school=batch.school,
        pupil=pupil,
        carer=carer,
        receives=_wanted(carer, row),
        **written(row, FIELDS),
    )


def _wanted(carer: Carer, row: Row) -> int:
    """What the file says, else what is usual for somebody in this capacity (decision 19)."""
    said: Receives | None = row.get("receives", None)
    return usual_for(carer) if said is None else said


def _add(batch: Batch, part: Part, new: list[tuple[Link, Row]]) -> None:
    Link.objects.bulk_create([link for link, _ in new], batch_size=AT_ONCE)
    Limit.objects.bulk_create(_order(batch, link, row) for link, row in new if row.get("order"))
    part.added += [str(link) for link, _ in new]


def _change(batch: Batch, part: Part, link: Link, row: Row) -> None:
    values = written(row, FIELDS)
    wanted = _wanted(link.carer, row) if "receives" in row.values else link.receives
    if wanted > link.receives:
        part.kept.append(f"{link}: receives less here than in the file, and the office decides")
    elif row.get("receives", None) is not None:
        values["receives"] = wanted
    fields = changed_fields(link, values)
    if fields:
        link.save(update_fields=fields)
    if row.get("order") and not Limit.objects.filter(link=link, says=row["order"]).exists():
        _order(batch, link, row).save()
        fields.append("order")
    if fields:
        part.changed.append(f"{link}: {in_words(fields)}")
    else:
        part.unchanged += 1


def _order(batch: Batch, link: Link, row: Row) -> Limit:
    ends_on: date | None = row.get("order_ends_on", None)
    return Limit(
        school=batch.school,
        link=link,
        receives_at_most=row.get("order_receives", Receives.NOTHING),
        says=row["order"],
        begins_at=datetime.combine(batch.at.date(), datetime.min.time(), UTC),
        ends_on=ends_on,
        seen_by=batch.actor.name,
    )


def _end(batch: Batch, part: Part, links: list[Link]) -> None:
    Link.objects.filter(pk__in=[link.pk for link in links]).update(ended_at=batch.at)
    part.left += [str(link) for link in links]
