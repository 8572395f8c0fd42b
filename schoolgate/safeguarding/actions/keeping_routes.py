"""The children's services of the children's own councils: kept by the office or the DSL (T22)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.people.access import Who
from schoolgate.people.letters import plain
from schoolgate.people.models import Pupil
from schoolgate.people.queries import on_roll
from schoolgate.safeguarding.models import Authority
from schoolgate.school.models import School

# Half a term: a number that was checked longer ago is a task.
CHECKED_FOR = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The telephone numbers of one council's children's services."""

    in_hours: str
    out_of_hours: str
    hours: str = ""
    lado: str = ""


@transaction.atomic
def keep_authority(
    *, who: Who, name: str, numbers: Numbers, checked_on: date, at: datetime
) -> Authority:
    """Write down a council's numbers, and that somebody has checked them on a day (`at` in UTC)."""
    assert who.school is not None and who.member is not None  # the page is for members
    row, _ = Authority.objects.update_or_create(
        school=who.school,
        name=name,
        defaults={**asdict(numbers), "checked_on": checked_on, "checked_by": who.member.name},
    )
    record(
        actor=who.actor,
        verb="checked the numbers of a council",
        school_id=who.school.pk,
        about=("authority", row.pk),
        at=at,
    )
    return row


@dataclass(frozen=True, slots=True)
class Route:
    """One council's routes as a page shows them; `row` is none where no number is kept."""

    name: str
    row: Authority | None
    stale: bool


def routes(school: School, names: set[str], today: date) -> list[Route]:
    """The routes of these councils, by name; a council without numbers is named all the same."""
    rows = {one.name.casefold(): one for one in Authority.objects.filter(school=school)}
    return [
        Route(name, row, stale=row is None or today - row.checked_on > CHECKED_FOR)
        for name in sorted(names, key=plain)
        for row in [rows.get(name.casefold())]
    ]


def all_routes(school: School, today: date) -> list[Route]:
    """The routes of every council that a child on the roll belongs to, or that is kept."""
    here = Pupil.objects.filter(on_roll(today), school=school).exclude(authority="")
    kept = Authority.objects.filter(school=school)
    return routes(
        school,
        {*here.values_list("authority", flat=True), *kept.values_list("name", flat=True)},
        today,
    )
