"""Who may receive what for which child, judged at the moment that it is asked.

One rule, for one person and for ten thousand alike (Clause 2.2-T5, threats T1 and T2): the link's
own level, made smaller by every limit that has begun and that nobody has lifted. The end date of an
order widens nothing (decision 4).
"""

from datetime import datetime

from django.db.models import F, IntegerField, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from schoolgate.people.models import Carer, Link, Pupil, Receives


def links_at(at: datetime, least: Receives = Receives.NOTHING) -> QuerySet[Link]:
    """Current links at a moment (UTC) with `level`, what each carer may receive, if enough."""
    in_force = Q(limits__begins_at__lte=at, limits__lifted_at=None)
    return (
        Link.objects.filter(
            Q(ended_at=None) | Q(ended_at__gt=at),
            Q(carer__ended_at=None) | Q(carer__ended_at__gt=at),
            Q(pupil__left_on=None) | Q(pupil__left_on__gte=at.date()),
        )
        .annotate(limited_to=Min("limits__receives_at_most", filter=in_force))
        .annotate(
            level=Least(
                F("receives"),
                Coalesce(F("limited_to"), F("receives")),
                output_field=IntegerField(),
            )
        )
        .filter(level__gte=least)
    )


def entitled(*, pupil: Pupil, level: Receives, at: datetime) -> QuerySet[Link]:
    """The links of those who may receive something of that level about a child."""
    return links_at(at, level).filter(pupil=pupil)


def may_receive(*, carer: Carer, pupil: Pupil | None, level: Receives, at: datetime) -> bool:
    """Whether one carer may receive something about one child, or about none, now."""
    if carer.ended_at and carer.ended_at <= at:
        return False
    if pupil is None:
        return True
    return entitled(pupil=pupil, level=level, at=at).filter(carer=carer).exists()
