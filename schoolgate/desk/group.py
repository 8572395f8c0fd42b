"""The group lead's page: numbers for each school, no names, and what they hold as acting head."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from schoolgate.conversations.models import Conversation
from schoolgate.escalation.pages import Row, list_of
from schoolgate.people.access import Who
from schoolgate.people.models import Link
from schoolgate.policy.figures import FEWEST, families
from schoolgate.policy.queries import Headline, headline
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School
from schoolgate.school.tenancy import see


@dataclass(frozen=True)
class Number:
    """So many families; `few` stands for one to four, which no figure may stand for."""

    families: int
    few: bool


@dataclass(frozen=True)
class OfSchool:
    """One school in numbers, and what this person holds there."""

    school: School
    waiting: Number
    late: Number
    further: Number
    headline: Headline
    held: list[Row]


def of_schools(who: Who, places: list[Who]) -> list[OfSchool]:
    """Each school that they lead, asked in turn; afterwards the transaction sees theirs again."""
    found = []
    for place in places:
        if place.school is not None and place.holds("group_lead"):
            see(school_id=place.school.pk, user_id=place.user_id)
            found.append(_of_school(place.school, place, who.at))
    see(school_id=who.school.pk if who.school else None, user_id=who.user_id)
    return sorted(found, key=lambda one: one.school.name)


def _of_school(school: School, place: Who, at: datetime) -> OfSchool:
    waiting = Conversation.objects.filter(school=school, side="school")
    late = Promise.objects.filter(
        school=school, stopped_at=None, withdrawn_at=None, due_at__lt=at
    ).values("subject")
    family_of = families(Link.objects.filter(school=school).values_list("carer", "pupil"))

    def number(which: Q) -> Number:
        carers = set(waiting.filter(which).values_list("carer", flat=True))
        count = len({family_of.get(carer, carer) for carer in carers})
        return Number(count, few=0 < count < FEWEST)

    return OfSchool(
        school=school,
        waiting=number(Q()),
        late=number(Q(public_id__in=late)),
        further=number(Q(escalations__ended_at=None, escalations__isnull=False)),
        headline=headline(school, at),
        held=[row for row in list_of(place) if row.escalation.holder == place.member],
    )
