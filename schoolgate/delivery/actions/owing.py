"""Owing: where email must go by iSAMS nothing of a family waits for a mail host (2.1-M2a, O17).

Rows begin as owed there. What was waiting when a variation was withdrawn, or when the school's
route changed, becomes owed before the sorter claims anything: so nothing is off the route.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from schoolgate.delivery.models import Content, Parcel
from schoolgate.school.models import School

State, Purpose = Parcel.State, Content.Purpose
# Made by this house itself: of these nobody owes a family anything.
_OURS = (Purpose.RECEIPT, Purpose.DIGEST)


def must_go_by_isams(school: School, at: datetime) -> bool:
    """Whether no email to a family may leave a school from here at a moment (UTC)."""
    return not school.settings.notices_may_be_emailed(at)


@transaction.atomic
def owe_what_may_not_leave(*, school: School, at: datetime) -> int:
    """At such a school: what waits for an email host is owed by iSAMS instead; how many (UTC)."""
    if not must_go_by_isams(school, at):
        return 0
    theirs = Parcel.objects.filter(school=school, channel=Parcel.Channel.EMAIL, carer__isnull=False)
    _let_go_of_digests(school, at)
    waiting = theirs.filter(Q(state=State.WAITING) | Q(state=State.GATHERED, gathered_in=None))
    waiting.filter(content__purpose__in=_OURS).update(state=State.TAKEN_BACK, ended_at=at)
    return waiting.exclude(content__purpose__in=_OURS).update(state=State.OWED)


def _let_go_of_digests(school: School, at: datetime) -> None:
    """A digest that has not left lets go of what it holds."""
    digests = Parcel.objects.filter(
        school=school,
        channel=Parcel.Channel.EMAIL,
        state=State.WAITING,
        content__purpose=Purpose.DIGEST,
    )
    held = Parcel.objects.filter(state=State.GATHERED, gathered_in__in=digests.values("pk"))
    held.update(gathered_in=None)
