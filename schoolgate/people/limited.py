"""The adults of a child on whom an order or limit lies, and whether words may name one of them.

Asked wherever somebody says who collects, by which way whom, in a form or in their own words.
"""

from datetime import datetime

from schoolgate.people.entitlement import limits_at, links_at
from schoolgate.people.models import Carer, Link, Pupil, Receives
from schoolgate.people.same_name import may_name


def limited_links(pupil: Pupil, at: datetime) -> list[Link]:
    """The links of a child, ended ones too, whose adult is limited or receives nothing (UTC)."""
    pairs = set(limits_at(at).filter(pupil=pupil).values_list("carer", flat=True))
    current = set(links_at(at, Receives.GENERAL).filter(pupil=pupil).values_list("pk", flat=True))
    rows = Link.objects.filter(pupil=pupil).select_related("carer").order_by("pk")
    return [link for link in rows if link.carer_id in pairs or link.pk not in current]


def limited_named(*, pupil: Pupil, words: str, at: datetime) -> list[Link]:
    """The limited adults of a child whom words may name (UTC); the words may be a whole text."""
    return [
        link
        for link in limited_links(pupil, at)
        if may_name(words, link.carer.name, link.relationship)
        or (link.carer.called and may_name(words, link.carer.called))
    ]


def is_limited(*, carer: Carer, pupil: Pupil, at: datetime) -> bool:
    """Whether an adult is under an order or limit for a child, or receives nothing of it (UTC)."""
    return any(link.carer_id == carer.pk for link in limited_links(pupil, at))
