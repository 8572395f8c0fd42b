"""The verb: bring a folder of files into a school, all of it or nothing."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.importing.batch import Batch
from schoolgate.people.importing.carers import bring_carers
from schoolgate.people.importing.classes import bring_classes
from schoolgate.people.importing.difference import Difference
from schoolgate.people.importing.groups import bring_groups
from schoolgate.people.importing.links import bring_links
from schoolgate.people.importing.problems import ImportRefused, Problem
from schoolgate.people.importing.pupils import bring_pupils
from schoolgate.people.importing.reading import Sheets
from schoolgate.people.importing.team import bring_team
from schoolgate.people.models import ContactRoute
from schoolgate.school.models import School

# More than this share of those who were here leaving at once looks like half a file.
MOST_LEAVING = 0.3
# The first number of the lock under which a school's import runs; the second is the school's.
_LOCK = 740_213
AT_THE_SAME_TIME = (
    "Somebody else brings files into this school or changes the same people at this moment. "
    "Please wait until that is done, and try again."
)
ALL = (bring_team, bring_groups, bring_pupils, bring_classes, bring_carers, bring_links)


@transaction.atomic
def import_people(
    *,
    actor: Actor,
    school: School,
    sheets: Sheets,
    at: datetime,
    apply: bool,
    tick: Callable[[], None] = lambda: None,
    together: frozenset[str] = frozenset(),
) -> Difference:
    """Bring the files in and say what differs; without `apply` all of it is taken back (UTC).

    The dry run does the very same work, so what it says is what will happen. Raises ImportRefused
    with everything that does not fit, also where another import runs; nothing is half applied.
    `together` names the households whose people share a home though they share no child.
    """
    _alone(school)
    batch = Batch(school=school, actor=actor, sheets=sheets, at=at, tick=tick, together=together)
    batch.difference.ignored = sheets.ignored
    try:
        with transaction.atomic():
            for bring in ALL:
                bring(batch)
    except IntegrityError:
        raise ImportRefused([Problem("The import", 0, "", AT_THE_SAME_TIME)]) from None
    if batch.problems:
        raise ImportRefused(batch.problems)
    batch.difference.shared = _shared(school)
    if apply:
        _record(batch)
    else:
        transaction.set_rollback(True)
    return batch.difference


def refuse_half_a_file(difference: Difference) -> None:
    """Raise ImportRefused where so many would leave at once that the file may be half a file."""
    problems = [
        Problem(
            name,
            0,
            "",
            f"{len(part.left)} of {part.before} would leave at once. If that is right, say so with"
            " --many-leave.",
        )
        for name, part in difference.parts.items()
        if len(part.left) > MOST_LEAVING * part.before
    ]
    if problems:
        raise ImportRefused(problems)


def _alone(school: School) -> None:
    """Hold the import of a school until the transaction ends. Raises ImportRefused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, school.pk])
        (alone,) = cursor.fetchone()
    if not alone:
        raise ImportRefused([Problem("The import", 0, "", AT_THE_SAME_TIME)])


def _shared(school: School) -> list[str]:
    """Addresses that several current carers use, each with their names."""
    users: dict[str, set[str]] = {}
    routes = ContactRoute.objects.filter(
        school=school, kind="email", ended_at=None, carer__ended_at=None
    )
    for address, name, carer_id in routes.values_list("value", "carer__name", "carer_id"):
        users.setdefault(address.lower(), set()).add(f"{name} ({carer_id})")
    return [
        f"{address}: {', '.join(sorted(name.rpartition(' (')[0] for name in names))}"
        for address, names in sorted(users.items())
        if len(names) > 1
    ]


def _record(batch: Batch) -> None:
    record(
        actor=batch.actor,
        verb="imported people",
        school_id=batch.school.pk,
        about=("school", batch.school.pk),
        at=batch.at,
        **{
            name.removesuffix(".csv"): {
                "added": len(part.added),
                "changed": len(part.changed),
                "left": len(part.left),
            }
            for name, part in batch.difference.parts.items()
        },
    )
