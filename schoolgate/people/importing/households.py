"""Households by the file's column alone; two families of one surname are not one by it."""

import re
from collections import defaultdict

from schoolgate.people.actions.describing import leave_household
from schoolgate.people.importing.batch import AT_ONCE, Batch, by_id
from schoolgate.people.importing.difference import Part
from schoolgate.people.importing.reading import Row
from schoolgate.people.letters import names_in
from schoolgate.people.models import Carer, Household, HouseholdStay, Link


class Households:
    """Who stays where, asked once, and who moves by the file."""

    def __init__(self, batch: Batch, part: Part) -> None:
        self.batch, self.part = batch, part
        stays = HouseholdStay.objects.filter(school=batch.school, until=None)
        self.stays = {stay.carer_id: stay for stay in stays.select_related("household")}
        self.moves: dict[str, list[Carer]] = defaultdict(list)

    def bring(self, carer: Carer, row: Row) -> list[str]:
        """By the household column alone; one that the office has made by hand is not touched.

        Somebody of the placing authority is in none, whoever made it.
        """
        stay = self.stays.get(carer.pk)
        if carer.is_professional:
            leave_household(carer=carer, at=self.batch.at)
            return ["household"] if stay else []
        if "household" not in row.values:
            return []
        wanted = row["household"]
        if (stay.household.external_id if stay else "") == wanted:
            return []
        if stay and not stay.household.external_id:
            if wanted:
                self.part.kept.append(f"{carer}: stays in the household that the office has made")
            return []
        if stay:
            stay.until = self.batch.today
            stay.save(update_fields=["until"])
            del self.stays[carer.pk]
        if wanted:
            self.moves[wanted].append(carer)
        return ["household"]

    def move_in(self) -> None:
        """Begin the stays, from today; people who share no child are asked about first."""
        children = self._children()
        moves = {
            carer: name
            for name, carers in sorted(self.moves.items())
            for carer in self._one_family(name, carers, children)
        }
        wanted = set(moves.values())
        present = Household.objects.filter(school=self.batch.school, external_id__in=wanted)
        households = by_id(present)
        new = [
            Household(school=self.batch.school, external_id=name, name=name)
            for name in sorted(wanted - set(households))
        ]
        households |= by_id(Household.objects.bulk_create(new, batch_size=AT_ONCE))
        HouseholdStay.objects.bulk_create(
            (
                HouseholdStay(
                    school=self.batch.school,
                    household=households[name],
                    carer=carer,
                    since=self.batch.today,
                )
                for carer, name in moves.items()
            ),
            batch_size=AT_ONCE,
        )

    def _one_family(
        self, name: str, movers: list[Carer], children: dict[int, set[str]]
    ) -> list[Carer]:
        """Those who move in.

        Where the household is called by a surname and its people share no child, nobody does
        until somebody has said that it is one home; an id of the school's system is believed.
        """
        there = [
            stay.carer_id for stay in self.stays.values() if stay.household.external_id == name
        ]
        families = _families({*there, *(one.pk for one in movers)}, children)
        is_one = len(families) == 1 or name in self.batch.together
        if is_one or not _is_a_surname(name, movers):
            return movers
        self.batch.difference.asked.append(
            f"Household {name!r}: {', '.join(sorted(map(str, movers)))}: not all of its people"
            f" share a child, so nobody moves in. If it is one home, add --one-household {name!r}."
        )
        return []

    def _children(self) -> dict[int, set[str]]:
        """The children of each carer by the file, else by what is here."""
        found: dict[int, set[str]] = defaultdict(set)
        if self.batch.has("links.csv"):
            for row in self.batch.sheets.of("links.csv"):
                carer = self.batch.carers.get(row["carer"])
                if carer is not None:
                    found[carer.pk].add(row["pupil"])
            return found
        links = Link.objects.filter(school=self.batch.school, ended_at=None)
        for carer_id, pupil in links.values_list("carer", "pupil__public_id"):
            found[carer_id].add(str(pupil))
        return found


def _is_a_surname(household: str, carers: list[Carer]) -> bool:
    """Whether a household is called by how its people are called: "Smith", "The Smiths"."""
    said = {re.sub("[0-9]", "", word) for word in names_in(household)}
    names = {word for carer in carers for word in names_in(carer.name)}
    return bool(names & (said | {word.removesuffix("s") for word in said}))


def _families(carers: set[int], children: dict[int, set[str]]) -> list[set[str]]:
    """The groups of carers who share children, each by its children; who has none is alone."""
    families: list[set[str]] = []
    for carer in sorted(carers):
        mine = set(children.get(carer, ())) or {f"nobody's but {carer}"}
        for other in [family for family in families if family & mine]:
            families.remove(other)
            mine |= other
        families.append(mine)
    return families
