"""Whether something waits because somebody is held back: the database says yes or no (decision 5).

Nobody reads from whom or why. What concerns no child waits for nobody.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, DateTimeField, Func, QuerySet, Value
from django.db.models.expressions import Combinable

from schoolgate.people.models import HoldBack
from schoolgate.school.clock import now

Expression = Combinable | str


class Waits(Func):
    """Whether what concerns these children waits for a carer at a moment (UTC).

    `posted` is when it was posted, for what stands in the portal: what stood there before somebody
    was held back stays.
    """

    function = "people_waits"
    output_field = BooleanField()

    def __init__(
        self,
        carer: Expression,
        children: Expression,
        is_safety: Expression,
        at: datetime,
        posted: Expression | None = None,
    ) -> None:
        nothing = Value(None)
        super().__init__(carer, children, nothing, is_safety, _moment(at), posted or nothing)


class HeldSince(Func):
    """Since when what concerns a child waits for a carer at a moment (UTC); null: it does not."""

    function = "people_held_since"
    output_field = DateTimeField()

    def __init__(self, carer: Expression, pupil: Expression, at: datetime) -> None:
        super().__init__(carer, pupil, _moment(at))


def to_look_at_again(at: datetime) -> QuerySet[HoldBack]:
    """What is to be looked at again by a moment (UTC), soonest first; for those who may read it."""
    return HoldBack.objects.filter(ended_at=None, review_by__lte=at).order_by("review_by", "pk")


def anybody_waits(at: datetime) -> bool:
    """Whether anybody of the school in sight is held back at a moment (UTC)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT people_held_carers(%s))", [at])
        (found,) = cursor.fetchone()
    return bool(found)


def _moment(at: datetime) -> Any:
    # Who has no moment of their own, such as a Who without one, is judged now.
    return Value(at if at.tzinfo else now(), output_field=DateTimeField())
