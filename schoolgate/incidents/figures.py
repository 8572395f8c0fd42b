"""The yearly figures of what the law counts, by kind and month; none for fewer than five families.

A school year runs from 1 September to 31 August. A figure that could be worked out from its
neighbours is left out as well (decision 16).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, Min, OuterRef
from django.utils.translation import gettext as _

from schoolgate.incidents.due import is_same_day
from schoolgate.incidents.kinds import COUNTED, NAMES
from schoolgate.incidents.models import Incident, Telling
from schoolgate.incidents.states import State
from schoolgate.people.models import Link
from schoolgate.school.models import School

FEWEST = 5
FIRST_MONTH = 9
MONTHS = (*range(FIRST_MONTH, 13), *range(1, FIRST_MONTH))


@dataclass(frozen=True)
class One:
    """One incident as far as it is counted; `told_at` (UTC) is when the last adult was told."""

    kind: str
    month: int
    family: int
    hurt: bool
    minutes: int | None
    same_day: bool


@dataclass(frozen=True)
class Row:
    """One line: figures, or none where they would stand for fewer than five families."""

    kind: str
    month: str
    incidents: int | None
    hurt: int | None
    same_day: int | None
    later: int | None
    minutes: int | None


def year_of(day: date) -> int:
    """The year in which a day's school year began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def rows_of(school: School, year: int) -> list[Row]:
    """Every kind that is counted: each month, and the year below them."""
    by_kind: dict[str, list[One]] = defaultdict(list)
    for one in _counted(school, year):
        by_kind[one.kind].append(one)
    return [row for kind in COUNTED for row in rows_of_kind(kind, by_kind[kind])]


def rows_of_kind(kind: str, found: Sequence[One]) -> list[Row]:
    """The months of one kind and its year; pure."""
    by_month = {month: [one for one in found if one.month == month] for month in MONTHS}
    hidden = _hidden(by_month)
    rows = [
        _row(kind, _month(month), ones, hide=month in hidden) for month, ones in by_month.items()
    ]
    return [*rows, _row(kind, _("The whole year"), found, hide=_few(found))]


def _hidden(by_month: dict[int, list[One]]) -> set[int]:
    """Months of too few families, and more of them until the year gives none of them away."""
    hidden = {month for month, ones in by_month.items() if _few(ones)}
    shown = sorted(
        (month for month, ones in by_month.items() if ones and month not in hidden),
        key=lambda month: len(by_month[month]),
    )
    while hidden and shown and _few([one for month in hidden for one in by_month[month]]):
        hidden.add(shown.pop(0))
    return hidden


def _row(kind: str, month: str, ones: Sequence[One], *, hide: bool) -> Row:
    if hide:
        return Row(kind, month, None, None, None, None, None)
    same_day = _part(ones, [one for one in ones if one.same_day])
    hurt = _part(ones, [one for one in ones if one.hurt])
    minutes = [one.minutes for one in ones if one.minutes is not None]
    return Row(
        kind=kind,
        month=month,
        incidents=len(ones),
        hurt=hurt,
        same_day=same_day,
        later=None if same_day is None else len(ones) - same_day,
        minutes=round(median(minutes)) if minutes else None,
    )


def _part(ones: Sequence[One], part: Sequence[One]) -> int | None:
    """How many of some, unless these or the others are of fewer than five families."""
    rest = [one for one in ones if one not in part]
    return None if _few(part) or _few(rest) else len(part)


def _few(ones: Sequence[One]) -> bool:
    """Whether they are of some families and of fewer than five."""
    return 0 < len({one.family for one in ones}) < FEWEST


def _counted(school: School, year: int) -> Iterable[One]:
    zone = ZoneInfo(school.settings.timezone)
    first, last = (datetime(one, FIRST_MONTH, 1, tzinfo=zone) for one in (year, year + 1))
    rows = Incident.objects.filter(
        school=school,
        kind__in=COUNTED,
        happened_at__gte=first.astimezone(UTC),
        happened_at__lt=last.astimezone(UTC),
    )
    families = dict(
        Link.objects.filter(pupil__in=rows.values("pupil"))
        .values_list("pupil")
        .annotate(family=Min("carer"))
    )
    lost = Telling.objects.filter(incident=OuterRef("pk"), state=State.NOT_REACHED)
    told = rows.annotate(told_at=Max("tellings__told_at"), is_lost=Exists(lost))
    for incident in told.order_by("happened_at"):
        yield _one(incident, families.get(incident.pupil_id, -incident.pupil_id), zone)


def _one(incident: Incident, family: int, zone: ZoneInfo) -> One:
    """An incident of which somebody has still to be told is not told on the same day."""
    is_done = incident.pressed_at is not None and not getattr(incident, "is_lost", False)
    told_at: datetime | None = getattr(incident, "told_at", None) if is_done else None
    happened = incident.happened_at
    minutes = round((told_at - happened).total_seconds() / 60) if told_at else None
    return One(
        kind=incident.kind,
        month=happened.astimezone(zone).month,
        family=family,
        hurt=incident.was_hurt,
        minutes=minutes,
        same_day=told_at is not None and is_same_day(happened, told_at, str(zone)),
    )


def _month(month: int) -> str:
    return _(date(2026, month, 1).strftime("%B"))


def in_words(kind: str) -> str:
    """What a kind is called."""
    return str(NAMES.get(kind, kind))  # type: ignore[call-overload]
