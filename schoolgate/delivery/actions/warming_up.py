"""Warming up: a mail host that does not know us yet is given a few emails at first.

What a person waits for (a reply, a sign-in code, something urgent) goes all the same.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Min, QuerySet, Sum

from schoolgate.delivery.channels.email.warm_up import Plan, day_of
from schoolgate.delivery.models import HostUse


def may_go(*, at: datetime) -> int | None:
    """How many more emails may go now (UTC); none is no limit."""
    plan = Plan(settings.WARM_UP, settings.EMAIL_PER_MINUTE)
    if not plan.steps and not plan.per_minute:
        return None
    used = HostUse.objects.filter(host=_host())
    first = used.aggregate(first=Min("minute"))["first"] or at
    day = day_of(first, at)
    today = first + timedelta(days=day - 1)
    return plan.left(
        day=day,
        sent_today=_sum(used.filter(minute__gte=today)),
        sent_this_minute=_sum(used.filter(minute=_minute(at))),
    )


def count(*, sent: int, at: datetime) -> None:
    """Count what went, where there is a plan."""
    if not settings.WARM_UP and not settings.EMAIL_PER_MINUTE:
        return
    HostUse.objects.get_or_create(host=_host(), minute=_minute(at))
    HostUse.objects.filter(host=_host(), minute=_minute(at)).update(sent=F("sent") + sent)


def _host() -> str:
    """The host, or the provider, without what signs us in there."""
    url = urlsplit(settings.EMAIL_URL)
    return url.hostname or url.scheme


def _sum(rows: QuerySet[HostUse]) -> int:
    return rows.aggregate(sum=Sum("sent"))["sum"] or 0


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
