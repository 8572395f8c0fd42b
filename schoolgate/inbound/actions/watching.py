"""How far a mailbox has been looked through, so that what a person opened first is taken too."""

from collections.abc import Iterable
from datetime import datetime

from schoolgate.inbound.models import Watched
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

MOST_LEFT = 500  # mails that could not be taken, and are tried again


def looked_through(*, school: School, mailbox: str) -> Watched | None:
    """How far a mailbox was looked through; nothing before the first time."""
    with one_school(school.pk):
        return Watched.objects.filter(school=school, mailbox=mailbox).first()


def note_look(
    *, school: School, mailbox: str, validity: int, last: int, left: Iterable[int], at: datetime
) -> None:
    """Write down that a mailbox was looked through up to a number, but for some (UTC)."""
    with one_school(school.pk):
        Watched.objects.update_or_create(
            school=school,
            mailbox=mailbox,
            defaults={
                "validity": validity,
                "last": last,
                "left": sorted(left)[-MOST_LEFT:],
                "looked_at": at,
            },
            create_defaults={
                "validity": validity,
                "last": last,
                "left": sorted(left)[-MOST_LEFT:],
                "looked_at": at,
                "since": at,
            },
        )
