"""Of whom nothing good was told lately, and what a family heard."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from schoolgate.conversations.access import visible_to_carer
from schoolgate.good_news.models import GoodNews, Heard
from schoolgate.good_news.quiet import quiet_since
from schoolgate.people.access import Who
from schoolgate.people.models import Pupil
from schoolgate.people.queries import on_roll
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School

LATELY = timedelta(days=28)


def quiet_among(pupils: QuerySet[Pupil], school: School, at: datetime) -> QuerySet[Pupil]:
    """The children here of whom nothing good was told in ten school days, by name (UTC)."""
    since = quiet_since(reply_calendar(school), at)
    told = GoodNews.objects.filter(pupil=OuterRef("pk"), told_at__gte=since)
    return pupils.filter(on_roll(at.date())).exclude(Exists(told)).order_by("sorted_by", "pk")


def quiet_children(school: School, at: datetime) -> QuerySet[Pupil]:
    """The same of a whole school."""
    return quiet_among(Pupil.objects.filter(school=school), school, at)


def heard_by(who: Who) -> QuerySet[Heard]:
    """The good news that a carer may see now, latest first; nothing for anybody else."""
    threads = visible_to_carer(who).values("pk")
    return (
        Heard.objects.filter(school=who.school, carer=who.carer, conversation__in=threads)
        .select_related("news__pupil", "news__told_by", "conversation__school")
        .order_by("-news__told_at", "-pk")
    )


def latest_for(who: Who) -> list[Heard]:
    """The latest good news of each of a carer's children in four weeks, latest first."""
    found: dict[int, Heard] = {}
    for one in heard_by(who).filter(news__told_at__gte=who.at - LATELY):
        found.setdefault(one.news.pupil_id, one)
    return list(found.values())
