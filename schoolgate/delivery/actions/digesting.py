"""Digests: who wished for one message a day or a week gets one, of all that was gathered.

What cannot wait is never gathered. Which of it somebody may still have, and for which child, is
judged when the digest leaves, as for everything else.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
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

    Weekly ones leave on Fridays. What was gathered for somebody who wishes for no digest any more
    leaves at once. Called again it makes no second one.
    """
    _let_go_of_the_unwished(school, at)
    until = _moment_of_today(school, at)
    if at < until:
        return 0
    gathered = that_may_go(_of_whom(school, at).filter(posted_at__lt=until), at)
    parts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for parcel, carer, channel in gathered.values_list("pk", "carer", "channel"):
        parts[carer, channel].append(parcel)
    if parts:
        _put_together(school, parts, at)
    return len(parts)


def _moment_of_today(school: School, at: datetime) -> datetime:
    zone = ZoneInfo(school.settings.timezone)
    return datetime.combine(at.astimezone(zone).date(), school.settings.sending.digest_at, zone)


def _waiting(school: School) -> QuerySet[Parcel]:
    return Parcel.objects.filter(
        school=school, state=Parcel.State.GATHERED, gathered_in=None, carer__isnull=False
    )


def _of_whom(school: School, at: datetime) -> QuerySet[Parcel]:
    """What was gathered for those whose day it is."""
    wished = [Digest.DAILY]
    if at.astimezone(ZoneInfo(school.settings.timezone)).weekday() == FRIDAY:
        wished.append(Digest.WEEKLY)
    return _waiting(school).filter(carer__preference__digest__in=wished)


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
