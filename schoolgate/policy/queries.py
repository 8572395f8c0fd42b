"""What the rows say of how the policy is kept; of schools, never of people."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from schoolgate.conversations.models import FamilyWord, Promised
from schoolgate.people.models import Link
from schoolgate.policy.figures import Answering, Asked, answering, families, settled_month
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School


@dataclass(frozen=True)
class Headline:
    """A school's headline figure of a month (UTC); none for fewer than five families."""

    since: datetime
    until: datetime
    answering: Answering | None


def headline(school: School, at: datetime) -> Headline:
    """How many families were answered in time and to their mind, beside first replies (2.2-T1)."""
    since, until = settled_month(at, ZoneInfo(school.settings.timezone))
    return Headline(since, until, answering(asked_between(school.pk, since, until)))


def asked_between(school_id: int, since: datetime, until: datetime) -> list[Asked]:
    """What families asked from one moment until another (UTC), and what became of it.

    A promise that runs since a family said that it was not answered is no second question. What was
    finished before an answer was due is left out.
    """
    first = Promised.objects.filter(
        school=school_id,
        promise__kind=Promise.Kind.REPLY,
        promise__started_at__gte=since,
        promise__started_at__lt=until,
        promise__withdrawn_at=None,
        promise__answers_again=None,
    ).select_related("promise", "conversation")
    rows = list(first)
    not_to_mind = set(
        FamilyWord.objects.filter(
            school=school_id,
            verdict=FamilyWord.Verdict.DID_NOT_ANSWER,
            withdrawn_at=None,
            first__in=[row.promise_id for row in rows],
        ).values_list("first", flat=True)
    )
    family_of = families(Link.objects.filter(school=school_id).values_list("carer", "pupil"))
    return [
        Asked(
            family=family_of.get(row.conversation.carer_id, row.conversation.carer_id),
            in_time=bool(row.promise.kept),
            to_mind=row.promise_id not in not_to_mind,
        )
        for row in rows
    ]
