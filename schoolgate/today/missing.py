"""The list of missing children as the office rings from it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schoolgate.people.access import Who
from schoolgate.people.models import Carer, Limit, Link, NoSafeRoute
from schoolgate.people.ringing import Ringing, ringing_of
from schoolgate.today import access
from schoolgate.today.first_day import Concern, weight
from schoolgate.today.models import Matter, Missing, Register, Try

LOOKED_BACK = timedelta(days=14)


@dataclass(frozen=True)
class ToRing:
    """One missing child, whom to ring in which order, and who was tried."""

    missing: Missing
    carers: list[tuple[Carer, str, Ringing]]
    tries: list[Try]
    days_before: int


def to_ring(who: Who, day: date) -> list[ToRing]:
    """The missing children of a day, first whom to worry about most (see `first_day`).

    Only adults who may hear of the child, in the order of their links; what they asked for stands
    before their numbers (Clause 2.1-M1).
    """
    rows = list(access.missing_for(who, day).prefetch_related("tries__carer", "tries__by"))
    facts = _Facts(rows, day, who.at)
    found = [
        (
            weight(facts.concern(one)),
            ToRing(one, facts.carers(one), list(one.tries.all()), facts.days[one.pupil_id]),
        )
        for one in rows
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].missing.marked_at, pair[1].missing.pk))
    return [one for _, one in found]


def not_taken(who: Who, day: date) -> list[str]:
    """The classes whose register nobody has taken yet."""
    taken = Register.objects.filter(school=who.school, day=day).values("group")
    return [group.name for group in access.groups_for(who).exclude(pk__in=taken)]


class _Facts:
    """What the order rests on, asked once for all."""

    def __init__(self, rows: list[Missing], day: date, at: datetime) -> None:
        self.at = at
        pupils = [one.pupil_id for one in rows]
        self.links: dict[int, list[Link]] = defaultdict(list)
        for link in access.links_to_ring(pupils, at):
            self.links[link.pupil_id].append(link)
        self.days = Counter(
            Missing.objects.filter(pupil__in=pupils, day__lt=day, day__gte=day - LOOKED_BACK)
            .exclude(ended=Missing.Ended.HERE)
            .values_list("pupil", flat=True)
        )
        carers = [link.carer_id for links in self.links.values() for link in links]
        self.unsafe = set(
            NoSafeRoute.objects.filter(carer__in=carers, ended_at=None).values_list(
                "carer", flat=True
            )
        )
        self.limited = set(
            Limit.objects.filter(
                link__pupil__in=pupils, begins_at__lte=at, lifted_at=None
            ).values_list("link__pupil", flat=True)
        )
        self.travelling = set(
            Matter.objects.filter(pupil__in=pupils, day=day, kind="transport").values_list(
                "pupil", flat=True
            )
        )

    def concern(self, missing: Missing) -> Concern:
        links = self.links[missing.pupil_id]
        return Concern(
            days_before=self.days[missing.pupil_id],
            by_transport=missing.pupil_id in self.travelling,
            no_safe_route=all(link.carer_id in self.unsafe for link in links),
            looked_after=any(link.carer.is_professional for link in links),
            limited=missing.pupil_id in self.limited,
            tries=len(missing.tries.all()),
        )

    def carers(self, missing: Missing) -> list[tuple[Carer, str, Ringing]]:
        return [
            (link.carer, link.relationship, ringing_of(link.carer, self.at))
            for link in self.links[missing.pupil_id]
        ]
