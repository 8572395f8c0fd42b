"""The councils of the demo's children: real names, numbers from the ranges kept for drama."""

from datetime import datetime, timedelta

from schoolgate.people.models import Pupil
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.models import Authority

# One of them was checked so long ago that somebody has to look.
DAYS_AGO = (18, 18, 60, 18, 18, 18, 18, 18)


def keep_councils(cast: Cast, at: datetime) -> None:
    """Write down invented numbers for every council that a child belongs to (UTC)."""
    names = sorted(set(Pupil.objects.exclude(authority="").values_list("authority", flat=True)))
    for place, (name, days) in enumerate(zip(names, DAYS_AGO, strict=False)):
        number = 960100 + 10 * place
        Authority.objects.create(
            school=cast.school,
            name=name,
            in_hours=f"01632 {number}",
            hours="Monday to Friday, 9 to 5",
            out_of_hours=f"01632 {number + 1}",
            lado=f"01632 {number + 2}",
            checked_on=(at - timedelta(days=days)).date(),
            checked_by="Joan Pike",
        )
