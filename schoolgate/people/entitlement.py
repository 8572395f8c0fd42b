"""Who may receive what for which child, judged at the moment that it is asked.

One rule, for one person and for ten thousand alike (Clause 2.2-T5, threats T1 and T2): the link's
own level, made smaller by every limit that has begun and that nobody has lifted. The end date of an
order widens nothing (decision 4), and a limit lies on the adult and the child: on each link of the
two, whichever it was written on (decision 26).
"""

from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Least

from schoolgate.people.models import Carer, Limit, Link, Pupil, Receives
from schoolgate.people.queries import on_roll


def links_at(at: datetime, least: Receives = Receives.NOTHING) -> QuerySet[Link]:
    """Current links at a moment (UTC) that allow so much; for one person and for ten thousand."""
    too_little = limits_of_a_link(at).filter(receives_at_most__lt=least)
    return Link.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at),
        Q(carer__ended_at=None) | Q(carer__ended_at__gt=at),
        on_roll(at.date(), "pupil__"),
        ~Exists(too_little),
        receives__gte=least,
    )


def links_with_level(at: datetime) -> QuerySet[Link]:
    """Current links at a moment (UTC) with `level`: what each carer may receive."""
    limited = limits_of_a_link(at).values("pupil", "carer")
    lowest = limited.annotate(lowest=Min("receives_at_most")).values("lowest")
    return (
        links_at(at)
        .annotate(limited_to=Subquery(lowest))
        .annotate(
            level=Least(
                F("receives"),
                Coalesce(F("limited_to"), F("receives")),
                output_field=IntegerField(),
            )
        )
    )


def recipients(*, pupils: QuerySet[Pupil], level: Receives, at: datetime) -> QuerySet[Link, Any]:
    """Who may receive something of that level about some of these children: `carer`, `children`.

    The one way from an audience to people (threat T1): nobody is typed, nothing is remembered.
    """
    return (
        links_at(at, level)
        .filter(pupil__in=pupils.order_by().values("pk"))
        .order_by()
        .values("carer")
        .annotate(children=ArrayAgg("pupil", order_by="pupil"))
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


def limits_at(at: datetime) -> QuerySet[Limit]:
    """The limits that have begun by a moment (UTC) and that nobody has lifted."""
    return Limit.objects.filter(begins_at__lte=at, lifted_at=None)


def limits_of_a_link(at: datetime) -> QuerySet[Limit]:
    """The same for the adult and the child of an outer query's link, in an `Exists` or the like."""
    return limits_at(at).filter(pupil=OuterRef("pupil"), carer=OuterRef("carer"))
