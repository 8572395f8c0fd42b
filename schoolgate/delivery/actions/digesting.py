"""Digests: who wished for one message a day or a week gets one, of all that was gathered.

What cannot wait is never gathered. Which of it somebody may still have, and for which child, is
judged when the digest leaves, as for everything else.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import wake_the_sorter
from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.held import that_may_go
from schoolgate.delivery.models import Content, Parcel, Priority
from schoolgate.people.models import Preference, Receives
from schoolgate.school.models import School

FRIDAY = 4
Digest = Preference.Digest


@transaction.atomic
def send_digests(*, school: School, at: datetime) -> int:
    """Make the digests that are due at a moment (UTC), after the school's time of day; how many.

    Weekly ones leave on Fridays. A day or a Friday that nobody was awake for is made up for as soon
    as somebody is. What was gathered for somebody who wishes for no digest any more leaves at once.
    Called again it makes no second one.
    """
    _let_go_of_the_unwished(school, at)
    gathered = that_may_go(_due(school, at), at)
    parts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for parcel, carer, channel in gathered.values_list("pk", "carer", "channel"):
        parts[carer, channel].append(parcel)
    if parts:
        _put_together(school, parts, at)
    return len(parts)


def _latest_moment(school: School, at: datetime, weekday: int | None = None) -> datetime:
    """The last time by the school's clock at which digests were due, or those of a weekday."""
    zone = ZoneInfo(school.settings.timezone)
    day = at.astimezone(zone).date()
    moment = datetime.combine(day, school.settings.sending.digest_at, zone)
    while moment > at or weekday not in {None, moment.weekday()}:
        day -= timedelta(days=1)
        moment = datetime.combine(day, school.settings.sending.digest_at, zone)
    return moment


def _waiting(school: School) -> QuerySet[Parcel]:
    return Parcel.objects.filter(
        school=school, state=Parcel.State.GATHERED, gathered_in=None, carer__isnull=False
    )


def _due(school: School, at: datetime) -> QuerySet[Parcel]:
    """What was gathered before the last moment at which its reader's digest was due."""
    every_day, on_friday = _latest_moment(school, at), _latest_moment(school, at, FRIDAY)
    daily = Q(carer__preference__digest=Digest.DAILY, posted_at__lt=every_day)
    weekly = Q(carer__preference__digest=Digest.WEEKLY, posted_at__lt=on_friday)
    return _waiting(school).filter(daily | weekly)


def _let_go_of_the_unwished(school: School, at: datetime) -> None:
    no_digest = Q(carer__preference=None) | Q(carer__preference__digest=Digest.NONE)
    rows = Parcel.objects.filter(pk__in=_waiting(school).filter(no_digest).values("pk"))
    if rows.update(state=Parcel.State.WAITING, next_try_at=at):
        wake_the_sorter(school)


def _put_together(school: School, parts: dict[tuple[int, str], list[int]], at: datetime) -> None:
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.DIGEST,
        subject=_("News from {school}").format(school=school.name),
        level=Receives.GENERAL,
        thread_page=f"/{school.slug}/from-school/",
        written_at=at,
    )
    to = [Addressee(carer=carer, children=(), channel=channel) for carer, channel in parts]
    publish(content=content, addressees=to, priority=Priority.SERVICE, at=at)
    made = Parcel.objects.filter(content=content).values_list("pk", "carer", "channel")
    for parcel, carer, channel in made:
        _gather(parcel, parts[carer or 0, channel])


def _gather(digest: int, parcels: Iterable[int]) -> None:
    Parcel.objects.filter(pk__in=parcels).update(gathered_in=digest)
